"""The argument on the terminal: how sure, why this plan, what would change it. A few lines each; the brief says the rest."""

from rich.console import Console

from waystation.briefs import arrangements
from waystation.briefs.argument import doubt, reach, reasons
from waystation.briefs.voice import Voice
from waystation.cli import screen
from waystation.engine.journeys.plan import Choice, Plan

_LINES = 4
_NEXT_BEST = 3
_FRONTIER_ROWS = 5
_ARRANGEMENT_COLUMNS = ("parties", "company", "all_arrive", "nobody_harmed", "parted", "exposed")


def print_argument(out: Console, plan: Plan, choice: Choice, voice: Voice) -> None:
    """Print every part of the argument that the plan holds; what was not asked for is left out."""
    sure = [*doubt.doubt_sentences(choice, plan, voice), *doubt.caution_sentences(plan, voice)]
    screen.listed(out, voice.say("section.doubt"), sure)
    screen.listed(out, voice.say("section.why"), reasons.alternative_sentences(plan, voice, _NEXT_BEST))
    screen.listed(out, voice.say("section.tipping"), reasons.tipping_sentences(plan, voice, _LINES))
    more = [
        *reasons.information_sentences(plan, voice, _LINES // 2),
        *reasons.margin_sentences(plan.reasons, voice, _LINES),
    ]
    screen.listed(out, voice.say("section.more"), more)
    _frontier(out, plan, voice)
    _arrangements(out, plan, voice)


def print_reach(out: Console, plan: Plan, choice: Choice, voice: Voice) -> None:
    """Print what stands below the curve: least budgets, deadlines, and what journeys spend."""
    screen.note(out, reach.quantile_sentence(plan.quantiles, voice))
    screen.note(out, reach.deadline_sentence(plan, voice))
    screen.note(out, reach.cost_sentence(choice, voice))


def _frontier(out: Console, plan: Plan, voice: Voice) -> None:
    if not plan.frontier:
        return
    head, rows = reach.frontier_table(plan, voice, _FRONTIER_ROWS)
    table = screen.table(*head)
    for row in rows:
        table.add_row(*row)
    screen.heading(out, voice.say("section.frontier"))
    screen.note(out, reach.frontier_note(plan, voice))
    screen.show(out, table)


def _arrangements(out: Console, plan: Plan, voice: Voice) -> None:
    if not plan.arrangements:
        return
    head = arrangements.arrangement_head(voice)
    kept = [arrangements.COLUMNS.index(column) for column in _ARRANGEMENT_COLUMNS]
    table = screen.table(*(head[column] for column in kept))
    for arrangement in plan.arrangements:
        row = arrangements.arrangement_row(arrangement, plan.currency, voice)
        table.add_row(*(row[column] for column in kept))
    screen.heading(out, voice.say("arrangement.title"))
    screen.note(out, arrangements.lead(voice))
    screen.show(out, table)
