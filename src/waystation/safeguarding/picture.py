"""What is known of one traveller, opened: what the rules are asked of. Frozen, without keys or a database."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from waystation.safeguarding.htcds import TraffickingStatus
from waystation.safeguarding.models import Age, Care, PaperKind, Recommendation, Verdict


@dataclass(frozen=True)
class Traveller:
    """A traveller as the case tells of them.

    Attributes
    ----------
    age
        By their date of birth or age band; None where the case does not know it.
    """

    id: UUID
    age: Age | None = None


@dataclass(frozen=True)
class Known:
    """Age and care as they were written down at one time; None where that part was left open."""

    at: datetime
    age: Age | None
    care: Care | None


@dataclass(frozen=True)
class Written:
    """A paper and what became of it.

    Attributes
    ----------
    verdict, decided_at
        The second person's decision; None while it waits for one.
    covers
        Of an override: the requirements it passes over.
    """

    id: UUID
    kind: PaperKind
    by: UUID
    at: datetime
    recommendation: Recommendation | None = None
    covers: Collection[str] = ()
    verdict: Verdict | None = None
    decided_at: datetime | None = None
    decided_by: UUID | None = None


@dataclass(frozen=True)
class Picture:
    """All of it, oldest first. ``sealed`` says that a part of it could not be opened by this person."""

    known: tuple[Known, ...] = ()
    papers: tuple[Written, ...] = ()
    screened: bool = False
    status: TraffickingStatus | None = None
    sealed: bool = False

    @property
    def changed_at(self) -> datetime | None:
        """When age or care was last written down otherwise than before: papers from before then are out of date."""
        changed: datetime | None = None
        before: tuple[Age | None, Care | None] = (None, None)
        for each in self.known:
            if (each.age, each.care) != before:
                changed, before = each.at, (each.age, each.care)
        return changed

    def fresh(self, kind: PaperKind) -> list[Written]:
        """Return the papers of a kind that were written since age and care are what they are, oldest first."""
        since = self.changed_at
        return [paper for paper in self.papers if paper.kind is kind and (since is None or paper.at >= since)]


class Requirement(StrEnum):
    """What must be there before somebody moves."""

    AGE = "age"
    CARE = "care"
    BIA = "bia"
    BID = "bid"
    SCREEN = "screen"
    KEY = "key"
    """A part is sealed to whoever asks: somebody who may open it must ask."""


class Lack(StrEnum):
    """How it is lacking."""

    MISSING = "missing"
    WAITING = "waiting"
    """Written by one, not yet decided by another."""
    SENT_BACK = "sent_back"
    AGAINST = "against"
    """Done, and it says not to go."""


@dataclass(frozen=True)
class Reason:
    """One thing that blocks a traveller."""

    traveller_id: UUID
    requirement: Requirement
    lack: Lack
    paper_id: UUID | None = field(default=None)

    @property
    def code(self) -> str:
        """``bia.waiting`` and the like."""
        return f"{self.requirement}.{self.lack}"
