"""Sentences about a plan. The brief and the terminal both say them; `Voice` knows the names and the language."""

import math
from collections.abc import Iterable, Sequence

from waystation.briefs.argument.doubt import interval_name, interval_of
from waystation.briefs.figures import percent_at_least
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import (
    BudgetPoint,
    Choice,
    Evaluation,
    Obstacle,
    ObstacleKind,
    Plan,
    ReasonCode,
    RuledOut,
)
from waystation.engine.model import PlaceKind

_ROUNDING = 1e-12
_GATHERED = (ReasonCode.UNREACHABLE,)


def answer(plan: Plan, voice: Voice) -> str:
    """Return the whole answer in one sentence: the numbers of the chosen plan, or why there is none."""
    choice = plan.choice
    if choice is None:
        reason = obstacle_sentences(plan.obstacle, plan, voice)[0] if plan.obstacle else ""
        return voice.say("obstacle.answer", group=plan.group, reason=reason).strip()
    evaluation = choice.evaluation
    values = {
        "group": plan.group,
        "place": destination(plan, voice),
        "arrive": voice.percent(evaluation.arrive),
        "beside": _beside(choice, voice),
        "cost": _cost(plan, evaluation, voice),
    }
    if math.isnan(evaluation.days_expected) or math.isnan(evaluation.days_p90):
        return voice.say("answer", **values)
    days, by = voice.days(round(evaluation.days_expected)), voice.day(evaluation.days_p90)
    return voice.say("answer.dated", days=days, by=by, **values)


def _beside(choice: Choice, voice: Voice) -> str:
    """Return what stands in brackets beside the chance of arriving: its interval where one is known, harm, neither."""
    harm, neither = voice.percent(choice.evaluation.harm), voice.percent(choice.evaluation.neither)
    if choice.doubt is None:
        return voice.say("answer.beside", harm=harm, neither=neither)
    name = interval_name(choice.doubt.coverage, voice)
    between = voice.percent_range(choice.doubt.arrive.low, choice.doubt.arrive.high)
    return voice.say("answer.beside.doubt", name=name, range=between, harm=harm, neither=neither)


def _cost(plan: Plan, evaluation: Evaluation, voice: Voice) -> str:
    """Return the most that can be spent; where no cap was set that says little, so the mean of arrivals comes first."""
    most = voice.mean_money(evaluation.cost_max, plan.currency)
    if plan.caps.budget is not None or math.isnan(evaluation.cost_expected_arrived):
        return voice.say("answer.cost", most=most)
    mean = voice.mean_money(evaluation.cost_expected_arrived, plan.currency)
    return voice.say("answer.cost.open", mean=mean, most=most)


def chosen(plan: Plan, voice: Voice) -> str:
    """Return which named choice the plan is, and which caps it keeps; empty when there is no plan."""
    if plan.chosen is None:
        return ""
    name, means = voice.say(f"choice.{plan.chosen}"), voice.say(f"choice.{plan.chosen}.means")
    return " ".join(filter(None, (voice.say("answer.chosen", choice=name, means=means), caps(plan, voice))))


def caps(plan: Plan, voice: Voice) -> str:
    """Return the caps in force as a sentence; empty when there are none."""
    in_force = []
    if plan.caps.budget is not None:
        in_force.append(voice.say("cap.budget", money=voice.money(plan.caps.budget)))
    if plan.caps.days is not None:
        in_force.append(voice.say("cap.days", days=voice.days(plan.caps.days)))
    if plan.caps.max_harm is not None:
        in_force.append(voice.say("cap.max_harm", percent=voice.percent(plan.caps.max_harm)))
    if plan.caps.walk_hours is not None:
        in_force.append(voice.say("cap.walk_hours", hours=voice.hours(plan.caps.walk_hours)))
    return voice.say("answer.caps", caps=voice.listed(in_force)) if in_force else ""


def destination(plan: Plan, voice: Voice) -> str:
    """Return the destination the plan most likely comes to, or a general word when its stages name none."""
    ends = [s for s in plan.stages if s.place in voice.places and voice.places[s.place].kind is PlaceKind.DESTINATION]
    return voice.place(max(ends, key=lambda stage: stage.reach).place) if ends else voice.say("destination.several")


