"""What is to be chosen from: units, their columns and the rows that limit them, in plain arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from waystation.engine.portfolio.errors import UnusableInstanceError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Instance:
    """U units of which each gets at most one of its columns, J columns, R rows that limit what all of them use.

    A unit is a group, or several that go together. A column is one way to help it: a plan and a start week. The columns of a
    unit lie next to each other. A multiple-choice, multi-dimensional knapsack.

    Attributes
    ----------
    first
        The columns of unit u are ``first[u] <= j < first[u + 1]``, ``(U + 1,) int64``.
    value
        What a column is worth, ``(J,)``: people expected to arrive, weighted by declared urgency; at least 0.
    start, row, use
        Column j uses ``use[k]`` of row ``row[k]`` for ``start[j] <= k < start[j + 1]``; ``(J + 1,) int64``, ``(n,) int32``,
        ``(n,)``; uses are above 0, and no row is named twice in a column.
    capacity
        How much of each row there is, ``(R,)``, at least 0.
    promised
        Whether a unit was promised a journey, ``(U,) bool``: it comes before every unit that was not.
    """

    first: Ints
    value: Floats
    start: Ints
    row: NDArray[np.int32]
    use: Floats
    capacity: Floats
    promised: NDArray[np.bool_]

    def __post_init__(self) -> None:
        fits = (
            len(self.start) == len(self.value) + 1
            and self.start[-1] == len(self.row) == len(self.use)
            and self.first[-1] == len(self.value)
            and len(self.promised) == len(self.first) - 1
        )
        if not fits:
            raise UnusableInstanceError("units, columns and uses do not fit each other")
        within = not len(self.row) or (self.row.min() >= 0 and self.row.max() < len(self.capacity))
        if not within or (self.use <= 0.0).any() or (self.value < 0.0).any() or (self.capacity < 0.0).any():
            raise UnusableInstanceError("uses are above 0 and of rows that exist; values and capacities are 0 or more")

    @property
    def units(self) -> int:
        """U."""
        return len(self.first) - 1

    @cached_property
    def unit(self) -> Ints:
        """The unit of each column, ``(J,)``."""
        return np.repeat(np.arange(self.units), np.diff(self.first))

    @cached_property
    def column(self) -> Ints:
        """The column of each use, ``(n,)``."""
        return np.repeat(np.arange(len(self.value)), np.diff(self.start))

    @cached_property
    def by_row(self) -> tuple[Ints, Ints]:
        """The columns that use row r: ``columns[start[r] : start[r + 1]]``; start ``(R + 1,)`` and columns ``(n,)``."""
        order = np.argsort(self.row, kind="stable")
        start = np.concatenate([[0], np.cumsum(np.bincount(self.row, minlength=len(self.capacity)))])
        return start.astype(np.int64), self.column[order]

    def load(self, chosen: Ints) -> Floats:
        """Return what the chosen columns use of each row, ``(R,)``.

        Parameters
        ----------
        chosen
            Each unit's column, or -1, ``(U,)``.
        """
        taken = np.zeros(len(self.value), dtype=np.bool_)
        taken[chosen[chosen >= 0]] = True
        uses = taken[self.column]
        return np.bincount(self.row[uses], self.use[uses], len(self.capacity)).astype(
            np.float64
        )  # of nothing: whole numbers

    def priced(self, prices: Floats) -> Floats:
        """Return each column's value less the price of what it uses, ``(J,)``."""
        cost = np.bincount(self.column, prices[self.row] * self.use, len(self.value))
        less: Floats = self.value - cost
        return less

    def with_capacity(self, capacity: Floats) -> "Instance":
        """Return the same with other capacities."""
        return Instance(self.first, self.value, self.start, self.row, self.use, capacity, self.promised)

    def of_columns(self, columns: Ints) -> "Instance":
        """Return the same units with some of their columns alone, ``columns`` in ascending order."""
        count = np.diff(self.start)[columns]
        start = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
        at = np.repeat(self.start[columns] - start[:-1], count) + np.arange(start[-1])
        first = np.searchsorted(columns, self.first).astype(np.int64)
        return Instance(first, self.value[columns], start, self.row[at], self.use[at], self.capacity, self.promised)

    @staticmethod
    def of(
        columns: Sequence[Sequence[tuple[float, dict[int, float]]]],
        capacity: Sequence[float],
        promised: Sequence[bool] = (),
    ) -> "Instance":
        """Return an instance from each unit's columns, each its value and its use by row; uses of 0 are left out."""
        every = [each for unit in columns for each in unit]
        kept = [[(row, use) for row, use in uses.items() if use > 0.0] for _, uses in every]
        flat = [pair for uses in kept for pair in uses]
        return Instance(
            first=_starts([len(unit) for unit in columns]),
            value=np.array([value for value, _ in every], dtype=np.float64),
            start=_starts([len(uses) for uses in kept]),
            row=np.array([row for row, _ in flat], dtype=np.int32),
            use=np.array([use for _, use in flat], dtype=np.float64),
            capacity=np.array(capacity, dtype=np.float64),
            promised=np.array(promised or [False] * len(columns), dtype=np.bool_),
        )


def _starts(counts: Sequence[int]) -> Ints:
    return np.concatenate([[0], np.cumsum(np.array(counts, dtype=np.int64))]).astype(np.int64)
