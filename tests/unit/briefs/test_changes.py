import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from waystation.briefs.changes import change_text, plain
from waystation.briefs.language import LANGUAGES, keys_of
from waystation.briefs.voice import Voice
from waystation.engine import model
from waystation.engine.journeys.comparison import Change, Part
from waystation.engine.journeys.comparison.change import COLLECTIONS
from waystation.engine.journeys.comparison.dates import DEPARTURES, SEASON, START_LEVELS, VETTED_DAYS
from waystation.engine.model import (
    Belief,
    Chain,
    DateRange,
    Days,
    EffortLimit,
    Group,
    LevelFactor,
    LevelRef,
    Mode,
    Network,
    Observation,
    OutcomeKind,
    PlaceKind,
    Refusal,
)
from waystation.kernel import Money

DAY = date(2026, 11, 12)
HIGH = LevelRef("river", "high")
_TYPES = {
    Part.NETWORK: model.Network, Part.PLACE: model.Place, Part.LEG: model.Leg, Part.CONDITION: model.Condition,
    Part.OBSERVATION: model.Observation, Part.PARTNER: model.Partner, Part.GROUP: model.Group,
    Part.TRAVELLER: model.Traveller, Part.RATE: model.Rate, Part.OUTCOME: model.Outcome, Part.FUND: model.Fund,
    Part.CAPS: model.Caps,
}  # fmt: skip
_KEYS = {
    Part.OBSERVATION: {"condition", "on"}, Part.RATE: {"on", "base", "quote"}, Part.OUTCOME: {"leg", "on"},
    Part.FUND: {"id", "period"}, Part.NETWORK: {each.field for each in COLLECTIONS} | {"sources"},
    Part.GROUP: {"id", "travellers"}, Part.CONDITION: {"id", "levels"}, Part.CAPS: set[str](),
}  # fmt: skip


@pytest.fixture
def english(network: Network, group: Group) -> Voice:
    return Voice("en", network, group, DAY)


@pytest.fixture
def korean(network: Network, group: Group) -> Voice:
    return Voice("ko", network, group, DAY)


def told(change: Change, voice: Voice) -> tuple[str, str, str, str]:
    return dataclasses.astuple(change_text(change, voice, voice))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_of_the_vocabulary_has_its_words(language: Any) -> None:
    wanted = {
        f"compare.field.{part}.{each.name}"
        for part, kind in _TYPES.items()
        for each in dataclasses.fields(kind)
        if each.compare and each.name not in _KEYS.get(part, {"id"})
    }
    wanted |= {f"compare.field.leg.demand.{each.name}" for each in dataclasses.fields(model.Demand)}
    wanted |= {f"compare.field.leg.company.{each.name}" for each in dataclasses.fields(model.Company)}
    wanted |= {f"compare.field.leg.{DEPARTURES}", f"compare.field.partner.{VETTED_DAYS}"}
    wanted |= {f"compare.field.condition.{START_LEVELS}", f"compare.field.condition.{SEASON}"}
    assert {key for key in keys_of(language) if key.startswith("compare.field.")} == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_can_be_named(language: Any) -> None:
    keys = keys_of(language)
    assert {f"compare.where.{part}.all" for part in Part} - keys <= {
        "compare.where.traveller.all",
        "compare.where.source.all",
    }
    assert {f"compare.where.{part}" for part in Part} - keys == {"compare.where.network", "compare.where.caps"}


def test_a_belief_a_price_a_duration_of_a_leg(english: Voice) -> None:
    at = (Part.LEG, ("L1",))
    worse = Change(*at, "intercepted", Belief(0.04, 3.0), Belief(0.06, 5.0))
    assert told(worse, english) == ("leg L1", "interception", "4 % (weight 3)", "6 % (weight 5)")
    dearer = Change(*at, "cost_person", Money(30000, "USD"), Money(35050, "USD"))
    assert told(dearer, english) == ("leg L1", "fee per person", "300 USD", "350.50 USD")
    longer = Change(*at, "days", Days(2, 2, 2), Days(1, 2, 4.5))
    assert told(longer, english)[2:] == ("2 days", "1 / 2 / 4.5 days")
    other = Change(*at, "mode", Mode.CAR, Mode.FOOT)
    assert told(other, english)[2:] == ("by car", "on foot")
    elsewhere = Change(*at, "target", "cn-s", "la-n")
    assert told(elsewhere, english)[2:] == ("South China", "Northern Laos")


def test_what_comes_and_what_goes(english: Voice) -> None:
    leg = english.legs["L1"]
    assert told(Change(Part.LEG, ("L1",), "", None, leg), english) == (
        "leg L1", "added", "–", "leg L1 (by train to Central China)",
    )  # fmt: skip
    place = english.places["la-n"]
    assert told(Change(Part.PLACE, ("la-n",), "", place, None), english) == (
        "Northern Laos", "removed", "safe house", "–",
    )  # fmt: skip


def test_a_new_thing_is_named_by_the_second_folder(english: Voice, group: Group, network: Network) -> None:
    new = dataclasses.replace(network.places[0], id="new", name="A new place")
    second = Voice("en", dataclasses.replace(network, places=(new,)), group, DAY)
    assert change_text(Change(Part.PLACE, ("new",), "", None, new), english, second).where == "A new place"