def obstacle_sentences(obstacle: Obstacle, plan: Plan, voice: Voice) -> list[str]:
    """Return why no plan exists, as sentences: first the obstacle, then what else is known of it."""
    match obstacle.kind:
        case ObstacleKind.BUDGET:
            return [_budget_obstacle(obstacle, plan, voice)]
        case ObstacleKind.DAYS:
            return [_days_obstacle(obstacle, plan, voice)]
        case ObstacleKind.MAX_HARM:
            return [_harm_obstacle(obstacle, plan, voice)]
        case ObstacleKind.WALK_HOURS:
            return [_walking_obstacle(obstacle, plan, voice)]
        case ObstacleKind.BUDGET_AND_DAYS:
            return _both_obstacles(obstacle, plan, voice)
        case ObstacleKind.NO_ROUTE:
            return [voice.say("obstacle.no_route", place=voice.place(voice.group.place))]
        case ObstacleKind.GROUP | ObstacleKind.CLOSED:
            return [voice.say(f"obstacle.{obstacle.kind}")]


def changes(obstacle: Obstacle, voice: Voice) -> list[str]:
    """Return the smallest changes that would make a plan possible, one sentence each."""
    found = []
    if obstacle.smallest_budget is not None:
        found.append(voice.say("change.budget", smallest=voice.money(obstacle.smallest_budget)))
    if obstacle.smallest_days is not None:
        found.append(voice.say("change.days", smallest=voice.least_days(obstacle.smallest_days)))
    if obstacle.smallest_harm is not None:
        smallest = percent_at_least(voice.language, obstacle.smallest_harm)
        found.append(voice.say("change.max_harm", smallest=smallest))
    if obstacle.smallest_walk_hours is not None:
        found.append(voice.say("change.walk_hours", smallest=voice.least_hours(obstacle.smallest_walk_hours)))
    if obstacle.kind is ObstacleKind.NO_ROUTE:
        found.append(voice.say("change.no_route"))
    if obstacle.blocking:
        several = obstacle.one_is_enough and len(obstacle.blocking) > 1
        found.append(voice.say("obstacle.blocking.any" if several else "obstacle.blocking"))
        found.extend(ruled_out(obstacle.blocking, voice))
    return found


def ruled_out(reasons: Iterable[RuledOut], voice: Voice) -> list[str]:
    """Return what is ruled out and why, a line each; legs out of reach for the same reason share a line."""
    lines: list[str] = []
    gathered: dict[ReasonCode, list[str]] = {code: [] for code in _GATHERED}
    for reason in reasons:
        if reason.code in gathered:
            gathered[reason.code].append(reason.id)
        else:
            lines.append(_reason(reason, voice))
    for code, legs in gathered.items():
        if len(legs) == 1:
            lines.append(voice.say(f"ruled_out.{code}", leg=voice.leg(legs[0])))
        elif legs:
            lines.append(voice.say(f"ruled_out.{code}.several", leg=voice.say("legs", legs=", ".join(legs))))
    return lines


def _reason(reason: RuledOut, voice: Voice) -> str:
    value, limit = reason.value, reason.limit
    match reason.code:
        case ReasonCode.BEDS:
            return voice.say("ruled_out.beds", place=voice.place(reason.id), value=value, limit=limit)
        case ReasonCode.NEED:
            value = voice.listed([voice.word("need", need) for need in value.split("|")])
        case ReasonCode.NO_DATE:
            value, limit = voice.iso_date(value), voice.iso_date(limit)
        case ReasonCode.VETTING:
            limit = voice.iso_date(limit)
        case ReasonCode.ALWAYS_CLOSED:
            value = voice.condition(value)
            limit = voice.listed([voice.level(level) for level in limit.split("|")], "list.or")
        case _:
            pass
    return voice.say(f"ruled_out.{reason.code}", leg=voice.leg(reason.id), value=value, limit=limit)


