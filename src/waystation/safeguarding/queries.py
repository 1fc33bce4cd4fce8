"""Read what is kept about a traveller, and what waits for somebody."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, may
from waystation.safeguarding.htcds import TraffickingStatus
from waystation.safeguarding.models import (
    Age,
    Care,
    CheckFollow,
    ChildFacts,
    Complaint,
    HouseCheck,
    Paper,
    PaperDecision,
    PaperKind,
    Qualification,
    Recommendation,
    Screen,
    StatusDecision,
    Verdict,
)
from waystation.safeguarding.picture import Known, Picture, Written
from waystation.store.keyring import Keyring
from waystation.store.models import Record, SealedModel
from waystation.store.tiers import Tier

Row = TypeVar("Row", bound=SealedModel)
Opened = Mapping[UUID, Mapping[str, Any]]


@dataclass(frozen=True)
class Rows:
    """Everything kept about one traveller, oldest first, unopened."""

    screens: tuple[Screen, ...] = ()
    statuses: tuple[StatusDecision, ...] = ()
    facts: tuple[ChildFacts, ...] = ()
    papers: tuple[Paper, ...] = ()
    decisions: tuple[PaperDecision, ...] = ()

    @property
    def all(self) -> tuple[SealedModel, ...]:
        """All of them."""
        return (*self.screens, *self.statuses, *self.facts, *self.papers, *self.decisions)

    @property
    def authors(self) -> set[UUID]:
        """Who wrote them down; decisions on papers left out."""
        groups = (self.screens, self.statuses, self.facts, self.papers)
        return {row.by for group in groups for row in group}


def rows_of(record: Record, traveller_id: UUID) -> Rows:
    """Return everything kept about one traveller of a record: five queries."""
    return rows_of_many(record, [traveller_id])[traveller_id]


def rows_of_many(record: Record, traveller_ids: Collection[UUID]) -> dict[UUID, Rows]:
    """Return everything kept about some travellers of a record: five queries for all of them."""
    found = rows_in(record)
    return {each: found.get(each, Rows()) for each in traveller_ids}


def rows_in(record: Record) -> dict[UUID, Rows]:
    """Return everything kept about every traveller of a record of whom anything is kept: five queries."""
    screens, statuses, facts = _in(Screen, record), _in(StatusDecision, record), _in(ChildFacts, record)
    papers, decisions = _in(Paper, record), _in(PaperDecision, record)
    whose = {paper.pk: paper.traveller_id for paper in papers}
    groups = (screens, statuses, facts, papers)
    everybody = dict.fromkeys(row.traveller_id for group in groups for row in group)
    return {
        each: Rows(
            tuple(row for row in screens if row.traveller_id == each),
            tuple(row for row in statuses if row.traveller_id == each),
            tuple(row for row in facts if row.traveller_id == each),
            tuple(row for row in papers if row.traveller_id == each),
            tuple(row for row in decisions if whose[row.paper_id] == each),
        )
        for each in everybody
    }


def _in(kind: type[Row], record: Record) -> list[Row]:
    rows: Iterable[Row] = kind._default_manager.filter(record=record).select_related("record").order_by("at", "pk")
    return list(rows)


def picture_of(keyring: Keyring, record: Record, traveller_id: UUID) -> Picture:
    """Return what is known of a traveller, as far as this keyring opens it. For rules only: pages open by `openings`."""
    return pictures_of(keyring, record, [traveller_id])[traveller_id]


def pictures_of(keyring: Keyring, record: Record, traveller_ids: Collection[UUID]) -> dict[UUID, Picture]:
    """Return what is known of some travellers of a record, as `picture_of` does."""
    if not keyring.may_open(record, Tier.WELFARE):
        return {each: Picture(sealed=True) for each in traveller_ids}
    return pictures(keyring, rows_of_many(record, traveller_ids))


def pictures(keyring: Keyring, kept: Mapping[UUID, Rows]) -> dict[UUID, Picture]:
    """Return what is known of travellers by what is kept about them; who cannot open all of it knows nothing of that one."""
    by_kind: dict[type[SealedModel], list[SealedModel]] = defaultdict(list)
    for rows in kept.values():
        for row in rows.all:
            by_kind[type(row)].append(row)
    opened: dict[UUID, Mapping[str, Any]] = {}
    for kind, alike in by_kind.items():
        opened |= keyring.open_many(alike, *kind.sealed_fields())
    return {
        each: pictured(rows, opened) if all(row.pk in opened for row in rows.all) else Picture(sealed=True)
        for each, rows in kept.items()
    }


def pictured(rows: Rows, opened: Opened) -> Picture:
    """Return rows that were opened as the rules see them."""
    by_paper = {row.paper_id: row for row in rows.decisions}
    return Picture(
        known=tuple(
            Known(row.at, _word(Age, opened[row.pk]["age"]), _word(Care, opened[row.pk]["care"])) for row in rows.facts
        ),
        papers=tuple(_written(row, by_paper.get(row.pk), opened) for row in rows.papers),
        screened=bool(rows.screens),
        status=_word(TraffickingStatus, opened[rows.statuses[-1].pk]["status"]) if rows.statuses else None,
    )


def qualified(person_id: UUID, at: datetime) -> bool:
    """Tell whether somebody is trained to assess a child's best interests at ``at``: by the certificate noted last."""
    newest = Qualification.objects.filter(person_id=person_id, at__lte=at).order_by("-at", "-pk").first()
    return newest is not None and newest.valid_from <= at < newest.until


