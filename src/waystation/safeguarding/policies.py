"""What keeps a traveller from being moved, and why. Rules of the work; nobody's permission is asked here."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from waystation.safeguarding.errors import SafeguardRefusedError
from waystation.safeguarding.models import Age, Care, PaperKind, Recommendation, Verdict
from waystation.safeguarding.picture import Lack, Picture, Reason, Requirement, Traveller, Written
from waystation.safeguarding.queries import pictures_of
from waystation.store.keyring import Keyring
from waystation.store.models import Record

OVERRIDE_GOOD_FOR: Final = timedelta(days=14)
"""So long after a second person agreed an override counts."""

NEEDS_PANEL: Final = frozenset({Care.SEPARATED, Care.UNACCOMPANIED, Care.UNKNOWN})
"""Care for which an assessment is not enough: a panel of three or more determines."""

NO_OVERRIDE: Final = frozenset({Requirement.KEY})


def blocks(*, keyring: Keyring, record: Record, traveller: Traveller, at: datetime) -> tuple[Reason, ...]:
    """Return everything that keeps a traveller from being moved at ``at``; empty where nothing does.

    What is sealed to this keyring blocks too (`Requirement.KEY`): who cannot see cannot let pass. The reasons say something of
    what is sealed in the welfare part; show them to those who may open it.
    """
    return blocks_of_many(keyring=keyring, record=record, travellers=(traveller,), at=at)


def blocks_of_many(
    *, keyring: Keyring, record: Record, travellers: Collection[Traveller], at: datetime
) -> tuple[Reason, ...]:
    """Return everything that keeps each of some travellers of a record from being moved, as `blocks` does, one after another."""
    return reasons_of(pictures_of(keyring, record, [each.id for each in travellers]), travellers, at)


def reasons_of(pictures: Mapping[UUID, Picture], travellers: Collection[Traveller], at: datetime) -> tuple[Reason, ...]:
    """Return what blocks each of some travellers, one after another, by what is known of them; of whom nothing is, by that."""
    return tuple(reason for each in travellers for reason in reasons(pictures.get(each.id, Picture()), each, at))


def reasons(picture: Picture, traveller: Traveller, at: datetime) -> tuple[Reason, ...]:
    """Return what blocks, by what is known: pure. The rules are those of `waystation.safeguarding` and ETHICS.md."""
    if picture.sealed:
        return (Reason(traveller.id, Requirement.KEY, Lack.MISSING),)
    found = [*_screen(picture, traveller), *_child(picture, traveller)]
    return tuple(reason for reason in found if not _passed_over(picture, reason, at))


def is_child(picture: Picture, traveller: Traveller) -> bool | None:
    """Tell whether the rules for children hold: under 18, or ever said to be or disputed. None where nobody knows the age."""
    said = {traveller.age, *(each.age for each in picture.known)} - {None}
    if said & {Age.CHILD, Age.DISPUTED}:
        return True
    return False if said else None


def refuse_shredded(record: Record) -> None:
    """Raise SafeguardRefusedError if the record's keys were destroyed."""
    if record.shredded_at is not None:
        raise SafeguardRefusedError("shredded")


def _screen(picture: Picture, traveller: Traveller) -> list[Reason]:
    if picture.status is not None:
        return []
    return [Reason(traveller.id, Requirement.SCREEN, Lack.WAITING if picture.screened else Lack.MISSING)]


def _child(picture: Picture, traveller: Traveller) -> list[Reason]:
    child = is_child(picture, traveller)
    if child is None:
        return [Reason(traveller.id, Requirement.AGE, Lack.MISSING)]
    if not child:
        return []
    care = picture.known[-1].care if picture.known else None
    found = [] if care else [Reason(traveller.id, Requirement.CARE, Lack.MISSING)]
    needed = [PaperKind.BIA]
    if care is None or care in NEEDS_PANEL:
        needed.append(PaperKind.BID)
    return found + [reason for kind in needed if (reason := _paper(picture, traveller, kind)) is not None]


def _paper(picture: Picture, traveller: Traveller, kind: PaperKind) -> Reason | None:
    """Return why a procedure does not let this child pass, or None if it does."""
    written, requirement = picture.fresh(kind), Requirement(kind.value)
    agreed = [paper for paper in written if paper.verdict is Verdict.AGREED]
    if agreed:
        newest = max(agreed, key=lambda paper: paper.at)
        if newest.recommendation is Recommendation.GO:
            return None
        return Reason(traveller.id, requirement, Lack.AGAINST, newest.id)
    if not written:
        return Reason(traveller.id, requirement, Lack.MISSING)
    last = written[-1]
    return Reason(traveller.id, requirement, Lack.WAITING if last.verdict is None else Lack.SENT_BACK, last.id)


def _passed_over(picture: Picture, reason: Reason, at: datetime) -> bool:
    if reason.requirement in NO_OVERRIDE:
        return False
    against = next(
        (paper for paper in picture.papers if reason.lack is Lack.AGAINST and paper.id == reason.paper_id), None
    )
    return any(
        reason.requirement.value in paper.covers and _counts(paper, at) and not _before(paper, against)
        for paper in picture.fresh(PaperKind.OVERRIDE)
    )


def _counts(override: Written, at: datetime) -> bool:
    if override.verdict is not Verdict.AGREED or override.decided_at is None or override.decided_by == override.by:
        return False
    return override.decided_at <= at < override.decided_at + OVERRIDE_GOOD_FOR


def _before(override: Written, against: Written | None) -> bool:
    """Tell whether an override was written before a paper that says not to go: then it knew nothing of it."""
    return against is not None and against.decided_at is not None and override.at < against.decided_at
