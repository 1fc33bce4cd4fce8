"""The table of steps as a page of the documents, drawn from the table itself."""

from collections.abc import Iterable

from waystation.accounts.permissions import PERMISSIONS, Action
from waystation.cases.due_dates import DAYS, FOR_CHILDREN
from waystation.cases.models import EXITS, REASONS
from waystation.cases.steps.table import BEGINS, ENDS, TRANSITIONS, Transition, next_step
from waystation.cases.steps.vocabulary import Need, Priority, Standing, Step

_INTRODUCTION = """\
# The steps of a case

This page is drawn from the one table that every service asks (`waystation.cases.steps.table.TRANSITIONS`); a test says when it
is out of date. What is not in it does not happen.

- A step's work is *not started*, *cannot go on yet* (looked at, with a coded reason), or *done*: three different things.
- What a step needs is looked up in what is on record when somebody goes on. Nothing is ticked, and what nobody answers for
  is not met.
- A need that another room answers for (consent, the child procedure) is asked of that room alone.
- Going back needs nothing; what was found stays on record. Closing says how it ended, from wherever a case is.
- Somebody whose age nobody knows counts as of disputed age: the rules for children hold.

## The way

"""


def steps_page() -> str:
    """Return `docs/steps.md`."""
    parts = [
        _INTRODUCTION + _diagram(),
        "\n## What each step needs, and who may go there\n",
        _table(("from", "to", "needs", "who"), [_row(row) for row in TRANSITIONS if not row.back]),
        "\n## Back\n",
        _table(("from", "to", "who"), [(row.start, row.to, _who(row.action)) for row in TRANSITIONS if row.back]),
        "\n## By when\n",
        "Days after a task was written, by how soon help is needed; half as many, rounded up, for "
        + ", ".join(f"`{each}`" for each in sorted(FOR_CHILDREN))
        + " where a child is among them; never after the day the person named.\n",
        _table(("task", *Priority), [(what, *(str(days[each]) for each in Priority)) for what, days in DAYS.items()]),
        "\n## Reasons of a decision\n",
        _table(("outcome", "coded reasons"), [(outcome, ", ".join(words)) for outcome, words in REASONS.items()]),
        "\n## How a case may end\n",
        ", ".join(EXITS) + ".",
        "",
    ]
    return "\n".join(parts)


def _diagram() -> str:
    """Return the way through the steps, one below the other, what each needs beside the arrow."""
    lines = ["```text", f"  {BEGINS}"]
    step: Step = BEGINS
    while (row := next_step(step)) is not None:
        needs = _needs(row.needs)
        lines += ["    |    ^", f"    |    |   {needs}" if needs else "    |    |", "    v    |", f"  {row.to}"]
        step = row.to
    return "\n".join([*lines, "", f"  from every step ----> {ENDS}   {Need.EXIT}", "```", "", _standings()])


def _standings() -> str:
    return "A step stands: " + ", ".join(f"`{each}`" for each in Standing) + "."


def _row(row: Transition) -> tuple[str, str, str, str]:
    return row.start, row.to, _needs(row.needs), _who(row.action)


def _needs(needs: Iterable[Need]) -> str:
    held = set(needs)
    return ", ".join(str(need) for need in Need if need in held)


def _who(action: Action) -> str:
    roles = dict.fromkeys(rule.role.value.replace("_", " ") for rule in PERMISSIONS if rule.action is action)
    return ", ".join(roles)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), *(list(row) for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)
