from datetime import timedelta
from typing import Any

import pytest

from tests.office import Office
from waystation.accounts.errors import NotPermittedError
from waystation.accounts.services import change_roles, settle
from waystation.audit.models import Entry
from waystation.safeguarding.deadlines import DEADLINES, Gravity
from waystation.safeguarding.errors import SafeguardRefusedError
from waystation.safeguarding.models import Complaint, ComplaintStep, Origin, Outcome
from waystation.safeguarding.services import (
    Heard,
    acknowledge_complaint,
    answer_complaint,
    hand_over_complaint,
    note_on_complaint,
    receive_complaint,
)
from waystation.safeguarding.services.complaints import NOBODY
from waystation.store.models import Record
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db


def received(office: Office, by: str = "caseworker", about: tuple[str, ...] = (), **more: Any) -> Complaint:
    accused = [office.id(key) for key in about]
    heard = Heard(Origin.TRAVELLER, Gravity.HARM, "he asked for money", about=accused, **more)
    return receive_complaint(keyring=office.keyring(by), heard=heard, at=office.later())


def holders(office: Office, complaint: Complaint) -> set[str]:
    """Return who opens the complaint, asked with everybody's own keys; each has settled first, as on unlocking."""
    for key in office.opened:
        settle(keyring=office.keyring(key), at=office.later())
    return {key for key in office.opened if office.keyring(key).tiers_of(complaint.record)}


@pytest.mark.parametrize(
    ("about", "handled_by"),
    [
        ((), {"safeguarding"}),
        (("case_lead",), {"safeguarding"}),
        (("safeguarding",), {"director"}),
        (("director",), {"auditor"}),
        (("director", "finance"), {"auditor"}),
    ],
)
def test_whom_it_is_about_and_who_reports_to_them_never_hold_a_key(
    office: Office, about: tuple[str, ...], handled_by: set[str]
) -> None:
    complaint = received(office, about=about)
    assert holders(office, complaint) == handled_by
    assert not set(about) & handled_by


def test_whoever_writes_it_down_does_not_keep_it(office: Office) -> None:
    complaint = received(office, complainant="Sengdara", contact="through the house")
    with pytest.raises(NotPermittedError):
        note_on_complaint(keyring=office.keyring("caseworker"), complaint=complaint, words="x", at=office.later())
    kept = office.keyring("safeguarding").open(Complaint.objects.get(pk=complaint.pk))
    assert (kept["complainant"], kept["words"], kept["origin"]) == ("Sengdara", "he asked for money", "traveller")


def test_it_may_stay_without_a_name(office: Office) -> None:
    complaint = received(office)
    read = office.keyring("safeguarding").open(Complaint.objects.get(pk=complaint.pk), "complainant", "contact")
    assert read == {"complainant": None, "contact": None}
    assert [step.by for step in ComplaintStep.objects.all()] == [NOBODY], (
        "nor who wrote it down: it may be the same person"
    )
    named = received(office, complainant="Sengdara")
    assert named.steps.get().by == office.id("caseworker")


def test_a_handler_who_writes_it_down_keeps_it(office: Office) -> None:
    assert holders(office, received(office, by="safeguarding")) == {"safeguarding"}


def test_whom_the_complainant_names_is_kept_away_too(office: Office) -> None:
    complaint = received(office, keep_away=[office.id("safeguarding")])
    assert holders(office, complaint) == {"director"}


def test_the_accused_writes_no_complaint_about_themself_and_none_is_lost_in_silence(office: Office) -> None:
    for by, about, away, code in (
        ("case_lead", ("case_lead",), (), "accused"),
        ("caseworker", ("director",), ("auditor",), "nobody_to_handle"),
    ):
        records = Record.objects.count()
        with pytest.raises(SafeguardRefusedError) as refused:
            received(office, by=by, about=about, keep_away=[office.id(key) for key in away])
        assert refused.value.code == code
        assert (Complaint.objects.count(), Record.objects.count()) == (0, records)


def test_deadlines_follow_from_how_grave_it_is(office: Office) -> None:
    complaint = received(office)
    span = DEADLINES[Gravity.HARM]
    assert complaint.acknowledge_by - complaint.received_at == span.acknowledge == timedelta(days=1)
    assert complaint.answer_by - complaint.received_at == span.answer


def test_from_received_to_answered_in_steps(office: Office) -> None:
    complaint, keyring = received(office), office.keyring("safeguarding")
    with pytest.raises(SafeguardRefusedError) as early:
        answer_complaint(keyring=keyring, complaint=complaint, outcome=Outcome.UPHELD, words="x", at=office.later())
    acknowledge_complaint(keyring=keyring, complaint=complaint, words="told her by phone", at=office.later())
    with pytest.raises(SafeguardRefusedError) as twice:
        acknowledge_complaint(keyring=keyring, complaint=complaint, words="again", at=office.later())
    note_on_complaint(keyring=keyring, complaint=complaint, words="heard two people", at=office.later())
    done = answer_complaint(
        keyring=keyring, complaint=complaint, outcome=Outcome.PARTLY, words="he was moved", at=office.later()
    )
    with pytest.raises(SafeguardRefusedError) as late:
        note_on_complaint(keyring=keyring, complaint=complaint, words="more", at=office.later())
    assert [each.value.code for each in (early, twice, late)] == ["not_acknowledged", "acknowledged", "closed"]
    assert done.closed_at == Complaint.objects.get().closed_at
    steps = list(ComplaintStep.objects.order_by("at"))
    assert [step.kind for step in steps] == ["received", "acknowledged", "noted", "answered"]
    assert keyring.open(steps[-1]) == {"outcome": "partly", "words": "he was moved"}
    assert Entry.objects.filter(kind="complaint.stepped").count() == 3


def test_it_is_handed_over_to_who_may_and_never_to_who_is_kept_away(office: Office) -> None:
    complaint, keyring = received(office, about=("director",), keep_away=[]), office.keyring("auditor")
    for key in ("director", "safeguarding", "case_lead"):
        with pytest.raises(SafeguardRefusedError) as refused:
            hand_over_complaint(
                keyring=keyring, complaint=complaint, person=office.person(key), words="x", at=office.later()
            )
        assert refused.value.code == "kept_away"
    second = office.admit("second", "Another Auditor", ["auditor"])  # type: ignore[list-item] # a role's name is a role
    hand_over_complaint(keyring=keyring, complaint=complaint, person=second, words="away next week", at=office.later())
    assert holders(office, complaint) == {"auditor", "second"}
    assert office.keyring("second").open(complaint, "words")["words"] == "he asked for money"


def test_a_promotion_brings_no_key_of_it(office: Office) -> None:
    complaint = received(office, about=("case_lead",))
    director = office.keyring("director")
    person = office.person("case_lead")
    change_roles(keyring=director, person=person, roles=["safeguarding"], team_id=None, at=office.later())  # type: ignore[list-item] # a role's name is a role
    assert holders(office, complaint) == {"safeguarding"}
    with pytest.raises(SafeguardRefusedError):
        hand_over_complaint(
            keyring=office.keyring("safeguarding"), complaint=complaint, person=person, words="x", at=office.later()
        )


def test_only_two_parts_are_used(office: Office) -> None:
    complaint = received(office)
    assert office.keyring("safeguarding").tiers_of(complaint.record) == {Tier.IDENTITY, Tier.EVIDENCE}
