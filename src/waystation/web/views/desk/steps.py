"""Take a case on or back, say what was found, and say how it ended."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from waystation.cases.models import EXITS, RESULTS, SUBJECTS, WHY_NOT_YET
from waystation.cases.services import advance, close_case, judge, set_priority, step_back
from waystation.cases.steps.vocabulary import Priority
from waystation.web.views.desk.doing import Act, Asking, DeskForm, Doing, undo
from waystation.web.views.desk.fields import day, lines, one_of
from waystation.web.wording import say


class JudgeForm(DeskForm):
    """What was found, and of what."""

    subject = one_of("desk.judge.subject", SUBJECTS, "desk.subject", required=True)
    result = one_of("desk.judge.result", RESULTS, "desk.result", required=True, rounds=True)
    reason = one_of("desk.judge.reason", WHY_NOT_YET, "desk.why_not", hint="desk.judge.reason.hint")
    words = lines("desk.words", longest=10_000, hint="desk.judge.words.hint")

    def prepare(self, asking: Asking) -> None:
        """Begin with the subject that the page asked about."""
        asked = asking.request.GET.get("of", "")
        if asked in SUBJECTS:
            self.initial.setdefault("subject", asked)


class ExitForm(DeskForm):
    """How a case ended."""

    outcome = one_of("desk.close.outcome", EXITS, "desk.exit", required=True)
    on = day("desk.close.on")
    words = lines("desk.words", longest=10_000)


class PriorityForm(DeskForm):
    """How soon help is needed."""

    priority = one_of("desk.priority", Priority, "desk.priority", required=True, rounds=True)


def _judge(asking: Asking, given: Mapping[str, Any]) -> str:
    judge(keyring=asking.request.keyring, case=asking.case, at=asking.at, **given)
    return ""


def _close(asking: Asking, given: Mapping[str, Any]) -> str:
    close_case(keyring=asking.request.keyring, case=asking.case, at=asking.at, **given)
    return reverse("cases.reopen", args=[asking.case.pk])


def _priority(asking: Asking, given: Mapping[str, Any]) -> str:
    priority = Priority(given["priority"])
    set_priority(keyring=asking.request.keyring, case=asking.case, priority=priority, at=asking.at)
    return ""


def _advance(asking: Asking) -> str:
    advance(keyring=asking.request.keyring, case=asking.case, at=asking.at)
    return undo("back", asking)


def _back(asking: Asking) -> str:
    step_back(keyring=asking.request.keyring, case=asking.case, at=asking.at)
    return undo("advance", asking)


def subject_title(subject: str) -> str:
    """Return what a subject is called."""
    return say(f"desk.subject.{subject}")


DOINGS = (
    Doing("judge", "judge", JudgeForm, _judge, back="next"),
    Doing("close", "close", ExitForm, _close, url="cases.close"),
    Doing("set_priority", "priority", PriorityForm, _priority),
)
ACTS = (Act("advance", "advance", _advance, back="next"), Act("back", "back", _back, back="next"))
