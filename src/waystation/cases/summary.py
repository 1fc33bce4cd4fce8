"""Where a case stands, small enough that a list opens tens of thousands: kept sealed on the case, made anew by each service."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from waystation.cases.steps.vocabulary import Priority, Standing, Step


@dataclass(frozen=True, slots=True)
class Summary:
    """What lists, counts and filters are drawn from; for those who may open how people are (tier welfare).

    Attributes
    ----------
    step, standing, priority
        Where it stands, whether that step's work can go on, how soon help is needed as declared by a person.
    why_not
        The coded reason while the work cannot go on yet; empty otherwise.
    since
        The day on which it came to this step; None for cases that were entered before steps were kept.
    owner
        Who carries it on.
    due
        The earliest day on which an open task is due.
    tasks
        How many tasks are open.
    review
        The day on which a decision is to be looked at again.
    flags
        Coded reasons of the flags that are raised, sorted.
    flags_until
        The earliest day on which one of them ends.
    heads
        How many people, as far as is known.
    children
        Whether one of them is a child, or of disputed age.
    outcome
        The last decision's outcome, or how the case ended; empty while neither.
    to_decide, recommended_by
        Whether a recommendation waits for a second person, and who made it: that one cannot be the second.
    """

    step: Step = Step.REQUEST
    standing: Standing = Standing.NOT_STARTED
    priority: Priority = Priority.NORMAL
    why_not: str = ""
    since: date | None = None
    owner: UUID | None = None
    due: date | None = None
    tasks: int = 0
    review: date | None = None
    flags: tuple[str, ...] = ()
    flags_until: date | None = None
    heads: int = 0
    children: bool = False
    outcome: str = ""
    to_decide: bool = False
    recommended_by: UUID | None = None

    def to_json(self) -> dict[str, Any]:
        """Return what is sealed: only what differs from a new case's."""
        return {name: _plain(getattr(self, name)) for name in self.__slots__ if getattr(self, name) != _NEW[name]}

    @classmethod
    def from_json(cls, given: Mapping[str, Any] | None) -> Self:
        """Return what was sealed; None, of a case that was entered before steps were kept, is that of a new one."""
        if not given:
            return cls()
        return cls(**{name: _READ[name](value) for name, value in given.items() if name in _READ})


@dataclass(frozen=True, slots=True)
class Outline:
    """What of it those may know who know where people are (tier movement)."""

    region: str = ""
    heads: int = 0
    step: Step = Step.REQUEST
    priority: Priority = Priority.NORMAL

    def to_json(self) -> dict[str, Any]:
        """Return what is sealed."""
        return {"region": self.region, "heads": self.heads, "step": str(self.step), "priority": str(self.priority)}

    @classmethod
    def from_json(cls, given: Mapping[str, Any] | None) -> Self:
        """Return what was sealed; None is that of a case of which nothing is known."""
        if not given:
            return cls()
        return cls(given["region"], given["heads"], Step(given["step"]), Priority(given["priority"]))


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, bool | int) else str(value)


def _same(value: Any) -> Any:
    return value


_READ: dict[str, Any] = {
    "step": Step,
    "standing": Standing,
    "priority": Priority,
    "why_not": _same,
    "since": date.fromisoformat,
    "owner": UUID,
    "due": date.fromisoformat,
    "tasks": _same,
    "review": date.fromisoformat,
    "flags": tuple,
    "flags_until": date.fromisoformat,
    "heads": _same,
    "children": _same,
    "outcome": _same,
    "to_decide": _same,
    "recommended_by": UUID,
}
_NEW = {name: getattr(Summary(), name) for name in Summary.__slots__}
