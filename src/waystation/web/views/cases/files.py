"""Files of a case: sealed while they come in, opened while they go out; never whole in memory, never readable on disk."""

from typing import Any
from uuid import UUID

from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from waystation.accounts.permissions import Action, allowed_tiers
from waystation.cases.models import Case
from waystation.cases.openings import open_case_file
from waystation.cases.policies import refuse_closed
from waystation.cases.services import attach_file
from waystation.kernel import BadInputError
from waystation.store.models import SealedFile
from waystation.store.tiers import Tier
from waystation.vault import TooLargeError
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, case_of, see_other
from waystation.web.views.cases.forms import FileForm
from waystation.web.wording import say


@require_http_methods(["GET", "POST"])
@answering_refusals
def attach(request: AskedRequest, case_id: UUID) -> HttpResponseBase:
    """Ask for a file, or keep the one that was sent."""
    case = case_of(case_id)
    refuse_closed(case)
    tiers = allowed_tiers(request.person, Action.CASE_CHANGE, case.record, request.keyring)
    form = FileForm(tiers, request.POST or None, request.FILES or None) if request.method == "POST" else FileForm(tiers)
    if request.method == "GET":
        return _page(request, case, form)
    if not form.is_valid():
        return _page(request, case, form, 422)
    if getattr(form.cleaned_data["file"], "too_large", False):
        form.add_error("file", say("cases.file.too_large"))
        return _page(request, case, form, 422)
    sent, tier = form.cleaned_data["file"], Tier(form.cleaned_data["tier"])
    try:
        attach_file(keyring=request.keyring, case=case, tier=tier, source=sent.file, name=sent.name, at=timezone.now())
    except TooLargeError:
        form.add_error("file", say("cases.file.too_large"))
        return _page(request, case, form, 422)
    except BadInputError:
        form.add_error("file", say("cases.refused"))
        return _page(request, case, form, 422)
    notify(request, say("cases.file.kept"))
    return see_other("cases.page", case.pk)


@require_safe
@answering_refusals
def download(request: AskedRequest, case_id: UUID, file_id: UUID, own_name: bool = False) -> HttpResponseBase:
    """Send a file. Its name on the reader's disk is neutral unless its own was asked for; its kind is never told."""
    case = case_of(case_id)
    try:
        opened = open_case_file(keyring=request.keyring, case=case, file_id=file_id, at=timezone.now())
    except SealedFile.DoesNotExist:
        raise Http404 from None
    name = opened.name if own_name else say("cases.file.neutral")
    answer = StreamingHttpResponse(opened.chunks, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def _page(request: AskedRequest, case: Case, form: FileForm, status: int = 200) -> HttpResponseBase:
    context: dict[str, Any] = {"case": case, "form": form, "back": reverse("cases.page", args=[case.pk])}
    return render(request, "web/cases/attach.html", context, status=status)
