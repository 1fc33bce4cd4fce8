"""Two answers side by side in words: the columns, their difference, and what changed the answer."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from waystation.briefs import wording
from waystation.briefs.argument.assumptions import main_line
from waystation.briefs.argument.doubt import cost_between, days_between, interval_name
from waystation.briefs.changes import ChangeText, change_text
from waystation.briefs.voice import Voice
from waystation.engine.journeys.argument import Doubt, Interval
from waystation.engine.journeys.comparison import Comparison, Divergence, Effect
from waystation.engine.journeys.comparison.result import Answer
from waystation.engine.journeys.plan import ActionKind, Choice, Decision, Evaluation, Plan

LITTLE = 1e-4
"""An input whose effect is below this is listed apart."""

_ROUNDING = 5e-10
"""Two chances that lie nearer to each other are the same."""

_SAME = {"money": 0.5, "days": 1e-6}
"""Below this two means are the same: half a minor unit of money, and a moment."""

_LEAST_DAYS = 0.1
_EXACT_BELOW = 1.0


@dataclass(frozen=True)
class Row:
    """One measure of both answers and the difference; empty where there is none."""

    name: str
    first: str
    second: str
    difference: str


@dataclass(frozen=True)
class EffectText:
    """An input that differs, and what it does to the likeliest arrival when it alone is taken over."""

    change: ChangeText
    effect: str
    along: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """Both voices and how both questions are called."""

    first: Voice
    second: Voice
    names: tuple[str, str]


def headline(comparison: Comparison, pair: Pair) -> str:
    """Return in one sentence how far the answers lie apart."""
    voice, names = pair.first, {"first": pair.names[0], "second": pair.names[1]}
    one, other = (_evaluation(answer) for answer in (comparison.first, comparison.second))
    if one is None or other is None:
        key = "compare.none.both" if one is other else "compare.none.first" if one is None else "compare.none.second"
        return voice.say(key, **names)
    gain = other.arrive - one.arrive
    if abs(gain) < _ROUNDING:
        return voice.say("compare.same", arrive=voice.percent(one.arrive), **names)
    key = "compare.better" if gain > 0.0 else "compare.worse"
    arrives = {"before": voice.percent(one.arrive), "after": voice.percent(other.arrive)}
    return voice.say(key, points=points(gain, voice, signed=False), **arrives, **names)


def rows(comparison: Comparison, pair: Pair) -> list[Row]:
    """Return both answers measure by measure, and their likeliest ways."""
    one, other = (_chosen(answer) for answer in (comparison.first, comparison.second))
    found = [_row(measure, one, other, comparison, pair) for measure in _MEASURES]
    first, second = _line(comparison.first, pair.first), _line(comparison.second, pair.second)
    told = pair.first.say("compare.line.same" if first == second else "compare.line.other")
    return [*found, Row(pair.first.say("compare.line"), first, second, told if one and other else "")]


@dataclass(frozen=True)
class _Measure:
    key: str
    value: Callable[[Evaluation], float]
    unit: str
    interval: Callable[[Doubt], Interval] | None = None


_MEASURES = (
    _Measure("arrive", lambda found: found.arrive, "chance", lambda doubt: doubt.arrive),
    _Measure("harm", lambda found: found.harm, "chance", lambda doubt: doubt.harm),
    _Measure("neither", lambda found: found.neither, "chance", lambda doubt: doubt.neither),
    _Measure("cost_arrived", lambda found: found.cost_expected_arrived, "money"),
    _Measure("cost_expected", lambda found: found.cost_expected, "money", lambda doubt: doubt.cost_expected),
    _Measure("cost_max", lambda found: float(found.cost_max), "money"),
    _Measure("days", lambda found: found.days_expected, "days", lambda doubt: doubt.days_expected),
    _Measure("by_day", lambda found: found.days_p90, "days"),
)


def _row(measure: _Measure, one: Choice | None, other: Choice | None, comparison: Comparison, pair: Pair) -> Row:
    currencies = [
        answer.currency if isinstance(answer, Plan) else "" for answer in (comparison.first, comparison.second)
    ]
    cells = [
        _cell(measure, choice, currency, voice)
        for choice, currency, voice in zip((one, other), currencies, (pair.first, pair.second), strict=True)
    ]
    difference = ""
    if one is not None and other is not None and (measure.unit != "money" or currencies[0] == currencies[1]):
        gain = measure.value(other.evaluation) - measure.value(one.evaluation)
        difference = _difference(gain, measure.unit, currencies[0], pair.first)
    return Row(pair.first.say(f"column.{measure.key}"), cells[0], cells[1], difference)


def _cell(measure: _Measure, choice: Choice | None, currency: str, voice: Voice) -> str:
    if choice is None:
        return voice.say("none")
    shown = _amount(measure.value(choice.evaluation), measure.unit, currency, voice)
    if choice.doubt is None or measure.interval is None:
        return shown
    interval = measure.interval(choice.doubt)
    if math.isnan(interval.low):
        return shown
    return voice.say("interval.beside", chance=shown, range=_range(interval, measure.unit, currency, voice))


def _amount(value: float, unit: str, currency: str, voice: Voice) -> str:
    if unit == "chance":
        return voice.percent(value)
    return voice.mean_money(value, currency) if unit == "money" else voice.days(value)


def _range(interval: Interval, unit: str, currency: str, voice: Voice) -> str:
    if unit == "chance":
        return voice.percent_range(interval.low, interval.high)
    return cost_between(interval, currency, voice) if unit == "money" else days_between(interval, voice)


def _difference(gain: float, unit: str, currency: str, voice: Voice) -> str:
    if math.isnan(gain):
        return ""
    if unit == "chance":
        return points(gain, voice)
    if abs(gain) < _SAME[unit]:
        return voice.say("compare.equal")
    if unit == "days" and abs(gain) < _LEAST_DAYS:
        return _sign(gain) + voice.say("days.other", number=f"<{_LEAST_DAYS}")
    return _sign(gain) + _amount(abs(gain), unit, currency, voice)


def points(gain: float, voice: Voice, *, signed: bool = True) -> str:
    """Return the difference of two chances in percentage points, with two decimals below one; rounding is said to be equal."""
    size = abs(gain) * 100.0
    if abs(gain) < _ROUNDING:
        return voice.say("compare.equal")
    if size >= _EXACT_BELOW:
        told = voice.points(gain)
    else:
        least = LITTLE * 100.0
        number = f"<{least:g}" if size < least else f"{size:.2f}".rstrip("0").rstrip(".")
        told = voice.say("points.one" if number == "1" else "points.other", number=number)
    return (_sign(gain) if signed else "") + told


def _sign(gain: float) -> str:
    return "+" if gain > 0.0 else "−"


def interval_note(comparison: Comparison, pair: Pair) -> str:
    """Return what the square brackets in the columns mean; empty where there are none."""
    choices = (_chosen(answer) for answer in (comparison.first, comparison.second))
    covers = [choice.doubt.coverage for choice in choices if choice is not None and choice.doubt is not None]
    return pair.first.say("interval.brackets", name=interval_name(covers[0], pair.first)) if covers else ""


def effects(comparison: Comparison, pair: Pair) -> list[EffectText]:
    """Return every input that changes the arrival, or may, the largest effect first."""
    return [_effect(each, pair) for each in comparison.effects if each.arrive is None or abs(each.arrive) >= LITTLE]


def without_effect(comparison: Comparison, pair: Pair) -> list[ChangeText]:
    """Return every input that differs and changes next to nothing."""
    return [
        change_text(each.change, pair.first, pair.second)
        for each in comparison.effects
        if each.arrive is not None and abs(each.arrive) < LITTLE
    ]


def _effect(effect: Effect, pair: Pair) -> EffectText:
    voice = pair.first
    shown = voice.say("compare.alone.not") if effect.arrive is None else points(effect.arrive, voice)
    along = (change_text(each, pair.first, pair.second) for each in effect.along)
    return EffectText(
        change_text(effect.change, pair.first, pair.second),
        shown,
        tuple(voice.say("compare.with", where=each.where, what=each.what) for each in along),
    )


def effects_lead(comparison: Comparison, pair: Pair) -> str:
    """Return what the effects are effects on."""
    arrive = pair.first.percent(comparison.base or 0.0)
    return pair.first.say("compare.changed.lead", first=pair.names[0], arrive=arrive)


def effect_notes(comparison: Comparison, pair: Pair) -> list[str]:
    """Return what must be read with the effects."""
    alone = all(each.arrive is not None for each in comparison.effects)
    return [] if alone else [pair.first.say("compare.alone.not.note")]


def sums(comparison: Comparison, pair: Pair) -> list[str]:
    """Return what all changes do together, and what of it is more than the sum of each alone."""
    voice, interaction = pair.first, comparison.interaction
    if comparison.together is None or interaction is None or len(comparison.effects) <= 1:
        return []
    told = [voice.say("compare.together", points=points(comparison.together, voice))]
    if abs(interaction) >= LITTLE:
        told.append(voice.say("compare.interaction", points=points(interaction, voice)))
    return told


def otherwise(comparison: Comparison, pair: Pair, most: int = 3) -> list[str]:
    """Return where the plans do otherwise: of each pair of actions at a place the first situation, the first ``most`` of all."""
    told = list(dict.fromkeys((each.place, *_both(each, pair)) for each in comparison.otherwise))
    first = {}
    for each in reversed(comparison.otherwise):
        first[each.place, *_both(each, pair)] = each
    sentences = [_divergence(first[key], pair) for key in told[:most]]
    if len(told) > most:
        sentences.append(pair.first.say("compare.otherwise.more", number=str(len(told) - most)))
    return sentences


def _both(divergence: Divergence, pair: Pair) -> tuple[str, str]:
    return _action(divergence.first, pair.first), _action(divergence.second, pair.second)


def _divergence(divergence: Divergence, pair: Pair) -> str:
    voice = pair.first
    one, other = _both(divergence, pair)
    since, until = _day(divergence.from_day), _day(divergence.until_day)
    values = {
        "place": voice.place(divergence.place),
        "span": voice.say("compare.day", number=since)
        if since == until
        else voice.say("compare.days", since=since, until=until),
        "first": pair.names[0],
        "one": one,
        "second": pair.names[1],
        "other": other,
    }
    if not divergence.when:
        return voice.say("compare.otherwise", **values)
    levels = [voice.condition_at(condition, names) for condition, names in divergence.when.items()]
    return voice.say("compare.otherwise.when", conditions=voice.listed(levels, "condition.and"), **values)


def _day(day: float) -> str:
    return f"{day:.1f}".removesuffix(".0")


def _action(decision: Decision, voice: Voice) -> str:
    if decision.action is not ActionKind.LEG or decision.leg is None:
        return voice.say(f"compare.action.{decision.action}")
    told = voice.leg_way(decision.leg)
    if decision.in_company:
        told = voice.say("compare.action.company", leg=told)
    if decision.when_asked is None:
        return told
    return voice.say(f"compare.asked.{decision.when_asked}", leg=told)


def reasons(answer: Answer, voice: Voice) -> list[str]:
    """Return why there is no plan, and the smallest change that would make one; empty when there is a plan."""
    if not isinstance(answer, Plan):
        broken = (
            voice.say(f"rule.{each.rule}", **({"traveller": each.traveller} if each.traveller else {}))
            for each in answer.broken
        )
        return [voice.say("rule.refused", group=answer.group), *broken]
    if answer.choice is not None or answer.obstacle is None:
        return []
    return [*wording.obstacle_sentences(answer.obstacle, answer, voice), *wording.changes(answer.obstacle, voice)]


def _chosen(answer: Answer) -> Choice | None:
    return answer.choice if isinstance(answer, Plan) else None


def _evaluation(answer: Answer) -> Evaluation | None:
    choice = _chosen(answer)
    return None if choice is None else choice.evaluation


def _line(answer: Answer, voice: Voice) -> str:
    """Return the legs of an answer's likeliest course, in order."""
    if not isinstance(answer, Plan) or answer.choice is None:
        return voice.say("none")
    return " → ".join(main_line(answer, voice))
