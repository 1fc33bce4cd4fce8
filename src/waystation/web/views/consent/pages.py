from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waystation.accounts.openings import open_of_record
from waystation.accounts.permissions import Action, allowed_tiers, may
from waystation.cases.models import Case
from waystation.cases.policies import refuse_closed, refuse_shredded
from waystation.consent.errors import ConsentRefusedError
from waystation.consent.models import Answer, Consent, SaidBy
from waystation.consent.purposes import NEVER_A_CONDITION, Purpose, rests_on
from waystation.consent.queries import Standing, State, answers, standings, withdrawals
from waystation.consent.services import record_consent, withdraw_consent
from waystation.kernel import BadInputError
from waystation.store.tiers import Tier
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, case_of, names_of, see_other
from waystation.web.views.consent.forms import AnswerForm, WithdrawForm
from waystation.web.views.safeguarding.companions import Companion, companion, companions
from waystation.web.wording import say

TONES = {
    State.GIVEN: "success",
    State.REFUSED: "danger",
    State.WITHDRAWN: "danger",
    State.EXPIRED: "warning",
    State.NOT_YET: "warning",
    State.NEVER_ASKED: "warning",
}
OPENED = frozenset({Tier.WELFARE, Tier.IDENTITY})


@dataclass(frozen=True)
class Line:
    """How it stands with one purpose, in words."""

    purpose: str
    state: str
    tone: str
    rests: str
    never_a_condition: bool
    standing: Standing
    record_address: str


@dataclass
class Card:
    """One traveller and every purpose."""

    companion: Companion
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """One answer as it was given, for the list of all."""

    row: Consent
    companion: str
    purpose: str
    answer: str
    said_by: str
    capacity: str
    who: str
    withdrawn: Any
    withdraw_address: str
    values: dict[str, Any] = field(default_factory=dict, repr=False)


@require_safe
@answering_refusals
def consent_page(request: AskedRequest, case_id: UUID) -> HttpResponseBase:
    """Show how it stands with every purpose, from what nobody needs a key for."""
    return _show(request, case_of(case_id), opened=False)


@require_POST
@answering_refusals
def words(request: AskedRequest, case_id: UUID) -> HttpResponseBase:
    """Show what was said as well; the log says so."""
    return _show(request, case_of(case_id), opened=True)


@require_http_methods(["GET", "POST"])
@answering_refusals
def record(request: AskedRequest, case_id: UUID, traveller_id: UUID) -> HttpResponseBase:
    """Write an answer down."""
    case = case_of(case_id)
    refuse_closed(case)
    who = companion(request, case, traveller_id)
    asked_for = request.GET.get("purpose", "")
    initial = {"purpose": asked_for} if asked_for in set(Purpose) else {}
    form = AnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            asked = form.asked(traveller_id)
            record_consent(keyring=request.keyring, record=case.record, asked=asked, at=timezone.now())
        except ConsentRefusedError as refusal:
            form.add_error(None, say(f"consent.refused.{refusal.code}"))
        except BadInputError:
            form.add_error(None, say("cases.refused"))
        else:
            notify(request, say("consent.recorded"))
            return see_other("consent.page", case.pk)
    context = {"case": case, "form": form, "companion": who, "back": reverse("consent.page", args=[case.pk])}
    return render(request, "web/consent/record.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@answering_refusals
def withdraw(request: AskedRequest, case_id: UUID, consent_id: UUID) -> HttpResponseBase:
    """Write down that a yes was taken back, and say what that stops."""
    case = case_of(case_id)
    refuse_shredded(case)
    row = answers(case.record).filter(pk=consent_id).first()
    if row is None:
        raise Http404
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            stopped = withdraw_consent(
                keyring=request.keyring,
                consent=row,
                said_by=SaidBy(given["said_by"]),
                words=given["words"],
                at=timezone.now(),
            )
        except ConsentRefusedError as refusal:
            notify(request, say(f"consent.refused.{refusal.code}"), level=40)
            return see_other("consent.page", case.pk)
        activities = ", ".join(say(f"consent.activity.{each}") for each in stopped.activities)
        notify(
            request, say("consent.withdrawn", activities=activities) if activities else say("consent.withdrawn.none")
        )
        return see_other("consent.page", case.pk)
    purpose = Purpose(row.purpose)
    context = {
        "case": case,
        "form": form,
        "purpose": say(f"consent.purpose.{purpose}"),
        "rests": [say(f"consent.activity.{each}") for each in rests_on(purpose)],
        "back": reverse("consent.page", args=[case.pk]),
    }
    return render(request, "web/consent/withdraw.html", context, status=422 if request.method == "POST" else 200)


def _show(request: AskedRequest, case: Case, *, opened: bool) -> HttpResponseBase:
    refuse_shredded(case)
    now = timezone.now()
    people = companions(request, case)
    may_record = case.closed_at is None and may(request.person, Action.CONSENT_RECORD, case.record, request.keyring)
    cards = [Card(each, _lines(case, each, may_record, now)) for each in people]
    rows = list(answers(case.record))
    held = allowed_tiers(request.person, Action.CASE_OPEN, case.record, request.keyring) & request.keyring.tiers_of(
        case.record
    )
    values: dict[UUID, dict[str, object]] = {}
    if opened and rows:
        values = open_of_record(keyring=request.keyring, record=case.record, rows=rows, tiers=held & OPENED, at=now)
    context = {
        "case": case,
        "cards": cards,
        "told": _told(request, case, rows, {each.id: each.label for each in people}, values, may_record),
        "may_open": Tier.WELFARE in held,
        "opened": opened,
    }
    return render(request, "web/consent/page.html", context)


def _lines(case: Case, who: Companion, may_record: bool, now: Any) -> list[Line]:
    found = standings(case.record, who.id, now)
    return [
        Line(
            purpose=say(f"consent.purpose.{purpose}"),
            state=say(f"consent.state.{each.state}"),
            tone=TONES[each.state] if purpose not in NEVER_A_CONDITION or each.stands else "secondary",
            rests=", ".join(say(f"consent.activity.{activity}") for activity in rests_on(purpose)),
            never_a_condition=purpose in NEVER_A_CONDITION,
            standing=each,
            record_address=f"{reverse('consent.record', args=[case.pk, who.id])}?purpose={purpose}"
            if may_record
            else "",
        )
        for purpose, each in found.items()
    ]


def _told(
    request: AskedRequest,
    case: Case,
    rows: list[Consent],
    labels: dict[UUID, str],
    values: dict[UUID, dict[str, object]],
    may_record: bool,
) -> list[Told]:
    taken = withdrawals(rows)
    names = names_of(request, {row.recorded_by for row in rows} | {each.recorded_by for each in taken.values()})
    return [
        Told(
            row=row,
            companion=labels.get(row.traveller_id, ""),
            purpose=say(f"consent.purpose.{row.purpose}"),
            answer=say(f"consent.answer.{row.answer}"),
            said_by=say(f"consent.said_by.{row.said_by}"),
            capacity=say(f"consent.capacity.{row.capacity}"),
            who=names.get(row.recorded_by) or say("cases.somebody"),
            withdrawn=taken.get(row.pk),
            withdraw_address=reverse("consent.withdraw", args=[case.pk, row.pk])
            if may_record and row.answer == Answer.GIVEN and row.pk not in taken
            else "",
            values=values.get(row.pk, {}),
        )
        for row in rows
    ]
