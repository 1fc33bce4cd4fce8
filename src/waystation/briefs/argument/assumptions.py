"""Beliefs a plan rests on, in words, and the legs of its likeliest course."""

from collections.abc import Sequence

from waystation.briefs import figures
from waystation.briefs.voice import Voice
from waystation.engine.journeys.argument import Assumption, AssumptionKind
from waystation.engine.journeys.plan import Plan


def chance_named(assumption: Assumption, voice: Voice) -> str:
    """Return which chance it is: ``the chance of interception on leg L3``."""
    if assumption.kind is AssumptionKind.DISCOVERY:
        return voice.say("assumption.discovery", place=voice.place(assumption.id))
    return voice.say(f"assumption.{assumption.kind}", leg=voice.leg(assumption.id))


def chance_believed(assumption: Assumption, voice: Voice) -> str:
    """Return which chance it is, what is believed of it, and how many missions' worth of evidence stand behind that."""
    return voice.say(
        "assumption.believed",
        chance=chance_named(assumption, voice),
        mean=voice.percent(assumption.belief.mean),
        weight=figures.number(assumption.belief.weight),
    )


def main_line(plan: Plan, voice: Voice) -> tuple[str, ...]:
    """Return the legs of the plan's likeliest course: from each of its places the leg most often set out on."""
    on_line = {stage.place: stage for stage in plan.stages if stage.on_main_line}
    here, legs, passed = voice.group.place, list[str](), set[str]()
    while here in on_line and here not in passed:
        passed.add(here)
        often: dict[str, float] = {}
        for decision in on_line[here].decisions:
            if decision.leg is not None and decision.leg in voice.legs:
                often[decision.leg] = often.get(decision.leg, 0.0) + decision.chance
        if not often:
            break
        legs.append(max(often, key=lambda leg: often[leg]))
        here = voice.legs[legs[-1]].target
    return tuple(legs)


def other_legs(instead: Sequence[str], line: Sequence[str]) -> list[str]:
    """Return the legs of another course that this one does not take, in their order; all of them where none is new."""
    return [leg for leg in instead if leg not in line] or list(instead)


def other_way(instead: Sequence[str], line: Sequence[str], voice: Voice) -> str:
    """Return `other_legs` in words."""
    new = other_legs(instead, line)
    return voice.leg(new[0]) if len(new) == 1 else voice.say("legs", legs=voice.say("list.comma").join(new))
