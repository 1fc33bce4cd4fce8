"""What is to be said for and against the plan: how sure it is, why it is chosen, what would change it."""

from collections.abc import Sequence

from waystation.briefs import figures
from waystation.briefs.argument import doubt, reach, reasons
from waystation.briefs.argument.assumptions import chance_named, main_line, other_legs
from waystation.briefs.arrangements import arrangement_section
from waystation.briefs.blocks import Block, Paragraph, Points, Section, Table
from waystation.briefs.charts.frontier import frontier_chart
from waystation.briefs.voice import Voice
from waystation.engine.journeys.argument import Alternative, Caution, Doubt, Tipping, Weight
from waystation.engine.journeys.plan import Choice, Plan

_CARRIERS, _LEAST_SHARE = 5, 0.005
_TIPPINGS = 8
_FRONTIER_ROWS, _MEASURES = 6, 4
_TIPPING_COLUMNS = ("belief", "believed", "tips", "by", "arrive")
_WHY_COLUMNS = ("without", "by", "arrive", "harm", "cost_expected", "days")


def argument(plan: Plan, choice: Choice, voice: Voice) -> list[Section]:
    """Return a section for each part of the argument that the plan holds."""
    sections = [
        _section("doubt", _doubt(plan, choice, voice), voice),
        _section("why", _why(plan, choice, voice), voice),
        _section("tipping", _tipping(plan, voice), voice),
        _section("more", _more(plan, voice), voice),
        _section("frontier", _frontier(plan, voice), voice),
    ]
    divided = arrangement_section(plan, voice)
    return [section for section in (*sections, divided) if section is not None and section.blocks]


def _section(name: str, blocks: Sequence[Block], voice: Voice) -> Section:
    return Section(name, voice.say(f"section.{name}"), tuple(blocks))


def _doubt(plan: Plan, choice: Choice, voice: Voice) -> list[Block]:
    blocks: list[Block] = []
    if choice.doubt is not None:
        sentences = (doubt.doubt_sentences(choice, plan, voice)[0], doubt.spread_sentence(choice.doubt, voice))
        blocks.append(Paragraph(" ".join(filter(None, sentences))))
        blocks.append(_intervals(choice, choice.doubt, plan, voice))
        blocks += _carried(choice.doubt.carried_by, voice)
    if plan.caution is not None:
        blocks.append(Paragraph(" ".join(doubt.caution_sentences(plan, voice))))
        blocks.append(_caution(plan, choice, plan.caution, voice))
    return blocks


def _intervals(choice: Choice, told: Doubt, plan: Plan, voice: Voice) -> Table:
    found = choice.evaluation
    name = doubt.interval_name(told.coverage, voice)
    head = (*(voice.say(f"column.{key}") for key in ("measure", "value", "mean")), name)
    chances = [
        (
            voice.say(f"column.{key}"),
            voice.percent(value),
            voice.percent(interval.mean),
            voice.interval(interval.low, interval.high),
        )
        for key, value, interval in (
            ("arrive", found.arrive, told.arrive),
            ("harm", found.harm, told.harm),
            ("neither", found.neither, told.neither),
        )
    ]
    cost = (
        voice.say("column.cost_expected"),
        voice.mean_money(found.cost_expected, plan.currency),
        voice.mean_money(told.cost_expected.mean, plan.currency),
        doubt.cost_between(told.cost_expected, plan.currency, voice),
    )
    days = (
        voice.say("column.days"),
        voice.days(found.days_expected),
        voice.days(told.days_expected.mean),
        doubt.days_between(told.days_expected, voice),
    )
    return Table(head, (*chances, cost, days), frozenset({1, 2, 3}))


def _carried(weights: Sequence[Weight], voice: Voice) -> list[Block]:
    told = [weight for weight in weights[:_CARRIERS] if weight.share >= _LEAST_SHARE]
    if not told:
        return []
    head = tuple(voice.say(f"column.{key}") for key in ("belief", "believed", "weight", "share"))
    rows = tuple(
        (
            voice.capitalised(chance_named(weight.assumption, voice)),
            voice.percent(weight.assumption.belief.mean),
            figures.number(weight.assumption.belief.weight),
            voice.percent(weight.share),
        )
        for weight in told
    )
    return [Paragraph(voice.say("doubt.lead"), quiet=True), Table(head, rows, frozenset({1, 2, 3}))]


