from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.chains import newest_observation, slot_step, start_chances
from waystation.engine.model import Condition, Network


@dataclass(frozen=True, eq=False)
class Outlook:
    """How one condition stands at the start and moves during a journey, cut down to the levels it can be at.

    Attributes
    ----------
    levels
        The levels that have a chance above 0 at some slot, in the condition's order.
    start
        Chance of each at slot 0, ``(K,)``.
    steps
        Chance of going from level a at slot t to b at slot t + 1, ``(T, K, K)``.
    observed_on
        Day of the observation this rests on; None when the long-run share was used.
    """

    levels: tuple[str, ...]
    start: NDArray[np.float64]
    steps: NDArray[np.float64]
    observed_on: date | None

    @property
    def forecast(self) -> NDArray[np.float64]:
        """Chance of each level at each slot as the start sees it, ``(T + 1, K)``."""
        chances = [self.start]
        for step in self.steps:
            chances.append(chances[-1] @ step)
        return np.array(chances)


def outlook(network: Network, condition: Condition, start: date, slots: int) -> Outlook:
    """Look ahead at one condition from the start over ``slots`` slots, each under the chain of its month."""
    seen = newest_observation(condition.id, network.observations, start)
    chances = start_chances(condition, seen, start)
    by_chain = {id(chain): slot_step(chain, network.slot_hours) for chain in condition.chains}
    months = [(start + timedelta(days=slot * network.slot_hours // 24)).month for slot in range(slots)]
    steps = np.array([by_chain[id(condition.chain_in(month))] for month in months])
    possible = _possible(chances > 0.0, steps)
    return Outlook(
        levels=tuple(name for name, can in zip(condition.levels, possible, strict=True) if can),
        start=chances[possible],
        steps=np.ascontiguousarray(steps[:, possible][:, :, possible]),
        observed_on=seen.on if seen is not None else None,
    )


def _possible(at_start: NDArray[np.bool_], steps: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Close a set of levels under every step of the journey, so that the rows of the levels kept still sum to 1."""
    leads_to: NDArray[np.bool_] = np.max(steps, axis=0) > 0.0
    possible = at_start
    while True:
        grown = possible | leads_to[possible].any(axis=0)
        if (grown == possible).all():
            return possible
        possible = grown
