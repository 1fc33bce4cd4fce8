"""A case on its way through the desk, as the tests of its services take it there."""

from typing import Any
from uuid import UUID

from tests.office import Office
from tests.unit.cases.people import saved
from tests.unit.consent.answers import answered
from tests.unit.safeguarding.children import Child
from waystation.cases.models import Case, Decision, Event, Traveller
from waystation.cases.services import (
    FirstCall,
    add_traveller,
    advance,
    decide,
    judge,
    recommend,
    take_request,
)
from waystation.cases.steps.vocabulary import Step
from waystation.cases.summary import Summary
from waystation.consent.purposes import Purpose

CALL: dict[str, Any] = {
    "asker": "relative",
    "asker_name": "Baek Du-ri",
    "for_whom": "Pak Un-ju 박은주",
    "heads": {"18-59": 2, "5-11": 1},
    "contact_consent": "yes",
    "answer_way": "message",
    "answer_address": "the blue notebook",
    "answer_time": "after ten at night",
    "language": "ko",
    "region": "the northern province",
    "danger": "they were asked about by name",
}


def asked(office: Office, **values: Any) -> Case:
    """Take a first call."""
    call = FirstCall(**{**CALL, **values})
    return take_request(keyring=office.keyring("caseworker"), call=call, at=office.later())


def summary(office: Office, case: Case, by: str = "director") -> Summary:
    """Return where a case stands, told by somebody who may know."""
    given: Any = office.keyring(by).open(saved(case.pk), "summary")["summary"]
    return Summary.from_json(given)


def ruled(office: Office, case: Case, subject: str, by: str = "caseworker", **values: Any) -> None:
    """Judge that a subject is done."""
    given = {"result": "done", **values}
    judge(keyring=office.keyring(by), case=case, subject=subject, at=office.later(), **given)


def person(office: Office, case: Case, band: str = "18-59", **values: Any) -> UUID:
    """Put a person on a case; return their id."""
    told = {"names": [{"text": "Han Sol", "script": "latin", "kind": "full"}], "age_band": band, **values}
    return add_traveller(keyring=office.keyring("caseworker"), case=case, values=told, at=office.later()).pk


def on(office: Office, case: Case, steps: int = 1, by: str = "caseworker") -> None:
    """Take a case some steps on."""
    for _ in range(steps):
        advance(keyring=office.keyring(by), case=case, at=office.later())


def to_decision(office: Office, **values: Any) -> Case:
    """Return a case of one adult that waits for its decision."""
    case = asked(office, **{"heads": {"18-59": 1}, **values})
    person(office, case)
    on(office, case)
    for subject in ("verification", "screening", "assessment"):
        ruled(office, case, subject)
        on(office, case)
    assert summary(office, case).step is Step.DECISION
    return case


def recommended(
    office: Office, case: Case, outcome: str = "accepted", by: str = "caseworker", **values: Any
) -> Decision:
    """Recommend an outcome."""
    told = {"reason": "other", "words": "all of it holds together", "language": "en", **values}
    return recommend(keyring=office.keyring(by), case=case, outcome=outcome, at=office.later(), **told)


def decided(office: Office, case: Case, outcome: str = "accepted", by: str = "case_lead", **values: Any) -> Decision:
    """Decide as two people."""
    row = recommended(office, case, outcome, **values)
    return decide(keyring=office.keyring(by), case=case, decision_id=row.pk, agreed=True, at=office.later())


def agreed_to_go(office: Office, case: Case, *travellers: UUID) -> None:
    """Let travellers, or everybody on the case, say yes to the journey, and a person decide that nobody is trafficked."""
    everybody = Traveller.objects.filter(record=case.record, gone_at=None).values_list("pk", flat=True)
    for each in travellers or everybody:
        for purpose in (Purpose.CASEWORK, Purpose.MOVEMENT):
            answered(office, case.record, each, purpose)
        child = Child(office, case.record)
        child.id = each
        child.screened()


def to_plan(office: Office) -> Case:
    """Return an accepted case of one adult who agreed to the journey."""
    case = to_decision(office)
    agreed_to_go(office, case)
    decided(office, case)
    on(office, case)
    return case


def told(office: Office, case: Case) -> list[dict[str, Any]]:
    """Return what happened to a case, the oldest first."""
    rows = Event.objects.filter(record=case.record).select_related("record").order_by("case_version")
    found: Any = [office.keyring("director").open(row, "told")["told"] for row in rows]
    return list(found)
