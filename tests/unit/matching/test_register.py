import tomllib
from itertools import combinations
from pathlib import Path
from time import process_time

import pytest

from waystation.kernel import BadInputError
from waystation.matching.entry import Entry
from waystation.matching.people import PEOPLE_WEIGHTS
from waystation.matching.register import Register, Strength

PEOPLE_IN_SCRIPTS = tomllib.loads((Path(__file__).parent / "names.toml").read_text("utf-8"))["person"]
REACHED = {"korean": 0.97, "chinese": 1.0, "arabic": 0.97}
"""F1 by name and year of birth, the pairs called strong; docs/method/matching.md prints it."""


def entry(key: str, *names: str, born: str = "", place: str = "", contact: str = "") -> Entry:
    given = {"name": names, "born": (born,), "place": (place,), "contact": (contact,)}
    return Entry(key, {field: tuple(value for value in values if value) for field, values in given.items()})


@pytest.fixture
def register() -> Register:
    made = Register(PEOPLE_WEIGHTS)
    made.add(entry("pastor", "김성은", born="1965-03-08", place="혜산", contact="+82 10-5555-1234"))
    made.add(entry("other", "Kim Min-jun", born="1990", place="Musan"))
    made.add(entry("third", "Maria Quispe", born="1980-01-02"))
    return made


@pytest.mark.parametrize("name", ["Kim Seung-eun", "Sung-eun Kim", "Seong-eun, Kim", "KIM SUNG EUN", "김성은"])
def test_one_man_is_found_by_each_of_his_names(register: Register, name: str) -> None:
    found = register.like(entry("asked", name, born="1965", place="Hyesan"))
    assert [(one.key, one.strength) for one in found] == [("pastor", Strength.STRONG)]


def test_a_likeness_says_field_by_field_what_agrees_and_how_much_it_weighs(register: Register) -> None:
    (found,) = register.like(entry("asked", "Kim Sung-eun", born="1965-08-03", contact="010-5555-1234"))
    assert found.weight == pytest.approx(sum(found.bits))
    assert found.comparison.sides[3] == ("1965-08-03", "1965-03-08")
    assert found.bits[3] > 0
    assert found.bits[4] == 0  # no place was given


def test_nobody_is_like_themself_and_limits_hold(register: Register) -> None:
    again = entry("pastor", "김성은", born="1965-03-08")
    assert register.like(again) == ()
    assert len(register.like(entry("asked", "Kim"), limit=1, weakest=Strength.WEAK)) == 1
    assert register.like(entry("asked", "")) == ()


def test_who_is_taken_out_is_not_found_and_who_is_entered_again_is_found_as_they_are_now(register: Register) -> None:
    register.remove("pastor")
    assert register.like(entry("asked", "김성은", born="1965-03-08")) == ()
    register.add(entry("third", "김성은", born="1965-03-08"))
    assert [one.key for one in register.like(entry("asked", "김성은", born="1965-03-08"))] == ["third"]
    assert len(register) == 2
    assert "pastor" not in register


def test_who_is_not_there_cannot_be_taken_out_or_laid_beside(register: Register) -> None:
    with pytest.raises(BadInputError, match="nobody"):
        register.remove("nobody")
    with pytest.raises(BadInputError, match="nobody"):
        register.between("pastor", "nobody")
    assert register.between("pastor", "other").strength is Strength.WEAK
    there = entry("pastor", "김성은", born="1965-03-08")
    assert register.beside(there, entry("new", "Kim Sung-eun", born="1965")).strength is Strength.STRONG


def measured(script: str, weakest: Strength) -> tuple[int, int, int]:
    register, who = Register(PEOPLE_WEIGHTS), {}
    for number, person in enumerate(PEOPLE_IN_SCRIPTS):
        for form, name in enumerate(person["forms"]):
            key = f"{number}-{form}"
            register.add(entry(key, name, born=str(person["year"])))
            if person["script"] == script:
                who[key] = number
    right = missed = wrong = 0
    for one, other in combinations(who, 2):
        strength = register.between(one, other).strength
        said = strength is Strength.STRONG or strength is weakest
        right += said and who[one] == who[other]
        missed += not said and who[one] == who[other]
        wrong += said and who[one] != who[other]
    return right, missed, wrong


@pytest.mark.parametrize("script", REACHED)
def test_names_in_several_scripts_are_told_from_their_look_alikes(script: str) -> None:
    right, missed, wrong = measured(script, Strength.STRONG)
    assert 2 * right / (2 * right + missed + wrong) >= REACHED[script], (right, missed, wrong)


@pytest.mark.parametrize("script", REACHED)
def test_every_way_of_writing_a_name_is_at_least_shown(script: str) -> None:
    assert measured(script, Strength.POSSIBLE)[1] == 0


def test_a_search_among_many_takes_milliseconds() -> None:
    syllables = [
        "ji",
        "min",
        "su",
        "hyun",
        "young",
        "hee",
        "sook",
        "ok",
        "jin",
        "woo",
        "sung",
        "eun",
        "mi",
        "kyung",
        "chul",
        "ho",
    ]
    families = ["Kim", "Lee", "Park", "Choi", "Jung", "Kang", "Cho", "Yoon", "Jang", "Lim"]
    register = Register(PEOPLE_WEIGHTS)
    for number in range(5_000):
        family, first, second = families[number % 10], syllables[number // 10 % 16], syllables[number // 160 % 16]
        register.add(entry(str(number), f"{family} {first}-{second}", born=str(1940 + number % 71)))
    began = process_time()
    for number in range(20):
        register.like(entry("asked", f"Kim {syllables[number % 16]}-eun", born="1965"))
    assert process_time() - began < 2.0
