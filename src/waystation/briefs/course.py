"""The course of a plan in sentences: what to do at each place, and on what it depends."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from waystation.briefs.argument.doubt import beside
from waystation.briefs.voice import Voice
from waystation.engine.journeys import prices
from waystation.engine.journeys.plan import ActionKind, Decision, Stage, WhenAsked
from waystation.engine.model import PlaceKind

_ALWAYS = 0.9995
_RARE = 0.01
_FLEETING_DAYS = 1.0
_SAME_DAY = 1e-9
_IN_ONE_BREATH = 2
_MOST_TURNS = 4

Levels = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class CaseText:
    """What to do at a place in one case.

    Attributes
    ----------
    lead
        When the case holds, and how often it is needed; empty when it always holds.
    steps
        What to do, one after the other; more than two are dated one by one and read best below each other.
    rare
        Whether fewer than one journey in a hundred comes to it.
    is_short
        Whether the case reads well as one sentence.
    """

    lead: str
    steps: tuple[str, ...]
    rare: bool = False
    is_short: bool = True

    @property
    def sentence(self) -> str:
        """The case in one sentence."""
        separator = ", " if self.is_short else "; "
        told = separator.join(self.steps)
        return f"{self.lead}: {told}." if self.lead else f"{told}."


@dataclass(frozen=True)
class StageText:
    """A stage in words.

    Attributes
    ----------
    heading
        The place, with its kind and country.
    facts
        How likely it is reached, when, and what can have been spent by then.
    cases
        What to do there, the likeliest case first, rare ones last.
    notes
        What holds in every case: extra demands, and that something depends on the money left.
    on_main_line
        Whether it lies on the likeliest course.
    """

    heading: str
    facts: tuple[str, ...]
    cases: tuple[CaseText, ...]
    notes: tuple[str, ...]
    on_main_line: bool

    @property
    def sentences(self) -> tuple[str, ...]:
        """Cases and notes, a sentence each."""
        return (*(case.sentence for case in self.cases), *self.notes)


def stage_text(stage: Stage, voice: Voice) -> StageText:
    """Return a stage in words."""
    notes = demand_sentences(stage.decisions, voice)
    if any(decision.depends_on_money for decision in stage.decisions):
        notes.append(voice.say("decision.money"))
    if any(decision.depends_on_effort for decision in stage.decisions):
        notes.append(voice.say("decision.effort"))
    return StageText(
        heading=_heading(stage, voice),
        facts=stage_facts(stage, voice),
        cases=_case_texts(stage, voice),
        notes=tuple(notes),
        on_main_line=stage.on_main_line,
    )


def stage_facts(stage: Stage, voice: Voice) -> tuple[str, ...]:
    """Return how likely a stage is reached, when, and what can have been spent by then."""
    if stage.last_day - stage.first_day < _SAME_DAY:
        when = voice.say("stage.when.one", day=voice.day(stage.first_day))
    else:
        first, likely, last = (voice.day(day) for day in (stage.first_day, stage.likely_day, stage.last_day))
        when = voice.say("stage.when", first=first, likely=likely, last=last)
    reach = voice.say("stage.reach", reach=beside(stage.reach, stage.interval, voice))
    return (reach, when, voice.say("stage.spent", money=voice.money(stage.spent_max)))


def demand_sentences(decisions: Iterable[Decision], voice: Voice) -> list[str]:
    """Return what to do when more money is asked for: a sentence for each leg, or for each case where the answers differ."""
    asked: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.leg is not None and decision.when_asked is not None:
            asked.setdefault(decision.leg, []).append(decision)
    return [sentence for leg, taken in asked.items() for sentence in _demand_sentences(leg, taken, voice)]


def _demand_sentences(leg_id: str, taken: list[Decision], voice: Voice) -> list[str]:
    answers: dict[str, set[WhenAsked | None]] = {}
    for decision in taken:
        answers.setdefault(_conditions(decision.when, voice), set()).add(decision.when_asked)
    if len({answer for each in answers.values() for answer in each}) == 1:
        return [_demand_sentence(leg_id, taken[0].when_asked, voice)]
    if "" in answers or any(len(each) > 1 for each in answers.values()):
        return [_demand_sentence(leg_id, WhenAsked.DEPENDS, voice)]
    return [
        voice.say(
            "asked.if",
            lead=voice.say("decision.if", conditions=conditions),
            sentence=_demand_sentence(leg_id, answer, voice),
        )
        for conditions, (answer,) in answers.items()
    ]


def _demand_sentence(leg_id: str, answer: WhenAsked | None, voice: Voice) -> str:
    leg = voice.legs.get(leg_id)
    money = voice.money(prices.demand_of(leg, voice.group, voice.network)) if leg else voice.say("none")
    if answer is WhenAsked.PAY:
        return voice.say("asked.pay", leg=leg_id, money=money)
    if answer is WhenAsked.DEPENDS:
        return voice.say("asked.depends", leg=leg_id, money=money)
    longer = leg.demand.refusal.longer_slots if leg and leg.demand else None
    if longer is None:
        return voice.say("asked.refuse.back", leg=leg_id)
    return voice.say("asked.refuse.longer", leg=leg_id, days=voice.days(longer * voice.network.slot_hours / 24))


def _case_texts(stage: Stage, voice: Voice) -> tuple[CaseText, ...]:
    if not stage.decisions:
        place = voice.places.get(stage.place)
        arrived = place is not None and place.kind is PlaceKind.DESTINATION
        return (CaseText("", (voice.say("stage.arrived" if arrived else "stage.nothing"),)),)
    cases = _cases(stage.decisions)
    told: set[str] = set()
    return tuple(_case_text(case, cases, stage, voice, told) for case in cases)


def _cases(decisions: Iterable[Decision]) -> list[tuple[Decision, ...]]:
    """Gather the decisions for the same levels, each in order of time, the likeliest case first."""
    cases: list[list[Decision]] = []
    for decision in sorted(decisions, key=lambda decision: (decision.from_day, decision.until_day)):
        for case in cases:
            if dict(case[-1].when) == dict(decision.when):
                case.append(decision)
                break
        else:
            cases.append([decision])
    settled = [_settled(case) for case in cases]
    return sorted(settled, key=lambda case: -_chance(case))


def _chance(case: Iterable[Decision]) -> float:
    return max(decision.chance for decision in case)


def _settled(case: list[Decision]) -> tuple[Decision, ...]:
    """Leave out turns that are both short and rare, and put together what is then the same."""
    kept: list[Decision] = []
    for decision in case:
        fleeting = decision.until_day - decision.from_day < _FLEETING_DAYS and decision.chance < _RARE
        if kept and (_same_action(kept[-1], decision) or fleeting):
            kept[-1] = _stretched(kept[-1], decision)
        else:
            kept.append(decision)
    return tuple(kept)


def _same_action(one: Decision, other: Decision) -> bool:
    return (one.action, one.leg, one.in_company) == (other.action, other.leg, other.in_company)


def _stretched(decision: Decision, over: Decision) -> Decision:
    if not _same_action(decision, over):
        return decision
    until, chance = max(decision.until_day, over.until_day), max(decision.chance, over.chance)
    return replace(decision, until_day=until, chance=chance)


def _case_text(
    case: tuple[Decision, ...], cases: list[tuple[Decision, ...]], stage: Stage, voice: Voice, told: set[str]
) -> CaseText:
    conditions = _conditions(case[0].when, voice)
    window = _window(case, voice) if _needs_window(case, cases) else ""
    if conditions and window:
        lead = voice.say("decision.if.window", conditions=conditions, window=window)
    elif conditions:
        lead = voice.say("decision.if", conditions=conditions)
    else:
        lead = window
    chance = _chance(case)
    rare = chance < _RARE and len(cases) > 1
    steps, is_short = _steps(case, voice, told), len(case) <= _IN_ONE_BREATH
    if not lead:
        return CaseText("", (voice.capitalised(steps[0]), *steps[1:]), rare, is_short)
    if not rare and chance < stage.reach * _ALWAYS:
        key = "decision.chance" if len(case) == 1 else "decision.chance.least"
        often = max(case, key=lambda decision: decision.chance)
        lead = voice.say(key, lead=lead, chance=beside(chance, often.interval, voice))
    return CaseText(voice.capitalised(lead), steps, rare, is_short)


def _steps(case: tuple[Decision, ...], voice: Voice, told: set[str]) -> tuple[str, ...]:
    """Return the steps of a case. ``told`` holds the legs whose way was described at this place already."""
    if len(case) > _MOST_TURNS:
        return tuple(_calendar(case, voice, told))
    steps = []
    followers: list[Decision | None] = [*case[1:], None]
    for number, (decision, following) in enumerate(zip(case, followers, strict=True)):
        if len(case) > _IN_ONE_BREATH and following is not None:
            action = _action(decision, None, voice, told, ".plain")
            once = decision.action is not ActionKind.WAIT and decision.until_day - decision.from_day < _SAME_DAY
            key = "step.on" if once else "step.until"
            step = voice.say(key, until=_until(decision, following, voice), action=action)
        elif following is not None:
            step = _action(decision, following, voice, told, ".and")
        else:
            step = _action(decision, None, voice, told, "")
            step = voice.say("then", action=step) if number else step
        steps.append(step)
    return tuple(steps)


def _calendar(case: tuple[Decision, ...], voice: Voice, told: set[str]) -> Iterator[str]:
    """Yield the days of each leg, for a case that goes to and fro: dates are quicker to find than turns."""
    by_action: dict[tuple[ActionKind, str | None, bool], list[Decision]] = {}
    for decision in case:
        by_action.setdefault((decision.action, decision.leg, decision.in_company), []).append(decision)
    for (kind, _, _), decisions in by_action.items():
        if kind is not ActionKind.WAIT:
            action = _action(decisions[0], None, voice, told, ".plain")
            yield voice.say("action.on_days", action=action, days=_dates(decisions, voice))
    waits = [decision for decision in case if decision.action is ActionKind.WAIT]
    if waits:
        key = "action.wait.else.until" if case[-1].action is ActionKind.WAIT else "action.wait.else"
        until = _until(max(waits, key=lambda decision: decision.until_day), None, voice)
        yield voice.say(key, until=until, hours=voice.hours(voice.network.slot_hours))


def _dates(decisions: Iterable[Decision], voice: Voice) -> str:
    """Return the calendar days on which one of the decisions holds, neighbouring days put together."""
    spans: list[tuple[date, date]] = []
    for decision in decisions:
        first, last = voice.date_of(decision.from_day), voice.date_of(decision.until_day)
        if spans and first <= spans[-1][1] + timedelta(days=1):
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    days = [
        voice.date(first)
        if first == last
        else voice.say("window.dates", since=voice.date(first), until=voice.date(last))
        for first, last in spans
    ]
    return voice.listed(days, "list.days")


def _action(decision: Decision, following: Decision | None, voice: Voice, told: set[str], form: str) -> str:
    """Return one action in a form: plain, with ``.and`` when another follows at once, or as the last one."""
    key = f"action.{decision.action}"
    if decision.in_company:
        key += ".company"
    key += form
    if not form and decision.action is ActionKind.WAIT and decision.until_day - decision.from_day > _SAME_DAY:
        key += ".until"
    leg = ""
    if decision.leg is not None:
        leg = voice.leg(decision.leg) if decision.leg in told else voice.leg_way(decision.leg)
        told.add(decision.leg)
    until = _until(decision, following, voice)
    return voice.say(key, leg=leg, until=until, hours=voice.hours(voice.network.slot_hours))


def _until(decision: Decision, following: Decision | None, voice: Voice) -> str:
    """Return the day until which an action holds, or the span when the next one may begin before it ends."""
    slot = voice.network.slot_hours / 24
    # The last step of waiting begins on its day and ends one slot later.
    end = decision.until_day + (slot if decision.action is ActionKind.WAIT else 0.0)
    if following is not None and following.from_day < decision.until_day - _SAME_DAY:
        return voice.say("until.span", earliest=voice.day(following.from_day), latest=voice.day(end))
    return voice.day(end)


def _conditions(when: Levels, voice: Voice) -> str:
    return voice.listed([voice.condition_at(condition, levels) for condition, levels in when.items()], "condition.and")


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
