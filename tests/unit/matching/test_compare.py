from waystation.matching.compare import MISSING, compare
from waystation.matching.entry import Entry, make_ready
from waystation.matching.people import PEOPLE
from waystation.matching.schema import SWAPPED, Field, Kind, Schema


def test_of_several_values_the_two_that_agree_best_count() -> None:
    one = make_ready(
        Entry("1", {"name": ("Wang, Min", "Kim, Sung-eun"), "contact": ("010-1111-2222", "010-3333-4444")}), PEOPLE
    )
    other = make_ready(Entry("2", {"name": ("김성은",), "contact": ("+82 10-3333-4444",), "born": ("1965",)}), PEOPLE)
    found = compare(one, other, PEOPLE)
    assert found.levels == (1, 1, 0, MISSING, MISSING, 1)
    assert found.sides[:2] == (("Kim", "김"), ("Sung-eun", "성은"))
    assert found.sides[5] == ("010-3333-4444", "+82 10-3333-4444")


def test_places_and_dates_are_compared_and_swapped_parts_noticed() -> None:
    one = make_ready(Entry("1", {"name": ("Waller, Lachlan",), "born": ("1961-03-08",), "place": ("Hyesan",)}), PEOPLE)
    other = make_ready(Entry("2", {"name": ("Lachlan, Waller",), "born": ("1961-08-03",), "place": ("혜산",)}), PEOPLE)
    found = compare(one, other, PEOPLE)
    assert found.levels == (0, 0, SWAPPED, 2, 1, MISSING)


def test_codes_are_compared() -> None:
    schema = Schema((Field("post", Kind.CODE),))
    one, other = (make_ready(Entry(text, {"post": (text,)}), schema) for text in ("2776", "2767"))
    assert compare(one, other, schema).levels == (1,)
