from waystation.matching.blocks import candidate_links, candidate_pairs
from waystation.matching.entry import Entry, Ready, make_ready
from waystation.matching.people import PEOPLE


def person(key: str, name: str, born: str) -> Ready:
    return make_ready(Entry(key, {"name": (name,), "born": (born,)}), PEOPLE)


PEOPLE_HERE = [
    person("a", "김성은", "1965-03-08"),
    person("b", "Kim Seung-eun", "1965"),
    person("c", "Maria Quispe", "1980-01-02"),
    person("d", "Quispe, Marai", "1980-02-01"),
]


def test_pairs_that_agree_roughly_on_two_things_are_found_once_and_in_order() -> None:
    assert candidate_pairs(PEOPLE_HERE).tolist() == [[0, 1], [2, 3]]


def test_links_are_between_two_lists_only() -> None:
    assert candidate_links(PEOPLE_HERE[:1] + PEOPLE_HERE[2:3], PEOPLE_HERE[1:2] + PEOPLE_HERE[3:]).tolist() == [
        [0, 0],
        [1, 1],
    ]


def test_what_too_many_share_is_passed_over() -> None:
    crowd = [person(str(number), "Kim Min", "1990") for number in range(12)]
    assert len(candidate_pairs(crowd, largest=10)) == 0
    assert len(candidate_pairs(crowd, largest=12)) == 66


def test_nobody_is_like_nobody() -> None:
    assert candidate_pairs([]).shape == (0, 2)
