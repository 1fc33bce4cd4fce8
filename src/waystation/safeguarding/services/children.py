"""The procedure for a child: what is known, an assessment, a determination, an override; each decided on by a second person."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.accounts.services.demands import demand_tiers
from waystation.audit.services import append
from waystation.safeguarding.errors import SafeguardRefusedError
from waystation.safeguarding.models import (
    Age,
    Care,
    ChildFacts,
    Grade,
    Paper,
    PaperDecision,
    PaperKind,
    Parent,
    Recommendation,
    Verdict,
)
from waystation.safeguarding.models.children import SMALLEST_PANEL
from waystation.safeguarding.picture import Traveller
from waystation.safeguarding.policies import NO_OVERRIDE, blocks, refuse_shredded
from waystation.safeguarding.queries import deciding, qualified
from waystation.safeguarding.services.noting import about_traveller, demand_reason, put
from waystation.store.keyring import Keyring
from waystation.store.models import Record
from waystation.store.tiers import Tier


@dataclass(frozen=True)
class Member:
    """Somebody on a panel: their name, and what they are there as."""

    name: str = field(repr=False)
    role: str = ""


@transaction.atomic
def record_child_facts(
    *,
    keyring: Keyring,
    record: Record,
    traveller_id: UUID,
    age: Age,
    care: Care,
    care_grade: Grade,
    care_evidence: str,
    mother: Parent,
    father: Parent,
    parents_grade: Grade,
    parents_evidence: str,
    at: datetime,
) -> ChildFacts:
    """Write down what is known of a child's age, care and parents, each with its evidence and how good it is.

    Where age or care is written down otherwise than before, assessments and determinations from before no longer count.

    Raises
    ------
    NotPermittedError, NoKeyError, SafeguardRefusedError
        If the person may not; ``no_reason`` where the evidence is not said.
    """
    values = {
        "age": age.value,
        "care": care.value,
        "care_grade": care_grade.value,
        "care_evidence": demand_reason(care_evidence),
        "mother": mother.value,
        "father": father.value,
        "parents_grade": parents_grade.value,
        "parents_evidence": demand_reason(parents_evidence),
    }
    with about_traveller(keyring, record, Action.CHILD_RECORD) as (now, person):
        row = ChildFacts(record=now, traveller_id=traveller_id, by=person.pk, at=at)
        put(keyring, row, values)
        append(keyring=keyring, kind="child.recorded", at=at, record=now, details={"row": str(row.pk)})
    return row


@transaction.atomic
def record_assessment(
    *,
    keyring: Keyring,
    record: Record,
    traveller_id: UUID,
    recommendation: Recommendation,
    words: str,
    at: datetime,
) -> Paper:
    """Write a best interests assessment, as the trained person who made it. It counts once another person agrees.

    Raises
    ------
    SafeguardRefusedError
        ``not_qualified``: no certificate of theirs is valid now. ``no_reason``: it does not say why.
    NotPermittedError, NoKeyError
        If the person may not.
    """
    reason = demand_reason(words)
    with about_traveller(keyring, record, Action.CHILD_ASSESS) as (now, person):
        if not qualified(person.pk, at):
            raise SafeguardRefusedError("not_qualified")
        paper = Paper(record=now, traveller_id=traveller_id, kind=PaperKind.BIA.value, by=person.pk, at=at)
        put(keyring, paper, {"recommendation": recommendation.value, "words": reason})
        _note(keyring, paper, "procedure.recorded", at)
    return paper


@transaction.atomic
def record_determination(
    *,
    keyring: Keyring,
    record: Record,
    traveller_id: UUID,
    recommendation: Recommendation,
    members: Collection[Member],
    words: str,
    at: datetime,
) -> Paper:
    """Write what a panel of three or more determined, with their names. It counts once another person confirms it.

    Raises
    ------
    SafeguardRefusedError
        ``small_panel``: fewer than three different names. ``no_reason``: it does not say why.
    NotPermittedError, NoKeyError
        If the person may not.
    """
    reason = demand_reason(words)
    names = {" ".join(member.name.split()).casefold() for member in members} - {""}
    if len(names) < SMALLEST_PANEL or len(names) != len(members):
        raise SafeguardRefusedError("small_panel")
    with about_traveller(keyring, record, Action.CHILD_ASSESS) as (now, person):
        paper = Paper(
            record=now,
            traveller_id=traveller_id,
            kind=PaperKind.BID.value,
            by=person.pk,
            at=at,
            panel_size=len(members),
        )
        listed = [{"name": member.name.strip(), "role": member.role.strip()} for member in members]
        put(keyring, paper, {"recommendation": recommendation.value, "members": listed, "words": reason})
        _note(keyring, paper, "procedure.recorded", at)
    return paper


@transaction.atomic
def ask_override(*, keyring: Keyring, record: Record, traveller: Traveller, words: str, at: datetime) -> Paper:
    """Ask that a traveller pass although something blocks, with a reason: it covers what blocks now, and nothing else.

    Nothing passes until a second person agrees (`decide_paper`).

    Raises
    ------
    SafeguardRefusedError
        ``no_reason``; ``nothing_blocks``: there is nothing to pass over.
    NotPermittedError, NoKeyError
        If the person may not.
    """
    reason = demand_reason(words)
    with about_traveller(keyring, record, Action.CHILD_OVERRIDE) as (now, person):
        blocking = blocks(keyring=keyring, record=now, traveller=traveller, at=at)
        covers = sorted({each.requirement.value for each in blocking if each.requirement not in NO_OVERRIDE})
        if not covers:
            raise SafeguardRefusedError("nothing_blocks")
        paper = Paper(record=now, traveller_id=traveller.id, kind=PaperKind.OVERRIDE.value, by=person.pk, at=at)
        put(keyring, paper, {"covers": covers, "words": reason})
        _note(keyring, paper, "override.asked", at)
    return paper


@transaction.atomic
def decide_paper(*, keyring: Keyring, paper: Paper, verdict: Verdict, why: str, at: datetime) -> PaperDecision:
    """Decide on what another person wrote: agree with it, or send it back with a reason.

    Raises
    ------
    SafeguardRefusedError
        ``own_paper``: it is one's own. ``decided``: somebody decided already. ``no_reason``.
    NotPermittedError, NoKeyError
        If the person may not decide on papers of this kind, or holds no key of it.
    """
    reason = demand_reason(why)
    with keyring.locked(paper.record) as record:
        refuse_shredded(record)
        kind = PaperKind(paper.kind)
        person = demand_tiers(keyring, deciding(kind), record, {Tier.WELFARE})
        if paper.by == person.pk:
            raise SafeguardRefusedError("own_paper")
        if PaperDecision.objects.filter(paper=paper).exists():
            raise SafeguardRefusedError("decided")
        row = PaperDecision(record=record, paper=paper, written_by=paper.by, by=person.pk, at=at)
        put(keyring, row, {"verdict": verdict.value, "why": reason})
        agreed = kind is PaperKind.OVERRIDE and verdict is Verdict.AGREED
        _note(keyring, paper, "override.agreed" if agreed else "procedure.decided", at)
    return row


def _note(keyring: Keyring, paper: Paper, kind: str, at: datetime) -> None:
    append(keyring=keyring, kind=kind, at=at, record=paper.record, details={"row": str(paper.pk)})
