import math
from collections.abc import Iterator
from dataclasses import dataclass

from waystation.engine.model import LevelRef
from waystation.formats.checks.references import declared_levels
from waystation.formats.faults import Fault
from waystation.formats.rows import FolderTables, Row

_ROUNDING = 1e-12
_LONGEST_FRONT = 1000


@dataclass(frozen=True, slots=True)
class _Worst:
    """Logarithms of the factors on the odds of interception and of being turned back, and the levels they stand for."""

    intercepted: float
    turned_back: float
    levels: tuple[str, ...] = ()


def sums_beyond_one(tables: FolderTables) -> Iterator[Fault]:
    """Complain of legs whose chances of interception and of turning back sum to more than 1 at levels that can occur.

    Every joint level is covered at which the leg is open, with the partner, the largest party of the folder that fits,
    and staff going along where that adds risk. Both chances rise with their factors, so of the joint levels only those
    matter that no other one passes in both factors.
    """
    levels = declared_levels(tables)
    sizes = _group_sizes(tables)
    partners = tables.by_id("partners.csv")
    for row in tables.rows("legs.csv"):
        if row["intercepted"] and row["turned_back"]:
            start = _Worst(_other_factors(row, partners.get(row["partner"]), sizes), 0.0)
            yield from _beyond_one(row, _front(row, start, levels))


def _beyond_one(row: Row, front: list[_Worst]) -> Iterator[Fault]:
    chances = [
        (_scaled(row["intercepted"], worst.intercepted), _scaled(row["turned_back"], worst.turned_back), worst.levels)
        for worst in front
    ]
    if not chances:
        return
    caught, back, names = max(chances, key=lambda chance: chance[0] + chance[1])
    if caught + back > 1 + _ROUNDING:
        where = f" at {', '.join(names)}" if names else ""
        what = f"intercepted {caught:.4g} and turned_back {back:.4g} sum to more than 1{where}, factors included"
        yield row.fault("intercepted", what, "lower the chances or their factors until they sum to 1 at most")


def _group_sizes(tables: FolderTables) -> list[int]:
    sizes: dict[str, int] = {}
    for row in tables.rows("travellers.csv"):
        if row.has("group"):
            sizes[row["group"]] = sizes.get(row["group"], 0) + 1
    return list(sizes.values())


def _other_factors(row: Row, partner: Row | None, sizes: list[int]) -> float:
    """Return the logarithm of the largest factor on interception that is not a level's."""
    total = 0.0
    if partner is not None and partner["risk_factor"] is not None:
        total += math.log(partner["risk_factor"])
    if row["customary_party"] is not None and (row["extra_person_factor"] or 1) > 1:
        fitting = [size for size in sizes if row["largest_party"] is None or size <= row["largest_party"]]
        beyond = max([0, *(size - row["customary_party"] for size in fitting)])
        total += beyond * math.log(row["extra_person_factor"])
    if row["company_risk_factor"] is not None:
        total += max(0.0, math.log(row["company_risk_factor"]))
    return total


def _front(row: Row, start: _Worst, levels: dict[str, tuple[str, ...]]) -> list[_Worst]:
    """Return the pairs of factors that no other pair at an open joint level passes; none if the leg is never open."""
    intercepted = {ref: math.log(factor) for ref, factor in row["intercepted_when"] or ()}
    turned_back = {ref: math.log(factor) for ref, factor in row["turned_back_when"] or ()}
    closed = frozenset(row["closed_when"] or ())
    front = [start]
    for condition in sorted({ref.condition for ref in (*intercepted, *turned_back, *closed)}):
        named = {ref for ref in (*intercepted, *turned_back, *closed) if ref.condition == condition}
        refs = [LevelRef(condition, level) for level in levels.get(condition, ())]
        front = _undominated(
            [
                _Worst(
                    worst.intercepted + intercepted.get(ref, 0.0),
                    worst.turned_back + turned_back.get(ref, 0.0),
                    (*worst.levels, f"{condition}.{ref.level}"),
                )
                for worst in front
                for ref in (refs or named)
                if ref not in closed
            ]
        )
    return front


def _undominated(pairs: list[_Worst]) -> list[_Worst]:
    kept: list[_Worst] = []
    highest = -math.inf
    for pair in sorted(pairs, key=lambda pair: (-pair.intercepted, -pair.turned_back)):
        if pair.turned_back > highest:
            kept.append(pair)
            highest = pair.turned_back
    while len(kept) > _LONGEST_FRONT:
        kept = [_above(kept[at : at + 2]) for at in range(0, len(kept), 2)]
    return kept


def _above(pairs: list[_Worst]) -> _Worst:
    """Return a pair that none of the neighbours passes: a leg with dozens of conditions is judged a little too strictly."""
    return _Worst(pairs[0].intercepted, pairs[-1].turned_back, pairs[0].levels)


def _scaled(chance: float, log_factor: float) -> float:
    """Multiply the odds of a chance by exp(``log_factor``), without overflow."""
    chance = float(chance)
    if chance in {0.0, 1.0}:
        return chance
    log_odds = math.log(chance) - math.log1p(-chance) + log_factor
    if log_odds >= 0:
        return 1.0 / (1.0 + math.exp(-log_odds))
    odds = math.exp(log_odds)
    return odds / (1.0 + odds)
