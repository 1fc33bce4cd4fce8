import math
from dataclasses import replace
from datetime import date

import pytest

from waystation.briefs.voice import Voice
from waystation.engine.model import Group, Network


@pytest.fixture
def english(network: Network, group: Group) -> Voice:
    return Voice("en", network, group, date(2026, 11, 18))


@pytest.fixture
def korean(network: Network, group: Group) -> Voice:
    return Voice("ko", network, group, date(2026, 11, 18))


def test_places_are_called_by_name_else_region_else_country_else_code(english: Voice, network: Network) -> None:
    assert english.place("la-n") == "Northern Laos"
    assert english.place("nowhere") == "nowhere"
    bare = tuple(replace(place, name="", region="the hills" if place.id == "la-n" else "") for place in network.places)
    unnamed = replace(english, network=replace(network, places=bare))
    assert unnamed.place("la-n") == "the hills"
    assert unnamed.place("kr") == "South Korea"
    assert replace(unnamed, language="ko").place("kr") == "대한민국"


def test_legs_say_how_and_where_they_go(english: Voice, korean: Voice) -> None:
    assert english.leg_way("L6") == "leg L6 (by boat to Northern Thailand)"
    assert korean.leg_way("L6") == "L6 구간(배, 태국 북부로 이동)"
    assert english.leg_way("gone") == "leg gone"


def test_lists_in_words(english: Voice, korean: Voice) -> None:
    assert english.listed([]) == ""
    assert english.listed(["a"]) == "a"
    assert english.listed(["a", "b", "c"]) == "a, b and c"
    assert english.listed(["a", "b"], "list.or") == "a or b"
    assert korean.listed(["가", "나"], "list.or") == "가 또는 나"


@pytest.mark.parametrize(
    ("name", "verb"),
    [
        ("Patrols", "are"),
        ("patrols and checks in China", "are"),
        ("Water of the river between Laos and Thailand", "is"),
        ("the river", "is"),
        ("Laos", "is"),
        ("the pass", "is"),
        ("virus", "is"),
    ],
)
def test_is_or_are(english: Voice, network: Network, name: str, verb: str) -> None:
    named = tuple(replace(condition, name=name) for condition in network.conditions)
    voice = replace(english, network=replace(network, conditions=named))
    assert voice.condition_at("river", ("low", "high")) == f"{name} {verb} low or high"


def test_days_carry_their_date(english: Voice, korean: Voice) -> None:
    assert english.day(0) == "day 0 (18 Nov)"
    assert english.day(13.5) == "day 13.5 (1 Dec)"
    assert korean.day(45) == "D+45(2027년 1월 2일)"
    assert english.day(math.nan) == "–"
    assert english.date_of(2.9999999999) == date(2026, 11, 21)  # rounding of 3 slots of a third of a day


def test_codes_without_a_word_stay_codes(english: Voice, korean: Voice) -> None:
    assert english.level("knee_deep") == "knee deep"
    assert korean.level("high") == "높음"


def test_only_english_begins_with_a_capital(english: Voice, korean: Voice) -> None:
    assert english.capitalised("take it") == "Take it"
    assert korean.capitalised("la-car 구간") == "la-car 구간"


def test_a_least_time_is_never_shown_too_short(english: Voice) -> None:
    assert english.least_days(12.125) == "12.2 days"
    assert english.least_days(12.5) == "12.5 days"
