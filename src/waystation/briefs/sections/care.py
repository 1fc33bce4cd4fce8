"""What keeps people well: what to carry, and what to do when something goes wrong."""

import math
from collections.abc import Iterable

from waystation.briefs.blocks import Points, Section
from waystation.briefs.course import demand_sentences
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import Leg, Mode, Place, PlaceKind

_EVENTS = ("silence", "intercepted", "ill", "turned_back", "demand", "unclear", "separated", "stop")


def wrong(plan: Plan, voice: Voice) -> Section:
    """Return what to do in each kind of trouble, the gravest first."""
    demands = demand_sentences((decision for stage in plan.stages for decision in stage.decisions), voice)
    known = (voice.places[stage.place] for stage in plan.stages if stage.place in voice.places)
    passed = [place for place in known if place.kind is not PlaceKind.DESTINATION]
    texts = {event: voice.say(f"wrong.{event}.text") for event in _EVENTS if event not in {"ill", "stop"}}
    texts["ill"] = _at("wrong.ill", [place for place in passed if place.may_wait], voice)
    texts["stop"] = _at("wrong.stop", [place for place in passed if place.may_stop], voice)
    texts["demand"] = " ".join([*demands, texts["demand"]])
    points = tuple((voice.say(f"wrong.{event}"), texts[event]) for event in _EVENTS)
    return Section("wrong", voice.say("section.wrong"), (Points(points),))


def carry(plan: Plan, voice: Voice) -> Section:
    """Return what to carry, from what is declared of the legs and the travellers and nothing else."""
    used = {decision.leg for stage in plan.stages for decision in stage.decisions if decision.leg is not None}
    legs = [leg for leg in voice.network.legs if leg.id in used]
    points = [
        _water(legs, voice),
        _medicine(plan, voice),
        *_needs(voice),
        *_shoes(legs, voice),
        _clothes(legs, voice),
        *_boat(legs, voice),
        *_children(voice),
        _limit(voice),
        (voice.say("carry.documents"), voice.say("carry.documents.text")),
    ]
    return Section("carry", voice.say("section.carry"), (Points(tuple(points)),))


def _at(key: str, places: list[Place], voice: Voice) -> str:
    names = list(dict.fromkeys(voice.place(place.id) for place in places))
    return voice.say(f"{key}.text", places=voice.listed(names, "list.or")) if names else voice.say(f"{key}.nowhere")


def _named(legs: Iterable[Leg], voice: Voice) -> str:
    ids = [leg.id for leg in legs]
    return voice.leg(ids[0]) if len(ids) == 1 else voice.say("legs", legs=voice.say("list.comma").join(ids))


def _water(legs: list[Leg], voice: Voice) -> tuple[str, str]:
    people = voice.people(voice.group.size)
    longest = max(legs, key=lambda leg: leg.walk_hours, default=None)
    if longest is None or longest.walk_hours <= 0:
        return voice.say("carry.water"), voice.say("carry.water.text", people=people)
    hours = voice.hours(longest.walk_hours)
    text = voice.say("carry.water.walk", people=people, hours=hours, leg=voice.leg(longest.id))
    return voice.say("carry.water"), text


def _medicine(plan: Plan, voice: Voice) -> tuple[str, str]:
    latest = max((stage.last_day for stage in plan.stages), default=0.0)
    return voice.say("carry.medicine"), voice.say("carry.medicine.text", days=voice.days(math.ceil(latest)))


def _needs(voice: Voice) -> list[tuple[str, str]]:
    needs = [
        voice.say("carry.need", need=voice.word("need", need), traveller=traveller.id)
        for traveller in voice.group.travellers
        for need in sorted(traveller.needs)
    ]
    if not needs:
        return []
    return [(voice.say("carry.needs"), voice.say("carry.needs.text", needs=voice.say("list.comma").join(needs)))]


def _shoes(legs: list[Leg], voice: Voice) -> list[tuple[str, str]]:
    walked = [leg for leg in legs if leg.walk_hours > 0 or leg.climb_m > 0]
    if not walked:
        return []
    hours = voice.hours(max(leg.walk_hours for leg in walked))
    climb = max(leg.climb_m for leg in walked)
    where = _named(walked, voice)
    if climb > 0:
        text = voice.say("carry.shoes.climb", hours=hours, climb=f"{climb:,.0f}", leg=where)
    else:
        text = voice.say("carry.shoes.text", hours=hours, leg=where)
    return [(voice.say("carry.shoes"), text)]


def _clothes(legs: list[Leg], voice: Voice) -> tuple[str, str]:
    nights = [leg for leg in legs if leg.night]
    if not nights:
        return voice.say("carry.clothes"), voice.say("carry.clothes.text")
    return voice.say("carry.clothes"), voice.say("carry.clothes.night", leg=_named(nights, voice))


def _boat(legs: list[Leg], voice: Voice) -> list[tuple[str, str]]:
    boats = [leg for leg in legs if leg.mode is Mode.BOAT]
    if not boats:
        return []
    text = voice.say("carry.boat.text", leg=_named(boats, voice), people=voice.people(voice.group.size))
    return [(voice.say("carry.boat"), text)]


def _children(voice: Voice) -> list[tuple[str, str]]:
    children = [traveller.id for traveller in voice.group.travellers if traveller.age.is_child]
    if not children:
        return []
    return [(voice.say("carry.children"), voice.say("carry.children.text", travellers=voice.listed(children)))]


def _limit(voice: Voice) -> tuple[str, str]:
    limit = voice.group.limit
    hours, climb = voice.hours(limit.walk_hours), f"{limit.climb_m:,.0f}"
    return voice.say("carry.limit"), voice.say("carry.limit.text", hours=hours, climb=climb)
