"""Read what stands, without opening what is sealed: purposes, answers and times."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from waystation.consent.models import Answer, Consent, Withdrawn
from waystation.consent.purposes import Purpose
from waystation.store.models import Record


class State(StrEnum):
    """How it stands with one purpose at one moment."""

    NEVER_ASKED = "never_asked"
    GIVEN = "given"
    REFUSED = "refused"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Standing:
    """How it stands with one purpose.

    Attributes
    ----------
    consent
        The answer that counts: the one written down last. None where nobody asked.
    withdrawn
        The row that took it back, or None.
    """

    purpose: Purpose
    state: State
    consent: Consent | None = None
    withdrawn: Withdrawn | None = None

    @property
    def stands(self) -> bool:
        """Whether what rests on it may be done."""
        return self.state is State.GIVEN


@dataclass(frozen=True)
class Said:
    """What was said in a record, unopened.

    Attributes
    ----------
    answers
        The newest first.
    taken
        What took answers back.
    """

    answers: tuple[Consent, ...] = ()
    taken: tuple[Withdrawn, ...] = ()

    def standings(self, traveller_id: UUID, at: datetime) -> dict[Purpose, Standing]:
        """Return how it stands with every purpose of one traveller at ``at``."""
        newest: dict[str, Consent] = {}
        for row in self.answers:
            if row.traveller_id == traveller_id and row.recorded_at <= at:
                newest.setdefault(row.purpose, row)
        taken = {each.consent_id: each for each in self.taken}
        return {purpose: _state(purpose, newest.get(purpose.value), taken, at) for purpose in Purpose}


def answers(record: Record, traveller_id: UUID | None = None) -> QuerySet[Consent]:
    """Return the answers kept in a record, the newest first; of one traveller if one is named."""
    rows = Consent.objects.filter(record=record).select_related("record").order_by("-recorded_at", "-starts_at", "pk")
    return rows if traveller_id is None else rows.filter(traveller_id=traveller_id)


def withdrawals(rows: Iterable[Consent]) -> dict[UUID, Withdrawn]:
    """Return what took answers back, by the answer's id."""
    ids = [row.pk for row in rows]
    return {each.consent_id: each for each in Withdrawn.objects.filter(consent_id__in=ids).select_related("record")}


def standing(
    record: Record, traveller_id: UUID, purpose: Purpose, at: datetime, *, partner_id: UUID | None = None
) -> Standing:
    """Return how it stands with one purpose of one traveller at ``at``; for sharing, with one partner if one is named."""
    rows = answers(record, traveller_id).filter(purpose=purpose.value, recorded_at__lte=at)
    if partner_id is not None:
        rows = rows.filter(partner_id=partner_id)
    newest = rows.defer(*Consent.sealed_fields()).first()
    return _state(purpose, newest, withdrawals([newest] if newest else []), at)


def standings(record: Record, traveller_id: UUID, at: datetime) -> dict[Purpose, Standing]:
    """Return how it stands with every purpose of one traveller at ``at``: two queries."""
    return said_in(record, traveller_id).standings(traveller_id, at)


def said_in(record: Record, traveller_id: UUID | None = None) -> Said:
    """Return what was said in a record, by everybody or by one traveller, unopened: two queries."""
    rows = tuple(answers(record, traveller_id).defer(*Consent.sealed_fields()))
    taken = Withdrawn.objects.filter(record=record).select_related("record").defer(*Withdrawn.sealed_fields())
    if traveller_id is not None:
        taken = taken.filter(consent_id__in=[row.pk for row in rows])
    return Said(rows, tuple(taken))


def _state(purpose: Purpose, newest: Consent | None, taken: Mapping[UUID, Withdrawn], at: datetime) -> Standing:
    if newest is None:
        return Standing(purpose, State.NEVER_ASKED)
    withdrawn = taken.get(newest.pk)
    if withdrawn is not None and withdrawn.withdrawn_at <= at:
        return Standing(purpose, State.WITHDRAWN, newest, withdrawn)
    if newest.answer != Answer.GIVEN:
        return Standing(purpose, State.REFUSED, newest)
    if at < newest.starts_at:
        return Standing(purpose, State.NOT_YET, newest)
    if newest.until is not None and newest.until <= at:
        return Standing(purpose, State.EXPIRED, newest)
    return Standing(purpose, State.GIVEN, newest)
