from datetime import UTC, datetime
from uuid import UUID

from waystation.safeguarding.models import ChildFacts, Screen, StatusDecision
from waystation.web.views.safeguarding.shown import shown_facts, shown_screen, shown_status, signed

WHO, AT = UUID(int=5), datetime(2031, 3, 1, 9, 30, tzinfo=UTC)
NAMES = {WHO: "Somebody Here"}


def test_who_wrote_it_and_when_is_always_said() -> None:
    row = Screen(by=WHO, at=AT)
    assert signed(row, NAMES)[1] == "Somebody Here, 2031-03-01 09:30 UTC"
    assert signed(row, {})[1].startswith("Somebody who left")


def test_a_screen_leaves_out_what_was_left_open() -> None:
    opened = dict.fromkeys(Screen.sealed_fields()) | {"means": ["DebtBondage", "Other"], "words": "alone"}
    facts = shown_screen(Screen(by=WHO, at=AT), opened, NAMES)
    assert [value for _, value in facts[:-1]] == ["A debt they are made to work off, Otherwise", "alone"]


def test_a_status_is_said_with_who_and_why() -> None:
    opened = {"status": "NotAVictimOfTrafficking", "decided_by_kind": "NGO", "decided_by": "the lead", "why": "asked"}
    values = [value for _, value in shown_status(StatusDecision(by=WHO, at=AT), opened, NAMES)]
    assert values[:3] == ["Not a victim of trafficking", "the lead (An organisation such as ours)", "asked"]


def test_facts_are_said_with_evidence_and_grade() -> None:
    opened = {
        "age": "disputed",
        "care": "separated",
        "care_evidence": "with an aunt",
        "care_grade": "child",
        "mother": "alive",
        "father": "unsafe",
        "parents_evidence": "a letter",
        "parents_grade": "document",
    }
    values = [value for _, value in shown_facts(ChildFacts(by=WHO, at=AT), opened, NAMES)]
    assert values[0] == "Disputed"
    assert {"with an aunt", "The child says so", "Not safe for the child", "By a document"} <= set(values)
