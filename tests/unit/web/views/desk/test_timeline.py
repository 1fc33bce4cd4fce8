from uuid import UUID

import pytest
from django.utils.translation import override

from waystation.cases.models import EventKind
from waystation.web.views.desk.timeline import said_event
from waystation.web.wording import LANGUAGES

SOMEBODY = UUID(int=7)
FACTS: dict[str, object] = {
    "to": "screening",
    "subject": "screening",
    "result": "cannot_yet",
    "reason": "no_answer",
    "paper": "birth",
    "what": "verify",
    "outcome": "declined",
    "service": "legal",
    "answer": "accepted",
}
OF_KIND: dict[EventKind, dict[str, object]] = {
    EventKind.PRIORITY_SET: {"to": "urgent"},
    EventKind.FLAG_RAISED: {"reason": "medical"},
    EventKind.FLAG_LOWERED: {"reason": "medical"},
    EventKind.RECOMMENDED: {"reason": "not_truthful"},
    EventKind.DECIDED: {"reason": "not_truthful"},
    EventKind.HANDED_OVER: {"to": str(SOMEBODY)},
    EventKind.ACCESS_GIVEN: {"to": str(SOMEBODY), "parts": ["movement"]},
    EventKind.ACCESS_TAKEN: {"to": str(SOMEBODY), "parts": ["movement", "welfare"]},
    EventKind.REFERRED: {"what": "transfer"},
    EventKind.LEFT: {"outcome": "arrived"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_may_happen_is_said(language: str) -> None:
    with override(language):
        for kind in EventKind:
            told = {"kind": str(kind), **FACTS, **OF_KIND.get(kind, {})}
            assert said_event(told, {SOMEBODY: "Marta"})


def test_who_and_why_are_named() -> None:
    with override("en"):
        handed = {"kind": "handed_over", "to": str(SOMEBODY)}
        assert said_event(handed, {SOMEBODY: "Marta"}) == "handed the case to Marta"
        assert said_event(handed, {}) == "handed the case to Somebody who left"
        judged = {"kind": "judged", "subject": "verification", "result": "cannot_yet", "reason": "no_answer"}
        assert said_event(judged, {}) == "Verification: It cannot go on yet (no answer)"
