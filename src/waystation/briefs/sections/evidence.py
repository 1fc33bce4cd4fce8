"""What the plan rests on: its numbers, how fresh they are, what else was weighed, and where it all comes from."""

from waystation.briefs import wording
from waystation.briefs.argument import reach
from waystation.briefs.argument.doubt import interval_name, interval_of
from waystation.briefs.blocks import Beside, Block, Facts, Paragraph, Points, Section, Table
from waystation.briefs.charts.arrival import arrival_chart
from waystation.briefs.charts.budget import budget_chart
from waystation.briefs.sections.argument import argument
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import Choice, Plan

_MAIN = 3
"""The chances to arrive, of harm and of neither come first."""
_MEASURES = wording.CHOICE_COLUMNS[1:]


def numbers(plan: Plan, choice: Choice, voice: Voice) -> Section:
    """Return the numbers of the chosen plan."""
    arrive, harm, neither, cost, cost_arrived, cost_max, days, by = wording.evaluation_cells(
        choice.evaluation, plan.currency, voice
    )
    cap = voice.say("number.cap.none") if plan.caps.budget is None else voice.money(plan.caps.budget)
    values = {
        "arrive": arrive,
        "harm": harm,
        "neither": neither,
        "cost_expected": cost,
        "cost_arrived": cost_arrived,
        "cost_max": cost_max,
        "cap": cap,
        "days": days,
        "by": by,
    }
    items = [(voice.say(f"number.{name}"), value) for name, value in values.items()]
    items[_MAIN:_MAIN] = _intervals(choice, voice)
    return Section("numbers", voice.say("section.numbers"), (Facts(tuple(items), _MAIN),))


def _intervals(choice: Choice, voice: Voice) -> list[tuple[str, str]]:
    """Return the intervals of the three chances, to stand below them; nothing where they are not known."""
    if choice.doubt is None:
        return []
    name = interval_name(choice.doubt.coverage, voice)
    measures = (voice.say(f"column.{measure}") for measure in ("arrive", "harm", "neither"))
    cells = wording.interval_cells(choice, voice)
    return [
        (voice.say("number.interval", measure=measure, name=name), cell)
        for measure, cell in zip(measures, cells, strict=True)
    ]


def oldest(plan: Plan, voice: Voice) -> str:
    """Return how old the oldest observation is that the plan rests on, and what was never observed."""
    sentences = []
    seen = {condition: on for condition, on in plan.observed_on.items() if on <= plan.as_of}
    if seen:
        condition = min(seen, key=lambda each: (seen[each], each))
        age = voice.days((plan.as_of - seen[condition]).days)
        sentences.append(voice.say("brief.oldest", condition=voice.condition(condition), age=age))
    unseen = [voice.condition(condition) for condition in plan.start_levels if condition not in plan.observed_on]
    if unseen:
        sentences.append(voice.say("brief.unobserved", conditions=voice.listed(unseen)))
    return " ".join(sentences) or voice.say("brief.no_conditions")


def ask_first(plan: Plan, voice: Voice) -> list[Section]:
    """Return the conditions to ask about, with the last observation of each; nothing when none matters."""
    conditions = sorted({*plan.start_levels, *plan.observed_on})
    if not conditions:
        return []
    columns = ("condition", "level", "seen", "age", "start")
    as_of = voice.date(plan.as_of)
    head = tuple(voice.say(f"fresh.column.{name}", **({"as_of": as_of} if name == "age" else {})) for name in columns)
    table = Table(head, tuple(_fresh_row(condition, plan, voice) for condition in conditions), frozenset({3}))
    return [Section("fresh", voice.say("section.fresh"), (Paragraph(voice.say("fresh.lead")), table))]


def grounds(plan: Plan, voice: Voice) -> list[Section]:
    """Return arrival against budget, the other plans, what was ruled out, the sources and the check."""
    sections = []
    if plan.choice is None:
        sections += ask_first(plan, voice)
    if plan.budget_curve:
        sections.append(_curve(plan, voice))
    if plan.choices:
        sections.append(_choices(plan, voice))
    if plan.choice is not None:
        sections += argument(plan, plan.choice, voice)
    ruled_out = wording.ruled_out(plan.ruled_out, voice)
    sections.append(_listed("ruled_out", ruled_out, voice))
    sections.append(_listed("sources", [f"{key}: {where}" for key, where in voice.network.sources.items()], voice))
    check = Paragraph(wording.certificate(plan, voice))
    sections.append(Section("check", voice.say("section.check"), (check,)))
    return sections


