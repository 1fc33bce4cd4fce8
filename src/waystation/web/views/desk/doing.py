"""What may be done with a case: each is declared once, as a form and the one service it calls."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from waystation.cases.drafts import drop_draft, kept_draft
from waystation.cases.errors import RowChangedError
from waystation.cases.models import Case
from waystation.cases.policies import refuse_closed
from waystation.kernel import BadInputError
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, case_of, see_other
from waystation.web.views.desk.drafts import answer_draft
from waystation.web.views.desk.meanwhile import Difference, differences
from waystation.web.views.desk.refusals import REFUSALS, said
from waystation.web.wording import say

CASE = "cases/<uuid:case_id>"


def _now() -> datetime:
    """Return the time when it is asked for: a default of the class would keep whatever clock stood there first."""
    return timezone.now()


@dataclass(frozen=True)
class Asking:
    """Who asks, about which case, with what else in the address, and when."""

    request: AskedRequest
    case: Case
    arguments: Mapping[str, Any] = field(default_factory=dict)
    at: datetime = field(default_factory=_now)

    @property
    def row_id(self) -> UUID:
        """The id of the row that the address names."""
        found: UUID = self.arguments["row_id"]
        return found


class DeskForm(forms.Form):
    """A form about a case; `prepare` offers what depends on the case and on who asks."""

    def prepare(self, asking: Asking) -> None:
        """Fill in choices; nothing by default."""

    def seen(self, asking: Asking) -> dict[str, Any]:
        """Return what is saved now, for a form that changes something; nothing by default."""
        return {}


Do = Callable[[Asking, Mapping[str, Any]], str]
"""Calls one service with what was given; returns the address that undoes it, empty where nothing does."""


@dataclass(frozen=True)
class Doing:
    """One thing that may be done with a case on a page of its own.

    Attributes
    ----------
    name
        ``desk.<name>`` is the URL's name, ``desk.<name>.title``, ``.submit`` and ``.done`` are its texts; ``.why`` may be.
    address
        What follows the case's own address.
    back
        The part of the case's page that one comes back to.
    url
        The URL's name, where it is not ``desk.<name>``.
    """

    name: str
    address: str
    form: type[DeskForm]
    do: Do
    back: str = ""
    url: str = ""

    @property
    def route(self) -> URLPattern:
        """Its address."""
        route: URLPattern = path(f"{CASE}/{self.address}", _form_view(self), name=self.url or f"desk.{self.name}")
        return route


@dataclass(frozen=True)
class Act:
    """One thing that is done by a button, without a page; most can be undone."""

    name: str
    address: str
    do: Callable[[Asking], str]
    back: str = ""

    @property
    def route(self) -> URLPattern:
        """Its address."""
        route: URLPattern = path(f"{CASE}/{self.address}", _act_view(self), name=f"desk.{self.name}")
        return route


def undo(name: str, asking: Asking, *arguments: object) -> str:
    """Return the address of what takes something back."""
    return reverse(f"desk.{name}", args=[asking.case.pk, *arguments])


def back_to(case_id: UUID, part: str) -> str:
    """Return the address of a part of a case's page."""
    return reverse("cases.page", args=[case_id]) + (f"#{part}" if part else "")


def _form_view(doing: Doing) -> Any:
    @require_http_methods(["GET", "POST"])
    @answering_refusals
    def view(request: AskedRequest, /, case_id: UUID, **arguments: Any) -> HttpResponseBase:
        case = case_of(case_id)
        refuse_closed(case)
        asking = Asking(request, case, arguments)
        try:
            return _answer(doing, asking)
        except ObjectDoesNotExist:
            raise Http404 from None

    return view


def _act_view(act: Act) -> Any:
    @require_POST
    @answering_refusals
    def view(request: AskedRequest, /, case_id: UUID, **arguments: Any) -> HttpResponseBase:
        asking = Asking(request, case_of(case_id), arguments)
        try:
            undo_url = act.do(asking)
        except ObjectDoesNotExist:
            raise Http404 from None
        except REFUSALS as refusal:
            notify(request, " ".join(said(refusal)), level=40)
        else:
            notify(request, say(f"desk.{act.name}.done"), undo_url=undo_url)
        return see_other(back_to(case_id, act.back))

    return view


def _answer(doing: Doing, asking: Asking) -> HttpResponseBase:
    request, about = asking.request, asking.arguments.get("row_id", asking.case.pk)
    if request.method == "GET":
        kept = kept_draft(keyring=request.keyring, form=doing.name, about=about)
        form = _unsent(doing, asking, kept[0]) if kept else doing.form(initial=_known(doing, asking))
        form.prepare(asking)
        return _page(doing, asking, form, restored=kept[1] if kept else None)
    answered = answer_draft(request, doing.name, about)
    if answered is not None:
        return answered
    form = doing.form(request.POST)
    form.prepare(asking)
    if not form.is_valid():
        return _page(doing, asking, form, status=422)
    try:
        undo_url = doing.do(asking, form.cleaned_data)
    except BadInputError:
        form.add_error(None, say("cases.refused"))
    except RowChangedError:
        return _both(doing, asking, form)
    except REFUSALS as refusal:
        for line in said(refusal):
            form.add_error(None, line)
    else:
        drop_draft(keyring=request.keyring, form=doing.name, about=about)
        notify(request, say(f"desk.{doing.name}.done"), undo_url=undo_url)
        return see_other(back_to(asking.case.pk, doing.back))
    return _page(doing, asking, form, status=422)


def _both(doing: Doing, asking: Asking, form: DeskForm) -> HttpResponseBase:
    """Show what a colleague saved meanwhile beside what was typed, in a form that would save what was typed over it."""
    now = _known(doing, asking)
    given = asking.request.POST.copy()
    given["version"] = str(now["version"])
    again = doing.form(given)
    again.prepare(asking)
    return _page(doing, asking, again, status=409, meanwhile=differences(form, now))


def _known(doing: Doing, asking: Asking) -> dict[str, Any]:
    return doing.form().seen(asking)


def _unsent(doing: Doing, asking: Asking, typed: Mapping[str, list[str]]) -> DeskForm:
    """Return the form with what was typed, without yet saying what is wrong with it."""
    given = QueryDict(mutable=True)
    for name, values in typed.items():
        given.setlist(name, values)
    bound = doing.form(given)
    bound.prepare(asking)
    shown = {name: each.widget.value_from_datadict(given, {}, name) for name, each in bound.fields.items()}
    return doing.form(initial={**_known(doing, asking), **shown})


def _page(
    doing: Doing,
    asking: Asking,
    form: DeskForm,
    status: int = 200,
    restored: datetime | None = None,
    meanwhile: Sequence[Difference] = (),
) -> HttpResponseBase:
    context = {
        "case": asking.case,
        "form": form,
        "title": f"desk.{doing.name}.title",
        "why": f"desk.{doing.name}.why",
        "send": f"desk.{doing.name}.submit",
        "back": back_to(asking.case.pk, doing.back),
        "restored": restored,
        "differences": meanwhile,
    }
    return render(asking.request, "web/desk/form.html", context, status=status)
