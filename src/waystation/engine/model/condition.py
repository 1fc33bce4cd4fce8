from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class LevelRef:
    """One level of one condition, written ``river.high`` in the network folder."""

    condition: str
    level: str


@dataclass(frozen=True, slots=True)
class LevelFactor:
    """While ``at`` holds, the odds of a chance (p / (1 - p)) are multiplied by ``factor`` (above 0)."""

    at: LevelRef
    factor: float


@dataclass(frozen=True, slots=True)
class Chain:
    """How a condition moves from one day to the next.

    Attributes
    ----------
    matrix
        Row-stochastic, ``matrix[i][j]`` is the chance that level i is level j one day later; K x K.
    months
        The months (1 to 12) in which this chain holds; empty for all months that no other chain names.
    persistence
        Set when the matrix was made by `Chain.persistent`: then a step shorter than a day has a closed form.
    """

    matrix: tuple[tuple[float, ...], ...]
    months: frozenset[int] = frozenset()
    persistence: float | None = None

    @classmethod
    def persistent(cls, levels: int, stay: float, months: frozenset[int] = frozenset()) -> "Chain":
        """Make the chain that keeps its level with chance ``stay`` a day and else moves to a neighbouring level."""
        return cls(neighbour_matrix(levels, stay), months, stay)


def neighbour_matrix(levels: int, stay: float) -> tuple[tuple[float, ...], ...]:
    """Return the K x K matrix that stays with chance ``stay`` and shares the rest equally among the one or two neighbours."""
    if levels == 1:
        return ((1.0,),)
    rows = []
    for level in range(levels):
        neighbours = [other for other in (level - 1, level + 1) if 0 <= other < levels]
        row = [0.0] * levels
        row[level] = stay
        for other in neighbours:
            row[other] = (1.0 - stay) / len(neighbours)
        rows.append(tuple(row))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Condition:
    """Something outside that changes by itself (a river, patrols, a law), seen before each decision.

    Attributes
    ----------
    id
        Its code.
    levels
        Its levels in order, at least one.
    chains
        One chain for all months, or several that share the months out.
    name
        What people call it.
    """

    id: str
    levels: tuple[str, ...]
    chains: tuple[Chain, ...]
    name: str = ""

    def chain_in(self, month: int) -> Chain:
        """Return the chain that holds in a month (1 to 12): the one that names it, else the one that names none."""
        for chain in self.chains:
            if month in chain.months:
                return chain
        return next(chain for chain in self.chains if not chain.months)


@dataclass(frozen=True, slots=True)
class Observation:
    """What was seen of a condition on a day.

    Attributes
    ----------
    confidence
        Chance that the level was as reported, in (0, 1]; the rest is spread evenly over the other levels.
    """

    condition: str
    on: date
    level: str
    source: str = ""
    confidence: float = 1.0