def qualifications() -> QuerySet[Qualification]:
    """Return every certificate, the newest first."""
    return Qualification.objects.select_related("record", "person").order_by("-at", "-pk")


def waiting_papers(person: Person, keyring: Keyring, records: Iterable[Record] | None = None) -> list[Paper]:
    """Return the papers on which this person may decide and nobody has, the oldest first."""
    papers = Paper.objects.filter(decision=None, record__shredded_at=None).exclude(by=person.pk)
    if records is not None:
        papers = papers.filter(record__in=list(records))
    found = papers.select_related("record").order_by("at", "pk").defer(*Paper.sealed_fields())
    return [paper for paper in found if may(person, deciding(PaperKind(paper.kind)), paper.record, keyring)]


def deciding(kind: PaperKind) -> Action:
    """Return what somebody must be permitted to do to decide on a paper of this kind."""
    return Action.CHILD_OVERRIDE if kind is PaperKind.OVERRIDE else Action.CHILD_DECIDE


def held_complaints(keyring: Keyring) -> list[Complaint]:
    """Return the complaints this keyring opens, open ones first, the soonest deadline first."""
    rows = list(Complaint.objects.filter(record__shredded_at=None).select_related("record"))
    held = keyring.tiers_of_many([row.record for row in rows])
    mine = [row for row in rows if Tier.EVIDENCE in held[row.record_id]]
    return sorted(mine, key=lambda row: (row.closed_at is not None, next_deadline(row)))


def next_deadline(complaint: Complaint) -> datetime:
    """Return until when the next step of a complaint is due."""
    return complaint.acknowledge_by if complaint.acknowledged_at is None else complaint.answer_by


def overdue(complaint: Complaint, at: datetime) -> bool:
    """Tell whether a complaint waits longer than it may."""
    return complaint.closed_at is None and next_deadline(complaint) < at


def checks() -> QuerySet[HouseCheck]:
    """Return every look at a house, the newest first."""
    return HouseCheck.objects.select_related("record").order_by("-checked_at", "pk")


def follow_ups_due(at: datetime) -> QuerySet[CheckFollow]:
    """Return what was to be put right by now and is not."""
    return CheckFollow.objects.filter(done_at=None, due_at__lt=at).select_related("record")


def _written(row: Paper, decision: PaperDecision | None, opened: Opened) -> Written:
    values = opened[row.pk]
    return Written(
        id=row.pk,
        kind=PaperKind(row.kind),
        by=row.by,
        at=row.at,
        recommendation=_word(Recommendation, values["recommendation"]),
        covers=tuple(values["covers"] or ()),
        verdict=_word(Verdict, opened[decision.pk]["verdict"]) if decision else None,
        decided_at=decision.at if decision else None,
        decided_by=decision.by if decision else None,
    )


def _word(kind: Any, value: object) -> Any:
    return None if value is None else kind(value)
