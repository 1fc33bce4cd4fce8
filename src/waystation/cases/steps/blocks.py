"""What stands in a case's way, and where that is asked. Other rooms answer for what is theirs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from waystation.cases.steps.vocabulary import Need, Step
from waystation.store.keyring import Keyring
from waystation.store.models import Record


@dataclass(frozen=True)
class Companion:
    """What of a traveller rules ask about; no name."""

    id: UUID
    age_band: str
    is_child: bool
    accompanied_by: UUID | None = None


@dataclass(frozen=True)
class Block:
    """One thing that stands in the way.

    Attributes
    ----------
    need
        The need that is not met.
    code
        The coded reason. Pages say it as ``desk.block.<code>``.
    traveller
        About whom; None for the case as a whole.
    """

    need: Need
    code: str
    traveller: UUID | None = None


@dataclass(frozen=True)
class Asked:
    """What a source is asked: whether a case may go to the step ``to``."""

    keyring: Keyring = field(repr=False)
    record: Record
    to: Step
    companions: tuple[Companion, ...]
    at: datetime


class Source(Protocol):
    """A room that answers for needs: consent, the child procedure."""

    @property
    def needs(self) -> frozenset[Need]:
        """The needs it answers for, alone."""
        ...

    def __call__(self, asked: Asked) -> Iterable[Block]:
        """Return what stands in the way; nothing when the needs are met."""
        ...
