"""An input that differs between two questions in words: where it stands, what it is, its value before and after."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from waystation.briefs import figures
from waystation.briefs.language import keys_of
from waystation.briefs.voice import Voice
from waystation.engine.journeys.comparison import Change, Part
from waystation.engine.journeys.comparison.change import ORDER, WHOLE
from waystation.engine.journeys.comparison.dates import DEPARTURES, SEASON, VETTED_DAYS
from waystation.engine.model import (
    Belief,
    Chain,
    Condition,
    DateRange,
    Days,
    EffortLimit,
    LevelFactor,
    LevelRef,
    Observation,
    Rate,
    Refusal,
)
from waystation.kernel import Money

_MOST_RANGES = 4


@dataclass(frozen=True)
class ChangeText:
    """A change in words; ``before`` and ``after`` read as table cells."""

    where: str
    what: str
    before: str
    after: str


def change_text(change: Change, first: Voice, second: Voice) -> ChangeText:
    """Return a change in words: the first voice names what is gone, the second what is new."""
    return ChangeText(
        where=_where(change, second if change.field == WHOLE and change.before is None else first),
        what=_what(change, first),
        before=_value(change, change.before, first),
        after=_value(change, change.after, second),
    )


def _where(change: Change, voice: Voice) -> str:
    part, key = change.part, change.key
    if not key:
        return voice.say(f"compare.where.{part}.all")
    match part:
        case Part.PLACE:
            name = voice.place(str(key[0]))
        case Part.CONDITION:
            name = voice.condition(str(key[0]))
        case Part.OBSERVATION | Part.OUTCOME:
            name = voice.condition(str(key[0])) if part is Part.OBSERVATION else voice.leg(str(key[0]))
            return voice.say(f"compare.where.{part}", name=name, date=_date(key[1], voice))
        case Part.RATE:
            return voice.say("compare.where.rate", name=f"{key[1]}/{key[2]}", date=_date(key[0], voice))
        case Part.TRAVELLER:
            name = str(key[-1])
        case Part.FUND:
            name = f"{key[0]}, {key[1]}"
        case _:
            name = str(key[0])
    return voice.say(f"compare.where.{part}", name=name)


def _what(change: Change, voice: Voice) -> str:
    if change.field == ORDER:
        return voice.say("compare.what.order")
    if change.field == WHOLE:
        kind = "added" if change.before is None else "removed" if change.after is None else "replaced"
        return voice.say(f"compare.what.{kind}")
    key = f"compare.field.{change.part}.{change.field}"
    return voice.say(key) if key in keys_of(voice.language) else change.field.replace("_", " ")


def _value(change: Change, value: Any, voice: Voice) -> str:
    if change.field == ORDER:
        return voice.say("none")
    if change.field == WHOLE:
        return voice.say("none") if value is None else _thing(change, value, voice)
    if value is None:
        return voice.say("compare.value.none")
    write = _BY_FIELD.get(change.field)
    return plain(value, voice) if write is None else write(change, value, voice)


def _word(part: Part, field: str, value: Any, voice: Voice) -> str:
    kind = f"{part}_{field}" if field == "kind" else field
    key = f"{kind}.{value}"
    return voice.say(key) if key in keys_of(voice.language) else str(value)


def plain(value: Any, voice: Voice) -> str:
    """Return a value of the vocabulary as text, by its type alone."""
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value, voice)
    if isinstance(value, (frozenset, tuple)):
        written = (plain(each, voice) for each in value)
        return _listed(sorted(written) if isinstance(value, frozenset) else written, voice) or voice.say(
            "compare.value.none"
        )
    return str(value) or voice.say("compare.value.none")


def _belief(belief: Belief, voice: Voice) -> str:
    return voice.say("compare.value.belief", mean=voice.percent(belief.mean), weight=figures.number(belief.weight))


def _days(days: Days, voice: Voice) -> str:
    if days.low == days.high:
        return voice.days(days.low)
    low, likely, high = (figures.number(each) for each in (days.low, days.likely, days.high))
    return voice.say("compare.value.days", low=low, likely=likely, high=high)


def _refusal(refusal: Refusal, voice: Voice) -> str:
    if refusal.longer_slots is None:
        return voice.say("compare.value.back")
    return voice.say("compare.value.longer", days=voice.days(refusal.longer_slots * voice.network.slot_hours / 24))


def _effort(limit: EffortLimit, voice: Voice) -> str:
    night = voice.say("compare.value.night" if limit.night else "compare.value.no_night")
    return voice.say(
        "compare.value.effort", hours=voice.hours(limit.walk_hours), climb=f"{limit.climb_m:g}", night=night
    )


def _at_level(at: LevelRef, voice: Voice) -> str:
    return voice.condition_at(at.condition, [at.level])


def _factor(factor: LevelFactor, voice: Voice) -> str:
    return voice.say("compare.value.factor", at=_at_level(factor.at, voice), factor=f"{factor.factor:g}")


def _levels(levels: Mapping[str, float], voice: Voice) -> str:
    return _listed(
        [voice.say("fresh.chance", level=voice.level(name), percent=voice.percent(c)) for name, c in levels.items()],
        voice,
    )


def _range(dates: DateRange, voice: Voice) -> str:
    if dates.first is not None and dates.first == dates.last:
        return voice.date(dates.first)
    since = voice.date(dates.first) if dates.first is not None else "…"
    until = voice.date(dates.last) if dates.last is not None else "…"
    return voice.say("window.dates", since=since, until=until)


_WRITERS: tuple[tuple[type[Any], Callable[[Any, Voice], str]], ...] = (
    (bool, lambda value, voice: voice.say("compare.value.yes" if value else "compare.value.no")),
    (Belief, _belief),
    (Money, lambda value, voice: voice.money(value)),
    (Days, _days),
    (dt.date, lambda value, voice: voice.date(value)),
    (DateRange, _range),
    (LevelFactor, _factor),
    (LevelRef, _at_level),
    (Refusal, _refusal),
    (EffortLimit, _effort),
    (Mapping, _levels),
    (Decimal, lambda value, voice: f"{value:f}"),
    (float, lambda value, voice: f"{value:,.6g}"),
    (Enum, lambda value, voice: voice.word(type(value).__name__.lower(), str(value.value))),
)


def _name_of_place(change: Change, value: Any, voice: Voice) -> str:
    return voice.place(str(value))


def _code(change: Change, value: Any, voice: Voice) -> str:
    return _word(change.part, change.field, value, voice)


def _dated(change: Change, value: tuple[DateRange, ...], voice: Voice) -> str:
    return plain(value, voice) if value else voice.say("compare.value.always")


def _weekdays(change: Change, value: frozenset[int], voice: Voice) -> str:
    return _listed((voice.say(f"compare.weekday.{day}") for day in sorted(value)), voice) or voice.say(
        "compare.value.always"
    )


def _months(change: Change, value: Iterable[int], voice: Voice) -> str:
    return _listed((voice.say(f"month.{month}") for month in value), voice)


def _length(change: Change, value: Any, voice: Voice) -> str:
    return plain(value, voice) if isinstance(value, Days) else voice.days(value)


def _chains(change: Change, value: Iterable[Chain], voice: Voice) -> str:
    return _listed((_chain(each, voice.conditions[str(change.key[0])], voice) for each in value), voice)


def _departures(ranges: Iterable[DateRange], voice: Voice) -> str:
    """Return the days a leg runs, how many there are in all where they are too many to name."""
    ranges = list(ranges)
    if not ranges:
        return voice.say("compare.value.never")
    shown = _listed([_range(each, voice) for each in ranges[:_MOST_RANGES]], voice)
    if len(ranges) <= _MOST_RANGES:
        return shown
    days = sum((each.last - each.first).days + 1 for each in ranges if each.first and each.last)
    return voice.say("compare.value.days_of", days=voice.days(days), shown=shown)


def _chain(chain: Chain, condition: Condition, voice: Voice) -> str:
    stays = _listed(
        [
            voice.say("fresh.chance", level=voice.level(level), percent=voice.percent(row[index]))
            for index, (level, row) in enumerate(zip(condition.levels, chain.matrix, strict=True))
        ],
        voice,
    )
    if not chain.months:
        return voice.say("compare.value.stays", levels=stays)
    months = _listed([voice.say(f"month.{month}") for month in sorted(chain.months)], voice)
    return voice.say("compare.value.stays.months", levels=stays, months=months)


_BY_FIELD: dict[str, Callable[[Change, Any, Voice], str]] = {
    "kind": _code,
    "mode": _code,
    "urgency": _code,
    "origin": _name_of_place,
    "target": _name_of_place,
    "place": _name_of_place,
    "level": lambda change, value, voice: voice.level(value),
    "chains": _chains,
    "days": _length,
    "horizon_days": _length,
    VETTED_DAYS: _length,
    "slot_hours": lambda change, value, voice: voice.hours(value),
    "walk_hours": lambda change, value, voice: voice.hours(value),
    "weekdays": _weekdays,
    "runs_on": _dated,
    DEPARTURES: lambda change, value, voice: _departures(value, voice),
    SEASON: _months,
    "max_harm": lambda change, value, voice: voice.percent(value),
    "confidence": lambda change, value, voice: voice.percent(value),
}
"""Fields whose values read otherwise than their type alone would have it."""


def _thing(change: Change, thing: Any, voice: Voice) -> str:
    """Return the least that tells what has come or gone."""
    match change.part:
        case Part.LEG:
            return voice.leg_way(thing.id)
        case Part.PLACE | Part.PARTNER:
            return _word(change.part, "kind", thing.kind, voice)
        case Part.CONDITION:
            return _listed([voice.level(level) for level in thing.levels], voice)
        case _ if isinstance(thing, Observation):
            return voice.say("fresh.chance", level=voice.level(thing.level), percent=voice.percent(thing.confidence))
        case _ if isinstance(thing, Rate):
            return f"{thing.rate:f}"
        case Part.TRAVELLER:
            return str(thing.age)
        case Part.GROUP:
            return voice.people(thing.size)
        case Part.OUTCOME:
            return str(thing.kind).replace("_", " ")
        case Part.FUND:
            return voice.money(thing.amount)
        case _:
            return str(thing)


def _date(value: object, voice: Voice) -> str:
    return voice.date(value) if isinstance(value, dt.date) else str(value)


def _listed(items: Iterable[str], voice: Voice) -> str:
    return voice.say("list.comma").join(items)
