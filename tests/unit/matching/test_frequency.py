from waystation.matching.entry import Entry, make_ready
from waystation.matching.frequency import Frequencies
from waystation.matching.people import PEOPLE


def test_shares_and_the_chance_of_agreeing_follow_what_is_added_and_taken() -> None:
    counted = Frequencies(PEOPLE)
    ready = [
        make_ready(Entry(str(n), {"name": (f"{family}, Min",)}), PEOPLE)
        for n, family in enumerate(("Kim", "Kim", "Kim", "Lee"))
    ]
    for one in ready:
        counted.add(one)
    assert counted.share(0, "kim") == 0.75
    assert counted.by_chance(0) == (9 + 1) / 16
    assert counted.share(0, "unheard") == 0.25
    counted.add(ready[3], times=-1)
    assert counted.share(0, "kim") == 1.0
    assert counted.by_chance(0) == 1.0


def test_an_aspect_whose_rarity_does_not_count_is_not_counted() -> None:
    counted = Frequencies(PEOPLE)
    counted.add(make_ready(Entry("1", {"contact": ("010-1234-5678",)}), PEOPLE))
    assert counted.by_chance(5) == 1.0
