"""A rule of decision, as whoever writes one sees it: asked each week who leaves, by which way."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from waystation.engine.simulation.kernels.lives import World


@dataclass(frozen=True, slots=True)
class Waiting:
    """A group that waits.

    Attributes
    ----------
    kind
        Which kind of group it is, an index; groups of one kind differ in how long they have waited only.
    asked
        Its number in the order of asking; earlier is smaller.
    since
        The week in which it asked.
    people
        How many they are.
    rank
        How urgent: 0 emergency, 1 urgent, 2 normal.
    """

    kind: int
    asked: int
    since: int
    people: int
    rank: int


@dataclass(frozen=True, eq=False)
class Situation:
    """What is known in a week before it is decided who leaves.

    Attributes
    ----------
    money
        The purse: minor units for everybody, less what is set aside for parties under way.
    pots
        What is left in each pot of ``world.funds`` that is open; 0 in the others, ``(K,)``.
    waiting
        Everybody who waits, kind by kind, the longest first.
    ways
        The numbers of a kind's ways as matters stand, best first, for each kind.
    lost
        Bits of the partners that are lost.
    booked
        People in hundredths expected to use each resource in this and the coming weeks, ``(weeks, R)``.
    world
        What does not change from week to week: what each way costs, needs and is worth.
    """

    week: int
    money: int
    pots: NDArray[np.int64]
    waiting: tuple[Waiting, ...]
    ways: tuple[range, ...]
    lost: int
    booked: NDArray[np.int64]
    world: World


@dataclass(frozen=True, slots=True)
class Departure:
    """The group of a kind that has waited longest leaves; ``way`` None: by the first way that can be used."""

    kind: int
    way: int | None = None


class Rule(Protocol):
    """Who leaves in a week. Called once a week of every run; it may keep nothing from one run to the next."""

    @property
    def name(self) -> str:
        """What the rule is called."""
        ...

    def choose(self, situation: Situation) -> Iterable[Departure]:
        """Return who leaves, in order. Who cannot (no money, no room, no way) stays; it is no mistake to name them."""
        ...


@dataclass(frozen=True, slots=True)
class FirstCome:
    """Who asked first leaves first; who cannot leave yet is passed over this week."""

    name: str = "first_come"

    def choose(self, situation: Situation) -> Iterable[Departure]:
        """Return everybody, who asked first first."""
        return [Departure(each.kind) for each in sorted(situation.waiting, key=lambda each: each.asked)]


@dataclass(frozen=True, slots=True)
class MostUrgent:
    """The most urgent leave first, and of them who asked first."""

    name: str = "most_urgent"

    def choose(self, situation: Situation) -> Iterable[Departure]:
        """Return everybody, the most urgent first."""
        return [Departure(each.kind) for each in sorted(situation.waiting, key=lambda each: (each.rank, each.asked))]
