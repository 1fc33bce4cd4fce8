from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from waystation.cases.summary import Outline, Summary
from waystation.matching.entry import Entry as Compared
from waystation.store.tiers import Tier


@dataclass(frozen=True, slots=True)
class Entry:
    """What the process of one person knows of one case.

    Attributes
    ----------
    maker
        Who entered it.
    tiers
        The parts this person may open, by their roles and by the keys they hold.
    summary, outline
        Where it stands, for whoever may open how people are, or where. None for others, and where it did not open.
    names
        Names in it, each as it is written; empty for whoever may not open who it is.
    people
        What is compared of it, so that nobody is entered twice (`waystation.cases.index.people`).
    words
        What is looked through by a search (`waystation.store.search.searchable`).
    consent_until
        When the first of what was agreed to in it ends by itself; None where nothing does.
    why
        Every `Reason` why an open case is in front of the reader, the weightiest first.
    whose
        To which of ``mine``, ``team`` and ``all`` it belongs.
    """

    id: UUID
    code: str
    version: int
    team_id: UUID | None
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    maker: UUID
    held: bool
    tiers: frozenset[Tier]
    summary: Summary | None = None
    outline: Outline | None = field(default=None, repr=False)
    names: tuple[str, ...] = field(default=(), repr=False)
    people: tuple[Compared, ...] = field(default=(), repr=False, compare=False)
    words: bytes = field(default=b"", repr=False)
    consent_until: datetime | None = None
    why: tuple[str, ...] = ()
    whose: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the work on it goes on."""
        return self.closed_at is None