def _fresh_row(condition: str, plan: Plan, voice: Voice) -> tuple[str, ...]:
    on = plan.observed_on.get(condition)
    return (
        voice.condition(condition),
        wording.last_level(condition, plan, voice) or voice.say("none"),
        voice.date(on) if on else voice.say("fresh.unseen"),
        voice.days((plan.as_of - on).days) if on else voice.say("none"),
        wording.start_chances(condition, plan, voice) or voice.say("none"),
    )


def _curve(plan: Plan, voice: Voice) -> Section:
    head, rows = wording.curve_table(plan, voice)
    table = Table(head, tuple(rows), frozenset(range(len(head))))
    notes = wording.curve_notes(plan, voice)
    if any(point.interval for point in plan.budget_curve):
        notes.append(voice.say("chart.band", name=interval_of(plan, voice)))
    is_drawn = len(plan.budget_curve) > 1 and plan.budget_curve[-1].arrive > 0.0
    told = [
        reach.quantile_sentence(plan.quantiles, voice),
        reach.deadline_sentence(plan, voice),
        reach.cost_sentence(plan.choice, voice) if plan.choice is not None else "",
    ]
    blocks: list[Block] = [Paragraph(" ".join(notes)), Beside(table, budget_chart(plan, voice)) if is_drawn else table]
    if any(told):
        blocks.append(Paragraph(" ".join(filter(None, told))))
    return Section("curve", voice.say("section.curve"), tuple(blocks))


def _choices(plan: Plan, voice: Voice) -> Section:
    """Return the named choices side by side: a column for each, a row for each measure; then their arrival by day."""
    names = [voice.say(f"choice.{choice.name}") for choice in plan.choices]
    columns = [wording.evaluation_cells(choice.evaluation, plan.currency, voice) for choice in plan.choices]
    marked = next((index for index, choice in enumerate(plan.choices) if choice.name == plan.chosen), None)
    if marked is not None:
        names[marked] = voice.say("choices.mark", choice=names[marked])
    rows = [
        (voice.say(f"column.{measure}"), *(cells[row] for cells in columns)) for row, measure in enumerate(_MEASURES)
    ]
    table = Table(
        head=("", *names),
        rows=tuple(_with_intervals(rows, plan, voice)),
        numeric=frozenset(range(1, len(names) + 1)),
        marked=None if marked is None else marked + 1,
    )
    blocks: list[Block] = [Paragraph(voice.say("choices.lead")), table]
    drawn = arrival_chart(plan, voice)
    if drawn is not None:
        caption = [voice.say("chart.arrival.caption")]
        if plan.choice is not None and plan.choice.doubt is not None:
            caption.append(voice.say("chart.band.chosen", name=interval_of(plan, voice)))
        blocks += [drawn, Paragraph(" ".join(caption), quiet=True)]
    return Section("choices", voice.say("section.choices"), tuple(blocks))


def _with_intervals(rows: list[tuple[str, ...]], plan: Plan, voice: Voice) -> list[tuple[str, ...]]:
    """Return the rows with the intervals of the three chances below each of them; as they are where none is known."""
    doubted = next((choice.doubt for choice in plan.choices if choice.doubt is not None), None)
    if doubted is None:
        return rows
    name = interval_name(doubted.coverage, voice)
    between = zip(*(wording.interval_cells(choice, voice) for choice in plan.choices), strict=True)
    intervals = [(name, *cells) for cells in between]
    chances = [row for pair in zip(rows, intervals, strict=False) for row in pair]
    return [*chances, *rows[len(intervals) :]]


def _listed(name: str, lines: list[str], voice: Voice) -> Section:
    body: Block = (
        Points(tuple(("", line) for line in lines), quiet=name == "sources")
        if lines
        else Paragraph(voice.say(f"{name}.none"))
    )
    return Section(name, voice.say(f"section.{name}"), (body,))
