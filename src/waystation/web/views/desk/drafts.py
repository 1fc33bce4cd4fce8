"""Keep what is typed while it is typed, sealed to whoever types it: a page's own address takes its drafts."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from waystation.cases.drafts import drop_draft, keep_draft
from waystation.cases.models.draft import NOTHING
from waystation.kernel import BadInputError
from waystation.web.views.cases.asked import AskedRequest

AS_DRAFT = "X-Draft"
"""A form that is posted with this header is kept and not sent."""
DROP = "drop"
"""A form that holds this field asks to drop what was kept."""
LEFT_OUT = frozenset({"csrfmiddlewaretoken", DROP})
"""What a form sends that nobody typed."""


def answer_draft(
    request: AskedRequest, form: str, about: UUID = NOTHING, before: Mapping[str, Sequence[str]] | None = None
) -> HttpResponseBase | None:
    """Keep or drop a draft if that is what a post asks for; None if it does not.

    Parameters
    ----------
    before
        What was kept already of a form of several pages: the answers of the others stay.
    """
    if DROP in request.POST:
        drop_draft(keyring=request.keyring, form=form, about=about)
        return redirect(request.path, permanent=False)
    if AS_DRAFT not in request.headers:
        return None
    typed = {name: [str(value) for value in values] for name, values in request.POST.lists() if name not in LEFT_OUT}
    try:
        keep_draft(
            keyring=request.keyring, form=form, about=about, typed={**(before or {}), **typed}, at=timezone.now()
        )
    except BadInputError:
        raise BadRequest from None
    return HttpResponse(status=204)
