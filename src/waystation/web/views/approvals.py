"""The second person: asked from one's own page, agreeing here with a passphrase or from a session of their own."""

from math import ceil
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from waystation.accounts.errors import NotPermittedError
from waystation.accounts.models import Approval, Person
from waystation.accounts.permissions import Action, may
from waystation.accounts.queries import colleagues, keyring_of
from waystation.accounts.services import approve, ask_leave
from waystation.accounts.services.leave import open_questions
from waystation.kernel import RuleRefusedError
from waystation.store.keyring import Keyring
from waystation.store.models import Record
from waystation.vault import TamperedError, WrongSecretError
from waystation.web.commands import Command
from waystation.web.notices import notify
from waystation.web.tiles import Tile, TileSource
from waystation.web.views.people.seated import SeatedRequest, see_other
from waystation.web.wording import say, say_lazy


class QuestionForm(forms.Form):
    """What leave is asked for. It is posted by the page that was refused."""

    purpose = forms.ChoiceField(choices=[(purpose, purpose) for purpose in Approval.PURPOSES])
    record = forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        """Demand a record where leave is for an act on one."""
        given = super().clean() or {}
        if given.get("purpose") != "openings" and not given.get("record"):
            self.add_error("record", "")
        return given


class SecondForm(forms.Form):
    """The second person's own passphrase, typed by themselves."""

    question = forms.UUIDField(widget=forms.HiddenInput)
    passphrase = forms.CharField(
        label=say_lazy("approvals.passphrase"),
        help_text=say_lazy("approvals.passphrase.hint"),
        error_messages={"required": say_lazy("approvals.passphrase.wrong")},
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


@require_safe
def approvals(request: SeatedRequest) -> HttpResponse:
    """List what I asked for, and what others ask of me."""
    return _page(request, {})


@require_POST
def ask(request: SeatedRequest) -> HttpResponse:
    """Ask for a second person's leave."""
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    record = Record.objects.filter(pk=form.cleaned_data["record"]).first()
    try:
        ask_leave(keyring=request.keyring, purpose=form.cleaned_data["purpose"], record=record, at=now())
    except NotPermittedError:
        raise PermissionDenied from None
    notify(request, say("approvals.asked"))
    return see_other("approvals.list")


@require_POST
def here(request: SeatedRequest) -> HttpResponse:
    """Let the second person agree on the first one's page, with a passphrase of their own."""
    form = SecondForm(request.POST)
    if not form.is_valid():
        return _page(request, {_question_id(form): form}, 422)
    question = open_questions(at=now()).filter(pk=form.cleaned_data["question"], for_person=request.person).first()
    if question is None:
        notify(request, say("approvals.gone"), level=30)
        return see_other("approvals.list")
    try:
        _give(keyring_of(request.desk.open_second(form.cleaned_data["passphrase"])), question)
    except WrongSecretError:
        form.add_error("passphrase", say("approvals.passphrase.wrong"))
    except (NotPermittedError, TamperedError):
        form.add_error("passphrase", say("approvals.passphrase.not_you"))
    except RuleRefusedError:
        wait = max(1, ceil(request.desk.seconds_to_wait()))
        form.add_error("passphrase", say("people.passphrase.too_soon", count=wait))
    if form.errors:
        return _page(request, {question.pk: form}, 422)
    notify(request, say("approvals.given"))
    return see_other("approvals.list")


@require_POST
def give(request: SeatedRequest, approval_id: UUID) -> HttpResponse:
    """Agree from one's own session."""
    question = open_questions(at=now()).filter(pk=approval_id).first()
    if question is None:
        notify(request, say("approvals.gone"), level=30)
        return see_other("approvals.list")
    try:
        _give(request.keyring, question)
    except NotPermittedError:
        notify(request, say("approvals.passphrase.not_you"), level=30)
    else:
        notify(request, say("approvals.given"))
    return see_other("approvals.list")


def _give(second: Keyring, question: Approval) -> None:
    approve(
        keyring_of_second=second,
        for_person=question.for_person_id,
        purpose=question.purpose,
        record_id=question.record_id,
        at=now(),
    )


def _question_id(form: SecondForm) -> UUID | None:
    return form.cleaned_data.get("question")


def _page(request: SeatedRequest, forms_by_question: dict[UUID | None, SecondForm], status: int = 200) -> HttpResponse:
    questions = open_questions(at=now())
    asked = [
        {"question": one, "form": forms_by_question.get(one.pk) or SecondForm(initial={"question": one.pk})}
        for one in questions.filter(for_person=request.person)
    ]
    others = list(questions.exclude(for_person=request.person)) if may(request.person, Action.SECOND_PERSON) else []
    names = colleagues(request.keyring, [one.for_person for one in others])
    waiting = [{"question": one, "name": names[one.for_person_id]} for one in others]
    good = Approval.objects.filter(for_person=request.person, until__gte=now(), used_at=None)
    called = colleagues(request.keyring, Person.objects.filter(pk__in=good.values("by")).select_related("record"))
    given = [{"leave": leave, "name": called[leave.by_id] if leave.by_id else ""} for leave in good]
    context = {"asked": asked, "waiting": waiting, "given": given}
    return render(request, "web/approvals/list.html", context, status=status)


def _tiles(request: HttpRequest) -> list[Tile]:
    person: Person = request.person  # type: ignore[attr-defined] # tiles are counted for whoever has unlocked
    count = open_questions(at=now()).exclude(for_person=person).count()
    return [Tile(say("approvals.waiting"), count, reverse("approvals.list"), "warning")] if count else []


urlpatterns = [
    path("approvals", approvals, name="approvals.list"),
    path("approvals/ask", ask, name="approvals.ask"),
    path("approvals/here", here, name="approvals.here"),
    path("approvals/<uuid:approval_id>/give", give, name="approvals.give"),
]
COMMANDS = [Command("approvals.title", "approvals.list", key="g 2")]
TILES = [TileSource(_tiles, action=Action.SECOND_PERSON)]
