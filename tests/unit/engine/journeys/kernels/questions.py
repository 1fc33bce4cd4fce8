"""Weighted questions about a journey, and their best scores by plain recursion over states."""

from collections.abc import Iterator

import numpy as np

from tests.unit.engine.processes import _levels_after, durations_of
from waystation.engine.journeys.kernels.batch import Questions
from waystation.engine.journeys.process import Process


def questions_of(process: Process, seed: int, count: int) -> Questions:
    """Draw questions: some about one thing alone, rewards that change from slot to slot."""
    rng = np.random.default_rng([seed, 13])
    reward = rng.uniform(0.0, 2.0, (process.slots + 1, count)) * (rng.random(count) < 0.9)
    harm, cost, slot = (-rng.uniform(0.0, most, count) * (rng.random(count) < 0.6) for most in (2.0, 0.1, 0.2))
    return Questions(reward, harm, cost, slot)


def best_score(process: Process, questions: Questions, k: int) -> float:
    """Return the score of a best policy for one question, mean over the levels at the start."""
    recursion = _Scores(process, questions, k)
    starts = enumerate(process.start_chance.tolist())
    return sum(float(chance) * recursion.value(0, process.start_place, c) for c, chance in starts)


class _Scores:
    def __init__(self, process: Process, questions: Questions, k: int) -> None:
        self.process, self.moves, self.T = process, process.moves, process.slots
        self.reward = questions.reward[:, k].tolist()
        self.harm, self.cost, self.slot = (float(each[k]) for each in questions[1:])
        self.known: dict[tuple[int, int, int], float] = {}

    def value(self, t: int, i: int, c: int) -> float:
        if self.process.destination[i]:
            return float(self.reward[t])
        if t == self.T:
            return 0.0
        if (t, i, c) not in self.known:
            self.known[t, i, c] = max(self.offers(t, i, c), default=0.0)
        return self.known[t, i, c]

    def offers(self, t: int, i: int, c: int) -> Iterator[float]:
        if self.process.may_stop[i]:
            yield 0.0
        if self.process.may_wait[i]:
            seen, fee = float(self.process.discovered[i, c]), float(self.process.stay_fee[i])
            yield fee * self.cost + seen * self.harm + self.slot + (1.0 - seen) * self.ahead(t, 1, i, c)
        for m in np.flatnonzero(self.moves.source == i).tolist():
            if self.moves.open_level[m, c] and self.moves.open_slot[m, t]:
                yield self.departed(t, m, c)

    def ahead(self, t: int, slots: int, i: int, c: int) -> float:
        if t + slots > self.T:
            return 0.0
        return sum(p * self.value(t + slots, i, z) for z, p in enumerate(_levels_after(self.process, t, slots, c)))

    def departed(self, t: int, m: int, c: int) -> float:
        asked, longer = float(self.moves.asked[m, c]), int(self.moves.longer[m])
        agreed = self.travelled(t, m, c, 0)
        paid = agreed + float(self.moves.demand[m]) * self.cost
        back = self.slot + self.ahead(t, 1, int(self.moves.back[m]), c)
        refused = self.travelled(t, m, c, longer) if longer >= 0 else back
        return float(self.moves.fee[m]) * self.cost + (1.0 - asked) * agreed + asked * max(paid, refused)

    def travelled(self, t: int, m: int, c: int, longer: int) -> float:
        caught, turned = float(self.moves.intercepted[m, c]), float(self.moves.turned_back[m, c])
        target, back = int(self.moves.target[m]), int(self.moves.back[m])
        total = caught * self.harm
        for slots, chance in durations_of(self.moves, m).items():
            d = slots + longer
            onward = (1.0 - caught - turned) * self.ahead(t, d, target, c) + turned * self.ahead(t, d, back, c)
            total += chance * (onward + self.slot * min(d, self.T - t))
        return total
