from collections.abc import Sequence

from waystation.engine.portfolio.choose import WEEKLY, choose
from waystation.engine.portfolio.instance import Instance

Columns = Sequence[Sequence[tuple[float, dict[int, float]]]]


def weekly_choice(columns: Columns, capacity: Sequence[float], seed: int) -> list[int]:
    """Choose for each unit at most one of its columns, quickly enough to be asked in every week of every run.

    Parameters
    ----------
    columns
        Of each unit: what each of its columns is worth (0 or more), and what it uses of each row.
    capacity
        How much there is of each row.
    seed
        The same seed, the same choice.

    Returns
    -------
    list of int
        Each unit's column, counted from its own first; -1 for none.

    Notes
    -----
    Columns that do not fit even alone are left out before. Tens of units take about a millisecond.
    """
    uses = {id(use): use for unit in columns for _, use in unit}  # units of one kind share them
    fits = {name: _fits(use, capacity) for name, use in uses.items()}
    fitting = [[at for at, (_, use) in enumerate(unit) if fits[id(use)]] for unit in columns]
    if not any(fitting):
        return [-1] * len(columns)
    offered = [[unit[at] for at in at_all] for unit, at_all in zip(columns, fitting, strict=True)]
    instance = Instance.of(offered, capacity)
    chosen = choose(instance, WEEKLY, seed).chosen.tolist()
    return [
        at_all[column - first] if column >= 0 else -1
        for column, first, at_all in zip(chosen, instance.first[:-1].tolist(), fitting, strict=True)
    ]


def _fits(use: dict[int, float], capacity: Sequence[float]) -> bool:
    return all(amount <= capacity[row] for row, amount in use.items())
