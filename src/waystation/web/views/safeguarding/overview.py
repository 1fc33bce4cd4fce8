"""A case's page about safeguarding: for each traveller what blocks and why, then what is known, then the papers."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from waystation.accounts.openings import open_of_record
from waystation.accounts.permissions import Action, allowed_tiers, may
from waystation.cases.models import Case
from waystation.cases.policies import refuse_shredded
from waystation.safeguarding.models import Paper, PaperKind
from waystation.safeguarding.picture import Picture, Reason, Requirement
from waystation.safeguarding.policies import OVERRIDE_GOOD_FOR, is_child, reasons
from waystation.safeguarding.queries import Opened, Rows, pictured, rows_of
from waystation.store.tiers import Tier
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, case_of, names_of
from waystation.web.views.safeguarding.companions import Companion, companions
from waystation.web.views.safeguarding.shown import shown_facts, shown_screen, shown_status
from waystation.web.wording import say

WHERE = {
    Requirement.AGE: ("care", Action.CHILD_RECORD),
    Requirement.CARE: ("care", Action.CHILD_RECORD),
    Requirement.BIA: ("assess", Action.CHILD_ASSESS),
    Requirement.BID: ("determine", Action.CHILD_ASSESS),
    Requirement.SCREEN: ("status", Action.SCREEN_DECIDE),
}
"""The page where each requirement is met, and what one must be permitted to do there."""


@dataclass(frozen=True)
class Blocked:
    """One thing that blocks, why, and where it is met; no address for who may not."""

    what: str
    why: str
    address: str = ""
    link: str = ""


@dataclass(frozen=True)
class PaperLine:
    """One paper in the list."""

    paper: Paper
    kind: str
    who: str
    says: str
    state: str
    tone: str
    address: str


@dataclass
class Card:
    """One traveller."""

    companion: Companion
    child: bool | None = None
    blocked: list[Blocked] = field(default_factory=list)
    status: list[tuple[str, str]] = field(default_factory=list, repr=False)
    screen: list[tuple[str, str]] = field(default_factory=list, repr=False)
    facts: list[tuple[str, str]] = field(default_factory=list, repr=False)
    papers: list[PaperLine] = field(default_factory=list, repr=False)


@require_safe
@answering_refusals
def case_safeguarding(request: AskedRequest, case_id: UUID) -> HttpResponseBase:
    """Show what keeps the travellers of a case from being moved."""
    case = case_of(case_id)
    refuse_shredded(case)
    now = timezone.now()
    held = allowed_tiers(request.person, Action.CASE_OPEN, case.record, request.keyring)
    context: dict[str, Any] = {"case": case, "closed": case.closed_at is not None}
    if Tier.WELFARE not in held or not request.keyring.may_open(case.record, Tier.WELFARE):
        return render(request, "web/safeguarding/case.html", {**context, "sealed": True})
    people = companions(request, case)
    rows = {each.id: rows_of(case.record, each.id) for each in people}
    every = [row for each in rows.values() for row in each.all]
    opened = (
        open_of_record(keyring=request.keyring, record=case.record, rows=every, tiers={Tier.WELFARE}, at=now)
        if every
        else {}
    )
    able = {} if case.closed_at else _abilities(request, case)
    cards = [_card(request, case, each, rows[each.id], opened, able, now) for each in people]
    return render(request, "web/safeguarding/case.html", {**context, "cards": cards, **able})


def _abilities(request: AskedRequest, case: Case) -> dict[str, bool]:
    actions = {
        "may_screen": Action.SCREEN_RECORD,
        "may_decide_status": Action.SCREEN_DECIDE,
        "may_record_care": Action.CHILD_RECORD,
        "may_assess": Action.CHILD_ASSESS,
        "may_override": Action.CHILD_OVERRIDE,
    }
    return {name: may(request.person, action, case.record, request.keyring) for name, action in actions.items()}


def _card(
    request: AskedRequest,
    case: Case,
    who: Companion,
    rows: Rows,
    opened: Opened,
    able: dict[str, bool],
    now: datetime,
) -> Card:
    picture = pictured(rows, opened)
    names = names_of(request, rows.authors)
    found = reasons(picture, who.traveller, now)
    return Card(
        companion=who,
        child=is_child(picture, who.traveller),
        blocked=[_blocked(request, case, each, bool(able)) for each in found],
        status=shown_status(rows.statuses[-1], opened[rows.statuses[-1].pk], names) if rows.statuses else [],
        screen=shown_screen(rows.screens[-1], opened[rows.screens[-1].pk], names) if rows.screens else [],
        facts=shown_facts(rows.facts[-1], opened[rows.facts[-1].pk], names) if rows.facts else [],
        papers=[_paper_line(case, row, picture, names, now) for row in reversed(rows.papers)],
    )


def _blocked(request: AskedRequest, case: Case, reason: Reason, open_case: bool) -> Blocked:
    what, why = say(f"safeguarding.requirement.{reason.requirement}"), say(f"safeguarding.reason.{reason.code}")
    if reason.paper_id is not None:
        address = reverse("safeguarding.paper", args=[case.pk, reason.paper_id])
        return Blocked(what, why, address, say("safeguarding.paper.read"))
    verb, action = WHERE.get(reason.requirement, ("", None))
    if not open_case or action is None or not may(request.person, action, case.record, request.keyring):
        return Blocked(what, why)
    address = reverse(f"safeguarding.{verb}", args=[case.pk, reason.traveller_id])
    return Blocked(what, why, address, say(f"safeguarding.title.{verb}"))


def _paper_line(case: Case, row: Paper, picture: Picture, names: dict[UUID, str], now: datetime) -> PaperLine:
    written = next(each for each in picture.papers if each.id == row.pk)
    if written.recommendation is not None:
        says = say(f"safeguarding.recommendation.{written.recommendation}")
    else:
        says = ", ".join(say(f"safeguarding.requirement.{each}") for each in written.covers)
    state = str(written.verdict or "waiting")
    tone = {"waiting": "warning", "agreed": "success", "sent_back": "secondary"}[state]
    stale = written not in picture.fresh(written.kind)
    if written.kind is PaperKind.OVERRIDE and written.decided_at is not None:
        stale = stale or now >= written.decided_at + OVERRIDE_GOOD_FOR
    if stale:
        state, tone = "outdated", "secondary"
    return PaperLine(
        paper=row,
        kind=say(f"safeguarding.paper.{row.kind}"),
        who=names.get(row.by) or say("cases.somebody"),
        says=says,
        state=say(f"safeguarding.paper.state.{state}"),
        tone=tone,
        address=reverse("safeguarding.paper", args=[case.pk, row.pk]),
    )
