"""How sure a plan's numbers are: intervals, what carries the doubt, and what caution would guarantee."""

from collections.abc import Sequence

from waystation.briefs import figures
from waystation.briefs.argument.assumptions import chance_believed, main_line, other_way
from waystation.briefs.voice import Voice
from waystation.engine.journeys.argument import Caution, Doubt, Interval, Weight
from waystation.engine.journeys.plan import Choice, Plan

MOST_CARRIERS = 3
_USUAL_COVERAGE = 0.8
"""What an interval covers where nothing says otherwise."""
_LEAST_SHARE = 0.01
_LOW, _MIDDLE, _HIGH = 1, 10, 19
"""Places of the 5, 50 and 95 % quantiles among the 21 that are kept."""
_QUANTILES = 21


def beside(chance: float, interval: Interval | None, voice: Voice) -> str:
    """Return a chance with its interval in square brackets; the chance alone where there is no interval worth showing.

    A leg that is tried again may be set out on more than once in a journey: as a part of journeys that is all of them.
    """
    shown = voice.percent(chance)
    if interval is None:
        return shown
    between = voice.interval(min(interval.low, 1.0), min(interval.high, 1.0))
    return shown if between == shown else voice.say("interval.beside", chance=shown, range=between)


def in_full(chance: float, interval: Interval, coverage: float, voice: Voice) -> str:
    """Return a chance with its interval and what the interval covers: ``94 % (80 % interval 88 to 97 %)``."""
    between = voice.percent_range(interval.low, interval.high)
    return voice.say("interval.full", chance=voice.percent(chance), name=interval_name(coverage, voice), range=between)


def interval_name(coverage: float, voice: Voice) -> str:
    """Return what an interval is called: ``80 % interval``."""
    return voice.say("interval.name", coverage=voice.percent(coverage))


def interval_of(plan: Plan, voice: Voice) -> str:
    """Return what the intervals of a plan are called."""
    doubt = plan.choice.doubt if plan.choice is not None else None
    return interval_name(doubt.coverage if doubt is not None else _USUAL_COVERAGE, voice)


def brackets(plan: Plan, voice: Voice) -> str:
    """Return what the square brackets in the stages mean; empty where there are none."""
    known = [stage.interval for stage in plan.stages]
    known += [decision.interval for stage in plan.stages for decision in stage.decisions]
    if not any(known):
        return ""
    return voice.say("interval.brackets", name=interval_of(plan, voice))


def cost_between(interval: Interval, currency: str, voice: Voice) -> str:
    """Return the interval of a mean cost, given in minor units."""
    return figures.mean_money_range(voice.language, interval.low, interval.high, currency)


def days_between(interval: Interval, voice: Voice) -> str:
    """Return the interval of a number of days."""
    return figures.counted_range(voice.language, "days", interval.low, interval.high)


def doubt_sentences(choice: Choice, plan: Plan, voice: Voice) -> list[str]:
    """Return how sure the numbers of a choice are: arrival, the rest, and what carries the doubt; nothing if not asked."""
    doubt = choice.doubt
    if doubt is None:
        return []
    name = interval_name(doubt.coverage, voice)
    return [
        voice.say(
            "doubt.arrive",
            draws=f"{doubt.draws:,}",
            mean=voice.percent(doubt.arrive.mean),
            value=voice.percent(choice.evaluation.arrive),
            name=name,
            range=voice.percent_range(doubt.arrive.low, doubt.arrive.high),
        ),
        voice.say(
            "doubt.others",
            name=name,
            harm=voice.percent_range(doubt.harm.low, doubt.harm.high),
            neither=voice.percent_range(doubt.neither.low, doubt.neither.high),
            cost=cost_between(doubt.cost_expected, plan.currency, voice),
            days=days_between(doubt.days_expected, voice),
        ),
        *_carried(doubt.carried_by, voice),
    ]


def spread_sentence(doubt: Doubt, voice: Voice) -> str:
    """Return the distribution of the arrival over the draws, in one sentence."""
    if len(doubt.arrive_quantiles) != _QUANTILES:
        return ""
    values = {
        name: voice.percent(doubt.arrive_quantiles[at])
        for name, at in (("low", _LOW), ("middle", _MIDDLE), ("high", _HIGH))
    }
    return voice.say("doubt.spread", **values)


def caution_sentences(plan: Plan, voice: Voice) -> list[str]:
    """Return what the plan and the cautious plan guarantee, and whether they take the same line."""
    caution = plan.caution
    if caution is None:
        return []
    name = interval_name(caution.coverage, voice)
    guaranteed = voice.percent(caution.chosen_guaranteed)
    return [voice.say("caution.chosen", name=name, guaranteed=guaranteed), _cautious(caution, plan, voice)]


def _cautious(caution: Caution, plan: Plan, voice: Voice) -> str:
    if not caution.legs:
        return voice.say("caution.stay")
    line = main_line(plan, voice)
    values = {
        "guaranteed": voice.percent(caution.guaranteed),
        "arrive": voice.percent(caution.arrive),
        "harm": voice.percent(caution.harm),
        "cost": voice.mean_money(caution.cost_expected, plan.currency),
    }
    if caution.legs == line:
        return voice.say("caution.same", **values)
    return voice.say("caution.other", legs=other_way(caution.legs, line, voice), **values)


def _carried(weights: Sequence[Weight], voice: Voice) -> list[str]:
    told = [
        voice.say("doubt.carrier", belief=chance_believed(weight.assumption, voice), share=voice.percent(weight.share))
        for weight in weights[:MOST_CARRIERS]
        if weight.share >= _LEAST_SHARE
    ]
    return [voice.say("doubt.carried", beliefs=voice.say("list.semicolon").join(told))] if told else []
