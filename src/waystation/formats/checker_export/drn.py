from collections.abc import Iterator

from waystation.engine.journeys.process import MoneyGrid, Process
from waystation.formats.checker_export.objectives import describe
from waystation.formats.checker_export.unfolding import NumberedState, Unfolding


def to_drn(process: Process, grid: MoneyGrid) -> Iterator[str]:
    """Write a process in Storm's explicit format, one piece of text with whole lines after the other.

    One initial state (label ``init``), whose only action draws the first levels; labels ``arrived``, ``harmed``, ``neither`` and
    ``ended``; rewards ``cost`` (major unit) and ``days``. Chances carry 17 significant digits where they need them.
    """
    unfolding = Unfolding(process, grid)
    yield "".join(f"{line}\n" for line in describe(process, grid))
    yield "@type: MDP\n@parameters\n\n@reward_models\ncost days\n"
    yield f"@nr_states\n{unfolding.size}\n@nr_choices\n{unfolding.count_choices()}\n@model\n"
    for state in unfolding.states():
        yield _state(state)


def _state(state: NumberedState) -> str:
    lines = [f"state {state.number} [0, {state.days}] {state.label}".rstrip()]
    for choice in state.choices:
        lines.append(f"\taction {choice.name} [{choice.cost}, 0]")
        lines.extend(f"\t\t{number} : {chance!r}" for number, chance in choice.outcomes)
    return "\n".join(lines) + "\n"
