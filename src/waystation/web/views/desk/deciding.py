"""Recommend, decide as the second person, and write the answer to whoever asked."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from waystation.accounts.openings import open_fields
from waystation.cases.letters.draft import LANGUAGES, direction
from waystation.cases.models import OUTCOMES, REASONS, SPOKEN, Decision, Request
from waystation.cases.services import decide, recommend, write_letter
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, case_of
from waystation.web.views.desk.doing import CASE, Asking, DeskForm, Doing, back_to
from waystation.web.views.desk.fields import day, lines, one_of, version
from waystation.web.wording import say, say_lazy


class RecommendForm(DeskForm):
    """What somebody recommends."""

    outcome = one_of("desk.decision.outcome", OUTCOMES, "desk.outcome", required=True, rounds=True)
    reason = forms.ChoiceField(label=say_lazy("desk.decision.reason"))
    words = lines("desk.decision.words", longest=10_000, rows=5, required=True, hint="desk.decision.words.hint")
    review_on = day("desk.decision.review_on")
    language = one_of("desk.decision.language", LANGUAGES, "desk.language", required=True)

    def prepare(self, asking: Asking) -> None:
        """Offer the reasons, each under the outcome it belongs to."""
        grouped = [
            (
                say(f"desk.outcome.{outcome}"),
                [(f"{outcome}.{word}", say(f"desk.reason.{outcome}.{word}")) for word in words],
            )
            for outcome, words in REASONS.items()
        ]
        self.fields["reason"].choices = [("", say("desk.choose")), *grouped]  # type: ignore[attr-defined] # a ChoiceField
        self.fields["review_on"].help_text = say("desk.decision.review_on.hint")

    def seen(self, asking: Asking) -> dict[str, Any]:
        """Begin with the language that the first call was in."""
        row = Request.objects.filter(record=asking.case.record).select_related("record").first()
        if row is None:
            return {}
        spoken = open_fields(keyring=asking.request.keyring, row=row, fields=("language",), at=asking.at)["language"]
        return {"language": spoken if spoken in LANGUAGES else "en"}

    def clean(self) -> dict[str, Any]:
        """Refuse a reason of another outcome."""
        given = super().clean() or {}
        outcome, reason = given.get("outcome", ""), given.get("reason", "")
        if outcome and reason and not reason.startswith(f"{outcome}."):
            self.add_error("reason", say("desk.decision.reason.other"))
        return given


class DecideForm(DeskForm):
    """What the second person says."""

    answer = one_of("desk.decision.answer", ("agreed", "sent_back"), "desk.answer", required=True, rounds=True)
    words = lines("desk.words", longest=10_000, hint="desk.decide.words.hint")


class LetterForm(DeskForm):
    """The answer to whoever asked."""

    version = version()
    language = one_of("desk.decision.language", SPOKEN, "desk.language", required=True)
    letter = lines("desk.letter.text", longest=20_000, rows=18, required=True)

    def prepare(self, asking: Asking) -> None:
        """Let the text be written in its own direction."""
        self.fields["letter"].widget.attrs["dir"] = "auto"

    def seen(self, asking: Asking) -> dict[str, Any]:
        """Open the letter as it is."""
        row = _decision(asking)
        told = open_fields(keyring=asking.request.keyring, row=row, fields=("language", "letter"), at=asking.at)
        return {**told, "version": row.version}


@require_safe
@answering_refusals
def letter(request: AskedRequest, case_id: UUID, row_id: UUID) -> HttpResponseBase:
    """Show the answer as it is read out or printed, in its own language and direction, and nothing of the case but its code."""
    case = case_of(case_id)
    row = Decision.objects.select_related("record").filter(pk=row_id, record=case.record, gone_at=None).first()
    if row is None:
        raise Http404
    told = open_fields(keyring=request.keyring, row=row, fields=("language", "letter", "answer"), at=timezone.now())
    spoken = str(told["language"] or "en")
    context = {
        "case": case,
        "letter": told["letter"] or "",
        "spoken": spoken,
        "direction": direction(spoken),
        "decided": told["answer"] == "agreed",
        "row": row,
        "back": back_to(case_id, "decision"),
    }
    return render(request, "web/desk/letter.html", context)


def _decision(asking: Asking) -> Decision:
    return Decision.objects.select_related("record").get(pk=asking.row_id, record=asking.case.record, gone_at=None)


def _recommend(asking: Asking, given: Mapping[str, Any]) -> str:
    reason = given["reason"].split(".", 1)[1]
    kept = {name: given[name] for name in ("outcome", "words", "review_on", "language")}
    recommend(keyring=asking.request.keyring, case=asking.case, reason=reason, at=asking.at, **kept)
    return ""


def _decide(asking: Asking, given: Mapping[str, Any]) -> str:
    keyring, agreed = asking.request.keyring, given["answer"] == "agreed"
    row, words = asking.row_id, given["words"]
    decide(keyring=keyring, case=asking.case, decision_id=row, agreed=agreed, words=words, at=asking.at)
    return ""


def _letter(asking: Asking, given: Mapping[str, Any]) -> str:
    write_letter(
        keyring=asking.request.keyring,
        case=asking.case,
        decision_id=asking.row_id,
        seen_version=given["version"] or 0,
        language=given["language"],
        letter=given["letter"],
        at=asking.at,
    )
    return ""


DOINGS = (
    Doing("recommend", "decisions/new", RecommendForm, _recommend, back="decision"),
    Doing("decide", "decisions/<uuid:row_id>", DecideForm, _decide, back="decision"),
    Doing("letter_change", "decisions/<uuid:row_id>/letter/change", LetterForm, _letter, back="decision"),
)
ROUTES = [path(f"{CASE}/decisions/<uuid:row_id>/letter", letter, name="desk.letter")]
