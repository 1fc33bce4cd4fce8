"""The course of a plan in sentences: what to do at each place, and on what it depends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from waystation.briefs import prices
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import ActionKind, Decision, Stage, WhenAsked
from waystation.engine.model import PlaceKind

_ALWAYS = 0.9995
_SAME_DAY = 1e-9

Levels = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class StageText:
    """A stage in words.

    Attributes
    ----------
    heading
        The place, with its kind and country.
    facts
        How likely it is reached, when, and what can have been spent by then.
    sentences
        What to do there, the likeliest case first.
    on_main_line
        Whether it lies on the likeliest course.
    """

    heading: str
    facts: tuple[str, ...]
    sentences: tuple[str, ...]
    on_main_line: bool


def stage_text(stage: Stage, voice: Voice) -> StageText:
    """Return a stage in words."""
    return StageText(
        heading=_heading(stage, voice), facts=stage_facts(stage, voice), sentences=stage_sentences(stage, voice),
        on_main_line=stage.on_main_line,
    )  # fmt: skip


def stage_facts(stage: Stage, voice: Voice) -> tuple[str, ...]:
    """Return how likely a stage is reached, when, and what can have been spent by then."""
    if stage.last_day - stage.first_day < _SAME_DAY:
        when = voice.say("stage.when.one", day=voice.day(stage.first_day))
    else:
        first, likely, last = (voice.day(day) for day in (stage.first_day, stage.likely_day, stage.last_day))
        when = voice.say("stage.when", first=first, likely=likely, last=last)
    reach = voice.say("stage.reach", reach=voice.percent(stage.reach))
    return (reach, when, voice.say("stage.spent", money=voice.money(stage.spent_max)))


def stage_sentences(stage: Stage, voice: Voice) -> tuple[str, ...]:
    """Return what to do at a stage: a sentence for each case, likeliest first, then extra demands."""
    if not stage.decisions:
        place = voice.places.get(stage.place)
        arrived = place is not None and place.kind is PlaceKind.DESTINATION
        return (voice.say("stage.arrived" if arrived else "stage.nothing"),)
    cases = _cases(stage.decisions)
    sentences = [_case_sentence(case, cases, stage, voice) for case in cases]
    return (*sentences, *demand_sentences(stage.decisions, voice))


def demand_sentences(decisions: Iterable[Decision], voice: Voice) -> list[str]:
    """Return what to do when more money is asked for, one sentence for each leg on which it may be."""
    asked: dict[str, set[WhenAsked]] = {}
    for decision in decisions:
        if decision.leg is not None and decision.when_asked is not None:
            asked.setdefault(decision.leg, set()).add(decision.when_asked)
    return [_demand_sentence(leg, answers, voice) for leg, answers in asked.items()]


def _demand_sentence(leg_id: str, answers: set[WhenAsked], voice: Voice) -> str:
    leg = voice.legs.get(leg_id)
    answer = answers.pop() if len(answers) == 1 else WhenAsked.DEPENDS
    money = voice.money(prices.demand_of(leg, voice.group, voice.network)) if leg else voice.say("none")
    if answer is WhenAsked.PAY:
        return voice.say("asked.pay", leg=leg_id, money=money)
    if answer is WhenAsked.DEPENDS:
        return voice.say("asked.depends", leg=leg_id, money=money)
    longer = leg.demand.refusal.longer_slots if leg and leg.demand else None
    if longer is None:
        return voice.say("asked.refuse.back", leg=leg_id)
    return voice.say("asked.refuse.longer", leg=leg_id, days=voice.days(longer * voice.network.slot_hours / 24))


def _cases(decisions: Iterable[Decision]) -> list[tuple[Decision, ...]]:
    """Gather the decisions for the same levels, in order of time; those at the same time stay apart."""
    cases: list[list[Decision]] = []
    for decision in sorted(decisions, key=lambda decision: (decision.from_day, decision.until_day)):
        for case in cases:
            follows = case[-1].until_day < decision.from_day + _SAME_DAY
            if dict(case[-1].when) == dict(decision.when) and follows:
                case.append(decision)
                break
        else:
            cases.append([decision])
    return sorted((tuple(case) for case in cases), key=lambda case: -max(decision.chance for decision in case))


def _case_sentence(case: tuple[Decision, ...], cases: list[tuple[Decision, ...]], stage: Stage, voice: Voice) -> str:
    actions = voice.say("list.comma").join(_actions(case, voice))
    conditions = _conditions(case[0].when, voice)
    window = _window(case, voice) if _needs_window(case, cases) else ""
    if conditions and window:
        sentence = voice.say("decision.if.window", conditions=conditions, window=window, actions=actions)
    elif conditions:
        sentence = voice.say("decision.if", conditions=conditions, actions=actions)
    elif window:
        sentence = voice.say("decision.window", window=window, actions=actions)
    else:
        sentence = voice.say("decision.only", actions=actions)
    chance = max(decision.chance for decision in case)
    if chance < stage.reach * _ALWAYS:
        key = "decision.chance" if len(case) == 1 else "decision.chance.least"
        sentence = f"{sentence} {voice.say(key, chance=voice.percent(chance))}"
    return sentence[0].upper() + sentence[1:]


def _actions(case: tuple[Decision, ...], voice: Voice) -> list[str]:
    *earlier, last = case
    spoken = [_action(decision, voice, then=True) for decision in earlier] + [_action(last, voice, then=False)]
    return [spoken[0], *(voice.say("then", action=action) for action in spoken[1:])]


def _action(decision: Decision, voice: Voice, *, then: bool) -> str:
    """Return one action; ``then`` when another follows it, so that the day until which it holds is said."""
    key = {ActionKind.LEG: "action.leg", ActionKind.WAIT: "action.wait", ActionKind.STOP: "action.stop"}[
        decision.action
    ]
    if decision.action is ActionKind.LEG and decision.in_company:
        key += ".company"
    if then:
        key += ".and"
    elif decision.action is ActionKind.WAIT and decision.until_day - decision.from_day > _SAME_DAY:
        key += ".until"
    leg = voice.leg_way(decision.leg) if decision.leg else ""
    until = decision.until_day
    if decision.action is ActionKind.WAIT:
        until += voice.network.slot_hours / 24  # the last step of waiting begins on that day and ends one slot later
    values = {"leg": leg, "until": voice.day(until), "hours": voice.hours(voice.network.slot_hours)}
    action = voice.say(key, **values)
    return voice.say("decision.money", action=action) if decision.depends_on_money else action


def _conditions(when: Levels, voice: Voice) -> str:
    return voice.listed([voice.condition_at(condition, levels) for condition, levels in when.items()])


def _window(case: tuple[Decision, ...], voice: Voice) -> str:
    since, until = case[0].from_day, case[-1].until_day
    if until - since < _SAME_DAY:
        return voice.say("window.on", since=voice.day(since))
    return voice.say("window.between", since=voice.day(since), until=voice.day(until))


def _needs_window(case: tuple[Decision, ...], cases: list[tuple[Decision, ...]]) -> bool:
    """Tell whether the levels alone do not say which case holds, so that the days must."""
    return any(other is not case and _may_both_hold(case[0].when, other[0].when) for other in cases)


def _may_both_hold(one: Levels, other: Levels) -> bool:
    return all(set(one[condition]) & set(other[condition]) for condition in one.keys() & other.keys())


def _heading(stage: Stage, voice: Voice) -> str:
    place = voice.places.get(stage.place)
    if place is None:
        return stage.place
    name, country = voice.place(place.id), voice.country(place.country)
    remarks = [voice.say(f"place_kind.{place.kind}")] + ([country] if country and country not in name else [])
    return f"{name} ({', '.join(remarks)})"
