"""One paper: read whole, then decided on by somebody else."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waystation.accounts.openings import open_of_record
from waystation.accounts.permissions import may
from waystation.cases.models import Case
from waystation.cases.policies import refuse_closed, refuse_shredded
from waystation.safeguarding.errors import SafeguardRefusedError
from waystation.safeguarding.models import Paper, PaperDecision, PaperKind, Verdict
from waystation.safeguarding.queries import deciding
from waystation.safeguarding.services import decide_paper
from waystation.store.models import SealedModel
from waystation.store.tiers import Tier
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, case_of, names_of, see_other
from waystation.web.views.safeguarding.companions import companions
from waystation.web.views.safeguarding.forms import DecideForm
from waystation.web.views.safeguarding.shown import signed
from waystation.web.wording import say


@require_http_methods(["GET", "POST"])
@answering_refusals
def paper_page(request: AskedRequest, case_id: UUID, paper_id: UUID) -> HttpResponseBase:
    """Show a paper, and let another person decide on it."""
    case = case_of(case_id)
    refuse_shredded(case)
    paper = Paper.objects.filter(pk=paper_id, record=case.record).select_related("record").first()
    if paper is None:
        raise Http404
    decision = PaperDecision.objects.filter(paper=paper).select_related("record").first()
    may_decide = (
        decision is None
        and paper.by != request.person.pk
        and may(request.person, deciding(PaperKind(paper.kind)), case.record, request.keyring)
    )
    form = DecideForm(request.POST or None) if may_decide else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        refuse_closed(case)
        if form.is_valid():
            return _decide(request, case, paper, form)
    status = 422 if request.method == "POST" else 200
    return render(request, "web/safeguarding/paper.html", _context(request, case, paper, decision, form), status=status)


def _decide(request: AskedRequest, case: Case, paper: Paper, form: DecideForm) -> HttpResponseBase:
    given = form.cleaned_data
    verdict = Verdict(given["verdict"])
    try:
        decide_paper(keyring=request.keyring, paper=paper, verdict=verdict, why=given["why"], at=timezone.now())
    except SafeguardRefusedError as refusal:
        notify(request, say(f"safeguarding.refused.{refusal.code}"), level=40)
    else:
        notify(request, say(f"safeguarding.decided.{verdict}"))
    return see_other("safeguarding.case", case.pk)


def _context(
    request: AskedRequest, case: Case, paper: Paper, decision: PaperDecision | None, form: DecideForm | None
) -> dict[str, Any]:
    rows: list[SealedModel] = [paper, *([decision] if decision else [])]
    opened = open_of_record(
        keyring=request.keyring, record=case.record, rows=rows, tiers={Tier.WELFARE}, at=timezone.now()
    )
    values, names = opened[paper.pk], names_of(request, {paper.by, *([decision.by] if decision else [])})
    facts = [signed(paper, names)]
    if values["recommendation"]:
        word = say(f"safeguarding.recommendation.{values['recommendation']}")
        facts.insert(0, (say("safeguarding.field.recommendation"), word))
    covers = values["covers"] if isinstance(values["covers"], list) else []
    if covers:
        covered = ", ".join(say(f"safeguarding.requirement.{each}") for each in covers)
        facts.insert(0, (say("safeguarding.paper.covers"), covered))
    outcome: list[tuple[str, str]] = []
    if decision is not None:
        told = opened[decision.pk]
        outcome = [
            (say("safeguarding.field.verdict"), say(f"safeguarding.verdict.{told['verdict']}")),
            (say("safeguarding.field.verdict_why"), str(told["why"])),
            signed(decision, names),
        ]
    return {
        "case": case,
        "paper": paper,
        "title": say(f"safeguarding.paper.{paper.kind}"),
        "companion": next((each for each in companions(request, case) if each.id == paper.traveller_id), None),
        "facts": facts,
        "members": values["members"] or [],
        "words": values["words"],
        "outcome": outcome,
        "form": form,
        "own": decision is None and paper.by == request.person.pk,
        "back": reverse("safeguarding.case", args=[case.pk]),
    }
