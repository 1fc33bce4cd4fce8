"""What is read off a tally: declared, one row a measure."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from waystation.engine.simulation.kernels import organisation as o
from waystation.engine.simulation.live import Lives


class Scale(StrEnum):
    """How a measure is written."""

    PEOPLE = "people"
    COUNT = "count"
    MONEY = "money"
    WEEKS = "weeks"


@dataclass(frozen=True, slots=True)
class Measure:
    """A sum of columns of a tally, over the ``per`` column where that is given (a mean over what it counts)."""

    name: str
    scale: Scale
    columns: tuple[int, ...]
    per: int | None = None

    def of(self, lives: Lives) -> NDArray[np.float64]:
        """Return the measure in each run, ``(runs,)``; 0 where there is nothing to take a mean over."""
        total: NDArray[np.float64] = lives.tallies[:, list(self.columns)].sum(axis=1).astype(np.float64)
        if self.per is None:
            return total
        mean: NDArray[np.float64] = total / np.maximum(1, lives.tallies[:, self.per])
        return mean


MEASURES = (
    Measure("asked", Scale.PEOPLE, (o.ASKED_PEOPLE,)),
    Measure("left", Scale.PEOPLE, (o.LEFT_PEOPLE,)),
    Measure("arrived", Scale.PEOPLE, (o.ARRIVED_PEOPLE,)),
    Measure("arrived_emergency", Scale.PEOPLE, (o.ARRIVED_EMERGENCY,)),
    Measure("arrived_urgent", Scale.PEOPLE, (o.ARRIVED_URGENT,)),
    Measure("harmed", Scale.PEOPLE, (o.INTERCEPTED_PEOPLE, o.DISCOVERED_PEOPLE)),
    Measure("called_off", Scale.PEOPLE, (o.CALLED_OFF_PEOPLE, o.UNFINISHED_PEOPLE)),
    Measure("turned_back", Scale.COUNT, (o.TURNED_BACK,)),
    Measure("split", Scale.COUNT, (o.SPLIT,)),
    Measure("lost_waiting", Scale.PEOPLE, (o.LOST_WAITING_PEOPLE,)),
    Measure("waiting", Scale.PEOPLE, (o.WAITING_PEOPLE,)),
    Measure("waited", Scale.WEEKS, (o.WAITED_WEEKS,), o.LEFT),
    Measure("spent", Scale.MONEY, (o.SPENT,)),
    Measure("money_left", Scale.MONEY, (o.MONEY_LEFT,)),
    Measure("lapsed", Scale.MONEY, (o.LAPSED,)),
    Measure("short_weeks", Scale.WEEKS, (o.SHORT_WEEKS,)),
    Measure("compromises", Scale.COUNT, (o.COMPROMISES,)),
    Measure("reached", Scale.PEOPLE, (o.REACHED_REMEMBERED,)),
    Measure("largest_reached", Scale.PEOPLE, (o.LARGEST_REACHED,)),
    Measure("revealed", Scale.PEOPLE, (o.REVEALED_PEOPLE,)),
    Measure("refused_full", Scale.COUNT, (o.REFUSED_FULL,)),
)
