import csv
import io

import pytest

from tests.browser.desk_files import table
from waystation.matching.entry import Entry
from waystation.matching.evidence import carries_enough
from waystation.matching.people import PEOPLE, PEOPLE_WEIGHTS
from waystation.matching.register import LOOKED_AT, Register


def entry(key: str, **values: str) -> Entry:
    return Entry(key, {name: (value,) for name, value in values.items()})


def enough(one: dict[str, str], other: dict[str, str], *, name_alone: bool = False) -> bool:
    register = Register(PEOPLE_WEIGHTS)
    for number in range(40):  # so that a family name is a common one
        register.add(entry(str(number), name=f"Kim Nobody-{number}"))
    laid = register.beside(entry("one", **one), entry("other", **other))
    return carries_enough(laid, PEOPLE, register.even, name_alone=name_alone)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        # a name that is like another, and something beside it
        ({"name": "Kim Sung-eun", "born": "1965"}, {"name": "김성은", "born": "1965"}, True),
        ({"name": "김성은", "place": "Hyesan"}, {"name": "김승은", "place": "혜산"}, True),
        ({"name": "김성은", "place": "Hyesan"}, {"name": "김승은", "place": "Kabul"}, False),
        # equal in both parts, and nothing beside it to compare
        ({"name": "Kim Sung-eun", "place": "Hyesan"}, {"name": "김성은", "born": "1965"}, True),
        # close is not equal
        ({"name": "김성은"}, {"name": "김승은"}, False),
        # the family's name alone, even from one place: half a village
        ({"name": "Kim Sung-eun", "place": "Hyesan"}, {"name": "Kim Ok-bun", "place": "Hyesan"}, False),
        ({"name": "Kim Sung-eun", "contact": "0105551234"}, {"name": "Kim Ok-bun", "contact": "0105551234"}, True),
        # another name, and two things beside it
        ({"name": "Rafe", "born": "1965-03-08", "contact": "a@b.example"},
         {"name": "Ok-bun", "born": "1965-03-08", "contact": "a@b.example"}, True),
        ({"name": "Rafe", "place": "Hyesan"}, {"name": "Ok-bun", "place": "Hyesan"}, False),
    ],
)  # fmt: skip
def test_a_pair_must_carry_more_than_a_name_that_is_like_another(
    one: dict[str, str], other: dict[str, str], wanted: bool
) -> None:
    assert enough(one, other) is wanted
    assert enough(other, one) is wanted


def test_a_rare_name_that_is_equal_is_enough_against_another_place() -> None:
    rare = {"name": "Oyelaran Adeyemi", "place": "Hyesan"}
    assert enough(rare, {**rare, "place": "Kabul"})


def test_who_asks_by_a_name_alone_is_answered_by_names() -> None:
    one, other = {"name": "김성은"}, {"name": "김승은", "place": "혜산"}
    assert (enough(one, other), enough(one, other, name_alone=True)) == (False, True)


def test_of_many_names_that_sound_alike_few_are_offered_and_the_one_who_was_entered_twice_among_them() -> None:
    register, rows = Register(PEOPLE_WEIGHTS), {}
    for row in csv.DictReader(io.StringIO(table())):
        if row["age"].isdigit():
            told = entry(row["reference"], name=row["name"], place=row["region"], contact=row["answer_address"])
            rows[told.key] = told
            register.add(told)
    kept, offered = set(), set()
    for key, told in rows.items():
        for found in register.like(told, limit=LOOKED_AT):
            pair = (min(key, found.key), max(key, found.key))
            kept.add(pair)
            if carries_enough(found, PEOPLE, register.even):
                offered.add(pair)
    assert ("r007", "r150") in offered
    assert len(offered) <= 5
    assert len(kept) > 5 * len(offered)
