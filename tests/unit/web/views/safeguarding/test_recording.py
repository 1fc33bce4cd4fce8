from typing import Any

import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import entered, page
from tests.unit.safeguarding.children import trained

from waystation.cases.models import Case
from waystation.cases.services import close_case
from waystation.safeguarding.models import ChildFacts, Paper, Screen, StatusDecision

pytestmark = pytest.mark.django_db
STATUS = {"status": "NotAVictimOfTrafficking", "decided_by_kind": "NGO", "decided_by": "the lead", "why": "asked twice"}
CARE = {
    "age": "child",
    "care": "separated",
    "care_evidence": "with an aunt",
    "care_grade": "single",
    "mother": "alive",
    "father": "unknown",
    "parents_evidence": "the aunt says so",
    "parents_grade": "single",
}
PANEL = {f"name_{seat}": f"Member {seat}" for seat in (1, 2, 3)} | {f"role_{seat}": "doctor" for seat in (1, 2, 3)}


def sent(office: Office, case: Case, verb: str, given: dict[str, Any], key: str = "case_lead") -> Any:
    return office.client(key).post(reverse(f"safeguarding.{verb}", args=[case.pk, case.pk]), given)


def test_every_form_is_shown_and_what_it_says_is_kept(office: Office) -> None:
    case = entered(office)
    trained(office, "case_lead")
    given: dict[str, dict[str, Any]] = {
        "screen": {"means": ["WithholdsDocuments"], "indicators": ["threats"], "words": "alone with her"},
        "status": STATUS,
        "care": CARE,
        "assess": {"words": "an uncle waits", "recommendation": "go"},
        "determine": {**PANEL, "words": "heard the child", "recommendation": "go"},
        "override": {"words": "in danger where they are"},
    }
    client = office.client("case_lead")
    for verb, values in given.items():
        address = reverse(f"safeguarding.{verb}", args=[case.pk, case.pk])
        assert client.get(address).status_code == 200
        assert client.post(address, {}).status_code == 422, verb
        answer = client.post(address, values)
        assert (answer.status_code, answer.headers["Location"]) == (303, reverse("safeguarding.case", args=[case.pk]))
    counts = [model.objects.count() for model in (Screen, StatusDecision, ChildFacts, Paper)]
    assert counts == [1, 1, 1, 3]


def test_a_rule_that_refuses_is_said_above_the_form_and_what_was_typed_is_kept(office: Office) -> None:
    case = entered(office)
    answer = sent(office, case, "assess", {"words": "an uncle waits there", "recommendation": "go"})
    assert answer.status_code == 422
    assert "no certificate of yours" in page(answer)
    assert "an uncle waits there" in page(answer)
    twice = {**PANEL, "name_3": "Member 1", "words": "heard", "recommendation": "go"}
    assert "three or more different people" in page(sent(office, case, "determine", twice))
    assert not Paper.objects.exists()


def test_who_may_not_is_refused_and_a_closed_case_takes_nothing(office: Office) -> None:
    case = entered(office)
    assert sent(office, case, "status", STATUS, "caseworker").status_code == 403
    close_case(keyring=office.keyring("case_lead"), case=case, outcome="withdrew", at=office.later())
    assert sent(office, case, "status", STATUS).status_code == 303
    assert not StatusDecision.objects.exists()
