from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from waystation.engine.learning.grid import CELLS, CHANCES
from waystation.engine.model import LearningRules

Floats = NDArray[np.float64]


@dataclass(slots=True)
class Tally:
    """What happened to one leg or partner, for one chance: counts, each with the factor on the odds it was met under.

    Attributes
    ----------
    happened, did_not
        Weights of the passages, by the factor on the odds (1: a customary party at ordinary levels).
    near
        Weight of the near misses.
    silent
        Passages without news: the chance that it happened to them, and their weight.
    missions, events
        How many passages were counted and in how many it happened, before any discount; the silent are missions.
    """

    happened: dict[float, float] = field(default_factory=lambda: defaultdict(float))
    did_not: dict[float, float] = field(default_factory=lambda: defaultdict(float))
    near: float = 0.0
    silent: dict[tuple[float, float], int] = field(default_factory=lambda: defaultdict(int))
    missions: int = 0
    events: int = 0

    def add(self, *, happened: bool, factor: float = 1.0, weight: float = 1.0, count: int = 1) -> None:
        """Count passages alike in everything."""
        (self.happened if happened else self.did_not)[factor] += weight * count
        self.missions += count
        self.events += count * happened

    def add_silent(self, chance: float, weight: float = 1.0, count: int = 1) -> None:
        """Count passages that nobody has heard of since."""
        self.silent[chance, weight] += count
        self.missions += count

    @property
    def effective(self) -> float:
        """Missions' worth after discounts, the silent included."""
        known = sum(self.happened.values()) + sum(self.did_not.values())
        return known + sum(weight * count for (_, weight), count in self.silent.items())

    @property
    def expected_events(self) -> float:
        """Discounted events, the silent with the chance that it happened to them."""
        return sum(self.happened.values()) + sum(c * w * n for (c, w), n in self.silent.items())

    def known(self) -> Floats:
        """Return the log likelihood of the passages whose end is known, by cell, ``(K,)``."""
        total = np.zeros(CELLS)
        for factor in sorted(self.happened):
            total += self.happened[factor] * np.log(factor * CHANCES / _odds_sum(factor))
        for factor in sorted(self.did_not):
            total += self.did_not[factor] * (np.log1p(-CHANCES) - np.log(_odds_sum(factor)))
        return total

    def near_misses(self, rules: LearningRules) -> Floats:
        """Return the log likelihood of the near misses, by cell, ``(K,)``, with the strength and under the cap that are declared.

        With r near misses for one interception they come at rate r p per passage. The likelihood is raised to the power of the
        strength, or to the smaller one at which n passages add no more than the cap: strength * r * n missions' worth.
        """
        passages = sum(self.did_not.values()) + sum(self.happened.values())
        worth = rules.near_miss_strength * rules.near_miss_ratio * passages
        power = rules.near_miss_strength * min(1.0, rules.near_miss_cap / worth) if worth > 0.0 else 0.0
        found: Floats = power * (self.near * np.log(CHANCES) - rules.near_miss_ratio * passages * CHANCES)
        return found

    def silence(self) -> Floats:
        """Return the silent passages as fractions of a passage each, by cell, ``(K,)``: what the pool learns from them."""
        total = np.zeros(CELLS)
        for chance, weight in sorted(self.silent):
            worth = weight * self.silent[chance, weight]
            total += worth * (chance * np.log(CHANCES) + (1.0 - chance) * np.log1p(-CHANCES))
        return total

    def readings(self) -> tuple[Floats, Floats]:
        """Return every reading of the silence: how likely it is, ``(R,)``, and its log likelihood by cell, ``(R, K)``.

        A reading says to how many of the silent it happened. One empty reading where nobody is silent.
        """
        share, worth = np.ones(1), 0.0
        total = sum(self.silent.values())
        for chance, weight in sorted(self.silent):
            worth += weight * self.silent[chance, weight]
            for _ in range(self.silent[chance, weight]):
                share = np.convolve(share, [1.0 - chance, chance])
        kept = share > 1e-6 * share.max()
        number = np.arange(total + 1)[kept] * (worth / total if total else 0.0)
        return share[kept] / share[kept].sum(), number[:, None] * np.log(CHANCES) + (worth - number)[
            :, None
        ] * np.log1p(-CHANCES)


def _odds_sum(factor: float) -> Floats:
    total: Floats = 1.0 - CHANCES + factor * CHANCES
    return total
