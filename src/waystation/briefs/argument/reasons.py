"""Why this plan: what it is better than, what would change it, what asking, waiting or more means would buy."""

import math
from collections.abc import Sequence

from waystation.briefs import figures
from waystation.briefs.argument.assumptions import chance_named, main_line, other_way
from waystation.briefs.voice import Voice
from waystation.engine.journeys.argument import (
    Alternative,
    Asking,
    Margin,
    MarginKind,
    Reasons,
    Tipping,
    Waiting,
)
from waystation.engine.journeys.plan import Plan
from waystation.kernel import Money

_NOTHING = 0.0005
"""A gain that would not be seen in a percentage with one decimal."""
_ROUNDING = 1e-9


def alternative_sentences(plan: Plan, voice: Voice, most: int | None = None) -> list[str]:
    """Return what would be done without each leg of the line, the next best first; at most ``most`` of them."""
    ranked = next_best(plan.reasons)
    return [_alternative(alternative, plan, voice) for alternative in ranked[:most]]


def next_best(reasons: Reasons | None) -> list[Alternative]:
    """Return the alternatives, the likeliest arrival first."""
    return sorted(reasons.alternatives, key=lambda each: -each.arrive) if reasons else []


def tipping_sentences(plan: Plan, voice: Voice, most: int | None = None) -> list[str]:
    """Return which belief would change the line and at what value, the nearest to what is believed first."""
    line = main_line(plan, voice)
    return [_tipping(tipping, line, voice) for tipping in nearest_tipping(plan.reasons)[:most]]


def nearest_tipping(reasons: Reasons | None) -> list[Tipping]:
    """Return the tipping values, the nearest to what is believed first."""
    return sorted(reasons.tipping, key=_distance) if reasons else []


def information_sentences(plan: Plan, voice: Voice, most: int | None = None) -> list[str]:
    """Return what asking about conditions and waiting to see are worth; what gains nothing is said in one line."""
    reasons = plan.reasons
    if reasons is None:
        return []
    worth = sorted((each for each in reasons.asking if each.gain >= _NOTHING), key=lambda each: -each.gain)
    idle = [voice.condition(each.condition) for each in reasons.asking if each.gain < _NOTHING]
    told = [_asking(each, voice) for each in worth[:most]]
    if idle:
        told.append(voice.say("asking.nothing", conditions=voice.listed(idle)))
    if reasons.waiting is not None:
        told.append(_waiting(reasons.waiting, plan, voice))
    return told


def margin_sentences(reasons: Reasons | None, voice: Voice, most: int | None = None) -> list[str]:
    """Return what one more unit of each scarce thing would change, the most first; what changes nothing in one line."""
    if reasons is None:
        return []
    felt = sorted((each for each in reasons.margins if abs(each.gain) >= _NOTHING), key=lambda each: -each.gain)
    idle = [_unit(each, voice) for each in reasons.margins if abs(each.gain) < _NOTHING]
    told = [_margin(each, voice) for each in felt[:most]]
    if idle:
        told.append(voice.say("margin.nothing", units=voice.say("list.semicolon").join(idle)))
    return told


def _alternative(alternative: Alternative, plan: Plan, voice: Voice) -> str:
    without, place = voice.leg(alternative.without), voice.place(alternative.place)
    if not alternative.legs:
        return voice.say("alternative.none", without=without, place=place)
    kept = plan.choice.evaluation.arrive if plan.choice else math.nan
    return voice.say(
        "alternative",
        without=without,
        place=place,
        legs=other_way(alternative.legs, main_line(plan, voice), voice),
        arrive=voice.percent(alternative.arrive),
        kept=voice.percent(kept),
        harm=voice.percent(alternative.harm),
        cost=voice.mean_money(alternative.cost_expected, plan.currency),
        days=voice.days(alternative.days_expected),
    )


def _tipping(tipping: Tipping, line: Sequence[str], voice: Voice) -> str:
    values = {
        "chance": chance_named(tipping.assumption, voice),
        "value": voice.percent(tipping.value),
        "mean": voice.percent(tipping.assumption.belief.mean),
        "arrive": voice.percent(tipping.arrive),
    }
    side = "above" if tipping.above else "below"
    if not tipping.instead:
        return voice.say(f"tipping.{side}.stay", **values)
    return voice.say(f"tipping.{side}", legs=other_way(tipping.instead, line, voice), **values)


def _distance(tipping: Tipping) -> float:
    """Return how far a tipping value lies from the belief, in log-odds."""
    return abs(_log_odds(tipping.value) - _log_odds(tipping.assumption.belief.mean))


def _log_odds(chance: float) -> float:
    least = 1e-12
    inside = min(max(chance, least), 1.0 - least)
    return math.log(inside / (1.0 - inside))


def _asking(asking: Asking, voice: Voice) -> str:
    return voice.say(
        "asking",
        condition=voice.condition(asking.condition),
        points=voice.points(asking.gain),
        asked=voice.percent(asking.arrive_asked),
        unasked=voice.percent(asking.arrive_unasked),
    )


def _waiting(waiting: Waiting, plan: Plan, voice: Voice) -> str:
    """Return what leaving at once and waiting are worth, and which is better, or that the plan decides by what is found."""
    gain = waiting.arrive_later - waiting.arrive_now
    decided = plan.choice.evaluation.arrive if plan.choice is not None else 0.0
    beyond = decided - max(waiting.arrive_now, waiting.arrive_later)
    if abs(gain) < _NOTHING and beyond < _NOTHING:
        verdict = voice.say("waiting.same")
    elif beyond > _ROUNDING:
        verdict = voice.say("waiting.depends", arrive=voice.percent(decided))
    else:
        verdict = voice.say("waiting.later" if gain > 0.0 else "waiting.now")
    return voice.say(
        "waiting",
        now=voice.percent(waiting.arrive_now),
        days=voice.days(waiting.days),
        later=voice.percent(waiting.arrive_later),
        verdict=verdict,
    )


def _margin(margin: Margin, voice: Voice) -> str:
    change = voice.say("margin.gain" if margin.gain > 0.0 else "margin.loss", points=voice.points(margin.gain))
    return voice.say("margin", unit=_unit(margin, voice), arrive=voice.percent(margin.arrive), change=change)


def _unit(margin: Margin, voice: Voice) -> str:
    """Return what there would be one more of: ``10,000 USD more``, ``1 bed more at Northern Laos``."""
    if isinstance(margin.amount, Money):
        return voice.say("margin.money", amount=voice.money(margin.amount))
    amount = margin.amount
    match margin.kind:
        case MarginKind.BED:
            beds = figures.counted(voice.language, "beds", amount)
            return voice.say("margin.bed", beds=beds, place=voice.place(margin.id))
        case MarginKind.LARGER_PARTY:
            people = voice.people(round(amount))
            return voice.say("margin.larger_party", people=people, leg=voice.leg(margin.id))
        case MarginKind.FEWER_PEOPLE | MarginKind.MORE_PEOPLE:
            return voice.say(f"margin.{margin.kind}", people=voice.people(round(amount)))
        case _:
            return voice.say("margin.days", days=voice.days(amount))