def _caution(plan: Plan, choice: Choice, caution: Caution, voice: Voice) -> Table:
    """Return the chosen and the cautious plan side by side: as believed, over the beliefs, and at worst."""
    head = ("", *(voice.say(f"column.{key}") for key in ("value", "mean", "guaranteed")))

    def row(name: str, arrive: float, told: Doubt | None, guaranteed: float) -> tuple[str, ...]:
        mean = voice.percent(told.arrive.mean) if told is not None else voice.say("none")
        return (name, voice.percent(arrive), mean, voice.percent(guaranteed))

    chosen = row(voice.say("why.chosen"), choice.evaluation.arrive, choice.doubt, caution.chosen_guaranteed)
    cautious = row(voice.say("caution.row"), caution.arrive, caution.doubt, caution.guaranteed)
    return Table(head, (chosen, cautious), frozenset({1, 2, 3}))


def _why(plan: Plan, choice: Choice, voice: Voice) -> list[Block]:
    ranked = reasons.next_best(plan.reasons)
    if not ranked:
        return []
    head = tuple(voice.say(f"column.{key}") for key in _WHY_COLUMNS)
    found, none = choice.evaluation, voice.say("none")
    chosen = (
        voice.say("why.chosen"),
        none,
        voice.percent(found.arrive),
        voice.percent(found.harm),
        voice.mean_money(found.cost_expected, plan.currency),
        voice.days(found.days_expected),
    )
    rows = (chosen, *(_without(each, plan, voice) for each in ranked))
    return [Paragraph(voice.say("why.lead")), Table(head, rows, frozenset({2, 3, 4, 5}))]


def _without(alternative: Alternative, plan: Plan, voice: Voice) -> tuple[str, ...]:
    none = voice.say("none")
    if not alternative.legs:
        return (alternative.without, none, voice.percent(0.0), none, none, none)
    return (
        alternative.without,
        voice.say("list.comma").join(other_legs(alternative.legs, main_line(plan, voice))),
        voice.percent(alternative.arrive),
        voice.percent(alternative.harm),
        voice.mean_money(alternative.cost_expected, plan.currency),
        voice.days(alternative.days_expected),
    )


def _tipping(plan: Plan, voice: Voice) -> list[Block]:
    nearest = reasons.nearest_tipping(plan.reasons)[:_TIPPINGS]
    if not nearest:
        return []
    head = tuple(voice.say(f"column.{key}") for key in _TIPPING_COLUMNS)
    line = main_line(plan, voice)
    rows = tuple(_changed(tipping, line, voice) for tipping in nearest)
    return [Paragraph(voice.say("tipping.lead")), Table(head, rows, frozenset({1, 2, 4}))]


def _changed(tipping: Tipping, line: Sequence[str], voice: Voice) -> tuple[str, ...]:
    legs = voice.say("list.comma").join(other_legs(tipping.instead, line)) or voice.say("tipping.stay")
    side = "above" if tipping.above else "below"
    return (
        voice.capitalised(chance_named(tipping.assumption, voice)),
        voice.percent(tipping.assumption.belief.mean),
        voice.say(f"tipping.at.{side}", value=voice.percent(tipping.value)),
        legs,
        voice.percent(tipping.arrive),
    )


def _more(plan: Plan, voice: Voice) -> list[Block]:
    told = [*reasons.information_sentences(plan, voice), *reasons.margin_sentences(plan.reasons, voice)]
    return [_listed(told)] if told else []


def _frontier(plan: Plan, voice: Voice) -> list[Block]:
    if not plan.frontier:
        return []
    head, rows = reach.frontier_table(plan, voice, _FRONTIER_ROWS)
    lead = " ".join(filter(None, (voice.say("frontier.lead"), reach.frontier_note(plan, voice))))
    numeric = frozenset(range(len(head) - _MEASURES, len(head)))
    blocks: list[Block] = [Paragraph(lead), Table(head, tuple(rows), numeric)]
    drawn = frontier_chart(plan, voice)
    if drawn is not None:
        blocks += [drawn, Paragraph(voice.say("chart.frontier.caption"), quiet=True)]
    return blocks


def _listed(sentences: Sequence[str]) -> Points:
    return Points(tuple(("", sentence) for sentence in sentences))