def curve_table(plan: Plan, voice: Voice, rows: int = 8) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return arrival against the hard budget as headings and a few rows of text.

    Where intervals are known, the rows are the budgets that have one, and before them the largest with which nothing arrives
    and the least with which anything does.
    """
    head = (voice.say("column.budget"), voice.say("column.arrive"))
    doubted = [point for point in plan.budget_curve if point.interval is not None and point.arrive > 0.0]
    if not doubted:
        points = salient_points(plan.budget_curve, rows)
        return head, [(voice.money(point.budget), voice.percent(point.arrive)) for point in points]
    hopeless = [point for point in plan.budget_curve if point.arrive <= 0.0][-1:]
    first = [point for point in plan.budget_curve if point.arrive > 0.0][:1]
    points = [*hopeless, *first, *(point for point in doubted if point not in first)]
    told = [
        (
            voice.money(point.budget),
            voice.percent(point.arrive),
            voice.interval(point.interval.low, point.interval.high) if point.interval else voice.say("none"),
        )
        for point in points
    ]
    return (*head, interval_of(plan, voice)), [*told]


def curve_notes(plan: Plan, voice: Voice) -> list[str]:
    """Return what must be read with the curve of arrival against the hard budget."""
    notes = [voice.say("curve.note")]
    return notes if plan.caps.max_harm is None else [*notes, voice.say("curve.any_harm")]


def salient_points(curve: Sequence[BudgetPoint], rows: int = 8) -> list[BudgetPoint]:
    """Return the points of a rising curve that tell its shape: its ends, and where it passes equal steps of arrival.

    Budgets too small for any plan are told by the largest of them alone, budgets beyond saturation by the least of them.
    """
    if not curve:
        return []
    hopeless = [point for point in curve if point.arrive <= 0.0][-1:]
    rising = [point for point in curve if point.arrive > 0.0]
    lowest, highest = (rising[0].arrive if rising else 0.0), curve[-1].arrive
    wanted = [lowest + (highest - lowest) * step / (rows - 2) for step in range(1, rows - 1)]
    passed = [next(point for point in rising if point.arrive >= want - _ROUNDING) for want in wanted] if rising else []
    kept = hopeless + rising[:1] + passed
    return list({point.budget.minor: point for point in kept}.values())


def choice_row(choice: Choice, plan: Plan, voice: Voice) -> tuple[str, ...]:
    """Return a named choice as a row: name, arrive, harm, neither, costs (expected, arrived, largest), days, by day."""
    evaluation = choice.evaluation
    return (voice.say(f"choice.{choice.name}"), *evaluation_cells(evaluation, plan.currency, voice))


def evaluation_cells(evaluation: Evaluation, currency: str, voice: Voice) -> tuple[str, ...]:
    """Return an evaluation as text: arrive, harm, neither, three costs, expected days, day of nine in ten."""
    return (
        voice.percent(evaluation.arrive),
        voice.percent(evaluation.harm),
        voice.percent(evaluation.neither),
        voice.mean_money(evaluation.cost_expected, currency),
        voice.mean_money(evaluation.cost_expected_arrived, currency),
        voice.mean_money(evaluation.cost_max, currency),
        voice.days(evaluation.days_expected),
        voice.day(evaluation.days_p90),
    )


CHOICE_COLUMNS = ("plan", "arrive", "harm", "neither", "cost_expected", "cost_arrived", "cost_max", "days", "by_day")
"""Keys ``column.…`` of the headings above the cells of `choice_row`."""


def interval_cells(choice: Choice, voice: Voice) -> tuple[str, str, str]:
    """Return the intervals of arrive, harm and neither as text; a dash each where they are not known."""
    if choice.doubt is None:
        return (voice.say("none"),) * 3
    arrive, harm, neither = (
        voice.interval(each.low, each.high) for each in (choice.doubt.arrive, choice.doubt.harm, choice.doubt.neither)
    )
    return arrive, harm, neither


def freshness(plan: Plan, voice: Voice) -> list[str]:
    """Return, for each condition the plan rests on, when it was last seen and what is expected at the start."""
    return [_fresh(condition, plan, voice) for condition in sorted({*plan.start_levels, *plan.observed_on})]


def last_level(condition: str, plan: Plan, voice: Voice) -> str | None:
    """Return the level seen on the day the plan rests on, in words; None when nothing was seen."""
    on = plan.observed_on.get(condition)
    seen = [o.level for o in voice.network.observations if o.condition == condition and o.on == on]
    return voice.level(seen[-1]) if seen else None


def start_chances(condition: str, plan: Plan, voice: Voice) -> str:
    """Return the chances of a condition's levels on the day of the start, as a list in words."""
    chances = plan.start_levels.get(condition, {})
    return voice.say("list.comma").join(
        voice.say("fresh.chance", level=voice.level(level), percent=voice.percent(chance))
        for level, chance in chances.items()
        if chance > 0.0
    )


