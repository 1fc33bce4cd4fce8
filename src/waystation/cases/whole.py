"""A case as its page shows it: every row of it opened at once, with one entry in the log."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from waystation.accounts import openings
from waystation.cases.models import (
    TIER_FIELDS,
    Case,
    CaseRow,
    Contact,
    Decision,
    Document,
    Event,
    Exit,
    Flag,
    Household,
    Judgement,
    Note,
    PairAnswer,
    Referral,
    Request,
    Task,
    Traveller,
)
from waystation.cases.steps.on_record import READ, OnRecord, on_record
from waystation.cases.summary import Outline, Summary
from waystation.store.keyring import Keyring
from waystation.store.models import SealedModel
from waystation.store.tiers import Tier

Row = TypeVar("Row", bound=CaseRow)

KINDS: tuple[type[CaseRow], ...] = (
    Request,
    Traveller,
    Household,
    Contact,
    Document,
    Note,
    Task,
    Flag,
    Judgement,
    Decision,
    Referral,
    Exit,
    PairAnswer,
    Event,
)
"""What belongs to a case, besides its own row and its files."""


@dataclass(frozen=True)
class Told(Generic[Row]):
    """A row with what could be opened of it; None stands for what was never given, nothing for what stays closed."""

    row: Row
    values: Mapping[str, Any] = field(repr=False)

    def __getitem__(self, name: str) -> Any:
        """Return a value; None where it was not opened."""
        return self.values.get(name)


@dataclass(frozen=True)
class Whole:
    """A case, opened in some tiers.

    Attributes
    ----------
    opened
        The tiers that are open in it.
    values
        The case's own fields.
    summary, outline
        Where it stands; those of a new case for somebody who may not know.
    """

    case: Case
    opened: frozenset[Tier]
    values: Mapping[str, Any] = field(repr=False)
    summary: Summary
    outline: Outline
    _rows: Mapping[type[CaseRow], Sequence[Told[Any]]] = field(repr=False)

    def rows(self, kind: type[Row], *, gone: bool = False) -> list[Told[Row]]:
        """Return the rows of a kind, the oldest first; with ``gone`` also those that no longer count."""
        return [told for told in self._rows[kind] if gone or told.row.gone_at is None]


def whole_on_record(whole: Whole) -> OnRecord:
    """Return what is on record for a case whose welfare part is open: what `read_on_record` would open once more."""
    return on_record({kind: [(told.row, told.values) for told in whole.rows(kind)] for kind in READ})


def open_whole(*, keyring: Keyring, case: Case, tiers: Collection[Tier], at: datetime) -> Whole:
    """Open a case in some tiers, after one entry in the log says so.

    Raises
    ------
    NotPermittedError, NoKeyError, SecondPersonNeededError
        Nothing is opened.
    TamperedError
        If something of it was changed. An entry says that too.
    """
    wanted = frozenset(tiers)
    rows = {kind: _rows_of(kind, case) for kind in KINDS if _fields(kind, wanted)}
    asked: list[tuple[SealedModel, Collection[str]]] = [(case, _fields(Case, wanted))]
    asked += [(row, _fields(kind, wanted)) for kind, found in rows.items() for row in found]
    opened: Mapping[Any, dict[str, Any]] = {}
    if wanted:
        opened = openings.open_rows(keyring=keyring, record=case.record, rows=asked, at=at)
    own = opened.get(case.pk, {})
    return Whole(
        case,
        wanted,
        {name: own.get(name) for tier in wanted for name in TIER_FIELDS[tier]},
        Summary.from_json(own.get("summary")),
        Outline.from_json(own.get("outline")),
        {kind: [Told(row, opened[row.pk]) for row in rows.get(kind, ())] for kind in KINDS},
    )


def _rows_of(kind: type[CaseRow], case: Case) -> list[CaseRow]:
    rows: Iterable[CaseRow] = kind._default_manager.filter(record=case.record).order_by("at", "pk")
    found = list(rows)
    for row in found:
        row.record = case.record
    return found


def _fields(kind: type[SealedModel], tiers: Collection[Tier]) -> tuple[str, ...]:
    return tuple(name for name, column in kind.sealed_fields().items() if column.tier in tiers)
