"""What of a case the needs of a step are looked up in: opened once, then asked without any key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
from uuid import UUID

from waystation.cases.models import CHILDREN, CaseRow, Decision, Exit, Household, Judgement, Request, Traveller
from waystation.cases.steps.blocks import Companion
from waystation.store.keyring import Keyring
from waystation.store.models import Record

Row = TypeVar("Row", bound=CaseRow)
Rows = Sequence[tuple[Any, Mapping[str, Any]]]
Opened = Mapping[type[CaseRow], Rows]
"""Rows by their kind, each with its opened fields."""
READ: Final[Mapping[type[CaseRow], tuple[str, ...]]] = {
    Request: ("contact_consent",),
    Judgement: ("subject", "result", "reason"),
    Traveller: ("age_band", "accompanied_by"),
    Exit: ("outcome",),
    Household: ("not_consenting",),
    Decision: ("outcome", "answer"),
}
"""What is looked up, all of tier welfare."""


@dataclass(frozen=True)
class Ruling:
    """The newest judgement of a subject: what was found, and the coded reason if it cannot go on yet."""

    result: str
    reason: str = ""


@dataclass(frozen=True)
class Signed:
    """The newest decision: its outcome, whether the second person agreed, and whether two different people signed."""

    outcome: str
    agreed: bool
    by_two: bool
    waiting: bool


@dataclass(frozen=True)
class OnRecord:
    """What is on record for a case.

    Attributes
    ----------
    contact_consent
        As the first call said it; empty where there was none.
    rulings
        The newest judgement by subject.
    companions
        The travellers who are on the case.
    not_consenting
        Those of them who did not agree to the journey.
    """

    contact_consent: str = ""
    rulings: Mapping[str, Ruling] = field(default_factory=dict)
    companions: tuple[Companion, ...] = ()
    not_consenting: frozenset[UUID] = frozenset()
    decision: Signed | None = None
    exit: str = ""

    def found(self, subject: str) -> str:
        """Return the newest result for a subject; empty where nobody looked yet."""
        ruling = self.rulings.get(subject)
        return ruling.result if ruling else ""


def read_on_record(keyring: Keyring, record: Record) -> OnRecord:
    """Open what is on record for a case, all of tier welfare; NoKeyError is never raised: what cannot be opened is not there."""
    return on_record({kind: _opened(keyring, kind, record, *names) for kind, names in READ.items()})


def on_record(opened: Opened) -> OnRecord:
    """Return what is on record, of rows that still count and were opened: those of each kind of `READ`, the oldest first."""
    requests, judgements, travellers = opened[Request], opened[Judgement], opened[Traveller]
    rulings = {str(told["subject"]): Ruling(str(told["result"]), str(told["reason"] or "")) for _, told in judgements}
    here = {row.pk for row, _ in travellers}
    return OnRecord(
        contact_consent=next((str(told["contact_consent"]) for _, told in requests), ""),
        rulings=rulings,
        companions=tuple(_companion(row, told) for row, told in travellers),
        not_consenting=_not_consenting(opened[Household]) & here,
        decision=_signed(opened[Decision]),
        exit=next((str(told["outcome"]) for _, told in opened[Exit]), ""),
    )


def read_not_consenting(keyring: Keyring, record: Record) -> frozenset[UUID]:
    """Open who did not agree to go with the others of their household, whether they still belong to the case or not."""
    return _not_consenting(_opened(keyring, Household, record, "not_consenting"))


def _not_consenting(households: Rows) -> frozenset[UUID]:
    return frozenset(UUID(each) for _, told in households for each in told["not_consenting"] or ())


def as_id(text: object) -> UUID | None:
    """Return the id that a sealed text holds; None for none."""
    return UUID(str(text)) if text else None


def _companion(row: Traveller, told: Mapping[str, Any]) -> Companion:
    band = str(told["age_band"] or "")
    # Of whom nobody knows how old they are, they count as of disputed age: the stricter rules hold.
    return Companion(row.pk, band, not band or band in CHILDREN, as_id(told["accompanied_by"]))


def _signed(decisions: Rows) -> Signed | None:
    newest = None
    for row, told in decisions:
        by_two = row.decided_by is not None and row.decided_by != row.recommended_by
        waiting = row.decided_by is None
        newest = Signed(str(told["outcome"]), told["answer"] == "agreed", by_two, waiting)
    return newest


def _opened(keyring: Keyring, kind: type[Row], record: Record, *names: str) -> list[tuple[Row, Mapping[str, Any]]]:
    """Return a kind's rows that still count, the oldest first, with fields opened."""
    rows = list(kind._default_manager.filter(record=record, gone_at=None).select_related("record").order_by("at", "pk"))
    opened = keyring.open_many(rows, *names)
    return [(row, opened[row.pk]) for row in rows if row.pk in opened]