def certificate(plan: Plan, voice: Voice) -> str:
    """Return how the answer was checked."""
    key = "certificate" if plan.choice is not None else "certificate.none"
    difference = f"{plan.certificate.difference:.1e}" if plan.certificate.difference else "0"
    values = {"method": voice.word("method", plan.certificate.method)}
    return voice.say(key, difference=difference, **values) if plan.choice is not None else voice.say(key, **values)


def _fresh(condition: str, plan: Plan, voice: Voice) -> str:
    on, name = plan.observed_on.get(condition), voice.condition(condition)
    if on is None:
        return voice.say("fresh.never", condition=name)
    values = {
        "condition": name,
        "date": voice.date(on),
        "age": voice.days((plan.as_of - on).days),
        "as_of": voice.date(plan.as_of),
    }
    level = last_level(condition, plan, voice)
    return voice.say("fresh.no_level", **values) if level is None else voice.say("fresh.seen", level=level, **values)


def _budget_obstacle(obstacle: Obstacle, plan: Plan, voice: Voice) -> str:
    cap = voice.money(plan.caps.budget) if plan.caps.budget is not None else voice.say("none")
    if obstacle.smallest_budget is None:
        return voice.say("obstacle.budget.unknown", cap=cap)
    smallest = voice.money(obstacle.smallest_budget)
    return voice.say("obstacle.budget", smallest=smallest, cap=cap)


def _days_obstacle(obstacle: Obstacle, plan: Plan, voice: Voice) -> str:
    cap = voice.days(plan.caps.days) if plan.caps.days is not None else voice.say("none")
    if obstacle.smallest_days is None:
        return voice.say("obstacle.days.unknown", cap=cap)
    return voice.say("obstacle.days", smallest=voice.least_days(obstacle.smallest_days), cap=cap)


def _harm_obstacle(obstacle: Obstacle, plan: Plan, voice: Voice) -> str:
    cap = voice.percent(plan.caps.max_harm) if plan.caps.max_harm is not None else voice.say("none")
    if obstacle.smallest_harm is None:
        return voice.say("obstacle.max_harm.unknown", cap=cap)
    smallest = percent_at_least(voice.language, obstacle.smallest_harm)
    return voice.say("obstacle.max_harm", smallest=smallest, cap=cap)


def _walking_obstacle(obstacle: Obstacle, plan: Plan, voice: Voice) -> str:
    cap = voice.hours(plan.caps.walk_hours) if plan.caps.walk_hours is not None else voice.say("none")
    if obstacle.smallest_walk_hours is None:
        return voice.say("obstacle.walk_hours.unknown", cap=cap)
    return voice.say("obstacle.walk_hours", smallest=voice.least_hours(obstacle.smallest_walk_hours), cap=cap)


def _both_obstacles(obstacle: Obstacle, plan: Plan, voice: Voice) -> list[str]:
    if obstacle.smallest_budget is None and obstacle.smallest_days is None:
        return [voice.say("obstacle.budget_and_days.both")]
    sentences = [voice.say("obstacle.budget_and_days")]
    if obstacle.smallest_budget is not None:
        days = voice.days(plan.caps.days) if plan.caps.days is not None else voice.say("none")
        smallest = voice.money(obstacle.smallest_budget)
        sentences.append(voice.say("obstacle.with_budget", days=days, smallest=smallest))
    if obstacle.smallest_days is not None:
        sentences.append(voice.say("obstacle.with_days", smallest=voice.least_days(obstacle.smallest_days)))
    return sentences
