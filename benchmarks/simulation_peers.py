"""The journey of twelve places as somebody would write it with Mesa and with SimPy: one agent or one process a journey.

Both follow the same policy through the same process, slot by slot, with their own random numbers; each journey has its own
weather, as in the replay. What they come to is held against the exact evaluation before their speed means anything.
"""

import random
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import FIRST_MOVE, STOP, WAIT, Process


@dataclass
class Rules:
    """The process and its policy in plain lists, which Python reads faster than arrays."""

    process: Process
    policy: Policy

    def __post_init__(self) -> None:
        p, moves = self.process, self.process.moves
        self.slots, self.start = p.slots, p.start_place
        self.destination, self.discovered = p.destination.tolist(), p.discovered.tolist()
        self.actions = self.policy.actions[..., 0].tolist()
        self.first = np.cumsum(p.start_chance).tolist()
        self.steps = [np.cumsum(p.joint_step(t), axis=1).tolist() for t in range(p.slots)]
        self.target, self.back = moves.target.tolist(), moves.back.tolist()
        self.caught, self.turned, self.asked = (
            each.tolist() for each in (moves.intercepted, moves.turned_back, moves.asked)
        )
        self.longer = moves.longer.tolist()
        ends = list(zip(moves.duration_start[:-1], moves.duration_start[1:], strict=True))
        self.durations = [moves.duration_slots[a:b].tolist() for a, b in ends]
        self.chances = [np.cumsum(moves.duration_chance[a:b]).tolist() for a, b in ends]

    def first_level(self, rng: random.Random) -> int:
        return _fall(self.first, rng.random())

    def next_level(self, slot: int, level: int, rng: random.Random) -> int:
        return _fall(self.steps[slot][level], rng.random())

    def act(self, slot: int, place: int, level: int, rng: random.Random) -> tuple[int, int, bool]:
        """Return slots until the next decision, the place of it, and whether the journey has ended in harm; slots 0 to stop."""
        action = self.actions[slot][place][level]
        if action <= STOP:
            return 0, place, False
        if action == WAIT:
            return 1, place, rng.random() < self.discovered[place][level]
        m, pays = (action - FIRST_MOVE) // 2, (action - FIRST_MOVE) % 2 == 1
        refused = rng.random() < self.asked[m][level] and not pays
        if refused and self.longer[m] < 0:
            return 1, self.back[m], False
        slots = self.durations[m][_fall(self.chances[m], rng.random())] + (self.longer[m] if refused else 0)
        fate = rng.random()
        if fate < self.caught[m][level]:
            return slots, place, True
        return slots, self.back[m] if fate < self.caught[m][level] + self.turned[m][level] else self.target[m], False


def _fall(sums: list[float], u: float) -> int:
    for level, bound in enumerate(sums):
        if u < bound:
            return level
    return len(sums) - 1


def by_mesa(rules: Rules, journeys: int, seed: int) -> int:
    """Return how many of so many agents arrive; Mesa activates each in every slot (taking out who has ended is slower)."""
    import mesa

    rng = random.Random(seed)

    class Party(mesa.Agent):  # type: ignore[misc]
        def __init__(self, model: Any) -> None:
            super().__init__(model)
            self.place, self.level, self.due = rules.start, rules.first_level(rng), 0

        def step(self) -> None:
            slot = self.model.slot
            if self.due < 0:
                return
            if slot:
                self.level = rules.next_level(slot - 1, self.level, rng)
            if self.due != slot:
                return
            if rules.destination[self.place]:
                self.model.arrived += 1
                self.due = -1
                return
            if slot == rules.slots:
                return
            slots, self.place, harmed = rules.act(slot, self.place, self.level, rng)
            self.due = -1 if harmed or not slots or slot + slots > rules.slots else slot + slots

    class Journeys(mesa.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(rng=seed)
            self.slot, self.arrived = 0, 0
            Party.create_agents(self, journeys)

    model = Journeys()
    for model.slot in range(rules.slots + 1):
        model.agents.do("step")
    return int(model.arrived)


def by_simpy(rules: Rules, journeys: int, seed: int) -> int:
    """Return how many of so many processes arrive; SimPy wakes each at its next decision."""
    import simpy

    rng = random.Random(seed)
    arrived = []

    def party(env: Any) -> Generator[Any, Any, None]:
        place, level, slot = rules.start, rules.first_level(rng), 0
        while not rules.destination[place]:
            if slot == rules.slots:
                return
            slots, place, harmed = rules.act(slot, place, level, rng)
            if harmed or not slots or slot + slots > rules.slots:
                return
            for ahead in range(slot, slot + slots):
                level = rules.next_level(ahead, level, rng)
            yield env.timeout(slots)
            slot += slots
        arrived.append(slot)

    env = simpy.Environment()
    for _ in range(journeys):
        env.process(party(env))
    env.run()
    return len(arrived)


PEERS: dict[str, Callable[[Rules, int, int], int]] = {"Mesa": by_mesa, "SimPy": by_simpy}