def test_an_observation(english: Voice, korean: Voice) -> None:
    seen = Observation("river", DAY, "high", "p-L6", 0.9)
    change = Change(Part.OBSERVATION, ("river", DAY, 0), "", None, seen)
    assert told(change, english) == ("Mekong, seen 12 Nov", "added", "–", "high 90 %")
    assert told(change, korean)[1:] == ("추가됨", "–", "높음 90 %")


def test_how_a_condition_changes(english: Voice) -> None:
    chains = (Chain.persistent(3, 0.9, frozenset({11, 12})), Chain.persistent(3, 0.5))
    change = Change(Part.CONDITION, ("river",), "chains", chains[:1], chains[1:])
    assert told(change, english)[2:] == (
        "a day the same in Nov, Dec: low 90 %, high 90 %, in flood 90 %",
        "a day the same: low 50 %, high 50 %, in flood 50 %",
    )


def test_what_differs_between_two_dates(english: Voice) -> None:
    days = tuple(DateRange(date(2026, 12, d), date(2026, 12, d)) for d in range(1, 12, 2))
    change = Change(Part.LEG, ("L1",), DEPARTURES, days, (DateRange(DAY, date(2026, 12, 1)),))
    assert told(change, english)[2:] == ("6 days: 1 Dec, 3 Dec, 5 Dec, 7 Dec …", "12 Nov–1 Dec")
    assert told(dataclasses.replace(change, after=()), english)[3] == "never"
    vetted = Change(Part.PARTNER, ("p-L1",), VETTED_DAYS, 30, 1)
    assert told(vetted, english) == ("partner p-L1", "vetting still holds for", "30 days", "1 day")
    levels = Change(Part.CONDITION, ("river",), START_LEVELS, {"low": 0.25, "high": 0.75}, {"low": 1.0})
    assert told(levels, english)[2:] == ("low 25 %, high 75 %", "low 100 %")
    assert told(Change(Part.CONDITION, ("river",), SEASON, (11, 12), (4,)), english)[2:] == ("Nov, Dec", "Apr")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "yes"),
        (3, "3"),
        (2.5, "2.5"),
        (Decimal("7.13"), "7.13"),
        (frozenset({"b", "a"}), "a, b"),
        (frozenset[str](), "none"),
        ("", "none"),
        (DateRange(None, DAY), "…–12 Nov"),
        (HIGH, "Mekong is high"),
        (LevelFactor(HIGH, 3.0), "Mekong is high: × 3"),
        (Refusal(), "back to where the leg began"),
        (Refusal(4), "2 days longer"),
        (EffortLimit(4.0, 300.0, night=False), "4 hours, 300 m of climb, not at night"),
        (OutcomeKind.NEAR_MISS, "near miss"),
        (PlaceKind.SAFE_HOUSE, "safe house"),
    ],
)
def test_a_value_by_its_type_alone(value: Any, words: str, english: Voice) -> None:
    assert plain(value, english) == words


@pytest.mark.parametrize(
    ("part", "field", "value", "words"),
    [
        (Part.CAPS, "days", 30.0, "30 days"),
        (Part.CAPS, "max_harm", 0.05, "5 %"),
        (Part.CAPS, "budget", None, "none"),
        (Part.LEG, "weekdays", frozenset({0, 4}), "Mon, Fri"),
        (Part.LEG, "weekdays", frozenset[int](), "always"),
        (Part.LEG, "runs_on", (), "always"),
        (Part.LEG, "walk_hours", 1.0, "1 hour"),
        (Part.NETWORK, "slot_hours", 12, "12 hours"),
        (Part.OBSERVATION, "level", "flood", "in flood"),
        (Part.PARTNER, "kind", model.PartnerKind.HOST, "host"),
        (Part.GROUP, "urgency", model.Urgency.URGENT, "urgent"),
    ],
)  # fmt: skip
def test_a_value_by_its_field(part: Part, field: str, value: Any, words: str, english: Voice) -> None:
    key = () if part in {Part.CAPS, Part.NETWORK} else ("river", DAY, 0) if part is Part.OBSERVATION else ("L1",)
    assert told(Change(part, key, field, value, value), english)[2] == words


def test_where_everything_else_is(english: Voice) -> None:
    cases = {
        ("traveller", ("family", "t1")): "traveller t1",
        ("rate", (DAY, "USD", "CNY", 0)): "rate USD/CNY of 12 Nov",
        ("outcome", ("L1", DAY, 0)): "outcome on leg L1 of 12 Nov",
        ("fund", ("rescue", "2026-Q4", 0)): "fund rescue, 2026-Q4",
        ("source", ("CB-1",)): "source CB-1",
        ("group", ("family",)): "group family",
        ("leg", ()): "legs",
        ("caps", ()): "what was asked",
    }
    for (part, key), words in cases.items():
        order = Change(Part(part), key, "order", (), ())
        assert told(order, english) == (words, "order of the rows", "–", "–")


@pytest.mark.parametrize("name", ["rates", "travellers", "groups", "conditions", "partners"])
def test_the_least_that_tells_a_thing(name: str, network: Network, group: Group, english: Voice) -> None:
    part = {"travellers": Part.TRAVELLER} | {each.field: each.part for each in COLLECTIONS}
    thing = (group.travellers if name == "travellers" else getattr(network, name))[0]
    words = {
        "rates": "0.14",
        "travellers": "75+",
        "groups": "5 people",
        "conditions": "low, high, in flood",
        "partners": "driver",
    }
    key = ("a", "b", "c") if name == "rates" else ("a", "b")
    assert told(Change(part[name], key, "", thing, None), english)[2] == words[name]
