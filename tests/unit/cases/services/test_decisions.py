from datetime import date, timedelta
from typing import Any

import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, recommended, summary, to_decision
from tests.unit.cases.people import saved
from waystation.accounts.errors import NotPermittedError
from waystation.cases.errors import (
    AlreadyDecidedError,
    NoSuchStepError,
    NotAllOfItError,
    RowChangedError,
    SamePersonError,
)
from waystation.cases.models import Decision
from waystation.cases.services import decide, write_letter

pytestmark = pytest.mark.django_db


def answer(office: Office, row: Decision, by: str, *, agreed: bool = True, words: str = "") -> Decision:
    keyring, at, case = office.keyring(by), office.later(), saved(row.record_id)
    return decide(keyring=keyring, case=case, decision_id=row.pk, agreed=agreed, words=words, at=at)


def test_it_takes_two_people(office: Office) -> None:
    case = to_decision(office)
    row = recommended(office, case, "declined", by="case_lead", reason="outside_mandate")
    now = summary(office, case)
    assert (now.to_decide, now.recommended_by) == (True, office.id("case_lead"))
    with pytest.raises(SamePersonError):
        answer(office, row, "case_lead")
    for key in ("caseworker", "safeguarding", "finance"):
        with pytest.raises(NotPermittedError):
            answer(office, row, key)
    signed = answer(office, row, "director")
    assert (signed.recommended_by, signed.decided_by) == (office.id("case_lead"), office.id("director"))
    now = summary(office, case)
    assert (now.outcome, now.to_decide, now.review) == ("declined", False, (office.now + timedelta(days=90)).date())
    with pytest.raises(AlreadyDecidedError):
        answer(office, row, "director")
    letter: Any = office.keyring("director").open(signed, "letter")["letter"]
    assert str(now.review) in letter


def test_it_is_sent_back_with_words_and_recommended_anew(office: Office) -> None:
    case = to_decision(office)
    row = recommended(office, case)
    with pytest.raises(NotAllOfItError):
        answer(office, row, "case_lead", agreed=False, words=" ")
    answer(office, row, "case_lead", agreed=False, words="ask the aunt first")
    assert summary(office, case).outcome == ""
    second = recommended(office, case)
    third = recommended(office, case, "not_now", review_on=date(2031, 5, 1))
    with pytest.raises(AlreadyDecidedError):  # a newer recommendation stands
        answer(office, second, "case_lead")
    answer(office, third, "case_lead")
    assert summary(office, case).review == date(2031, 5, 1)


def test_only_with_a_reason_of_the_outcome_in_words_and_at_its_step(office: Office) -> None:
    with pytest.raises(NoSuchStepError):
        recommended(office, asked(office))
    case = to_decision(office)
    for wrong in ({"reason": "no_money"}, {"reason": ""}, {"words": "  "}):
        with pytest.raises(NotAllOfItError):
            recommended(office, case, "accepted", **wrong)
    with pytest.raises(NotPermittedError):
        recommended(office, case, by="director")
    assert not Decision.objects.exists()


def test_a_letter_is_not_saved_over_what_nobody_saw(office: Office) -> None:
    case = to_decision(office)
    row = recommended(office, case)
    told: dict[str, Any] = {
        "keyring": office.keyring("caseworker"),
        "case": case,
        "decision_id": row.pk,
        "language": "ar",
    }
    saved = write_letter(**told, letter="مرحبًا", seen_version=1, at=office.later())
    assert saved.version == 2
    with pytest.raises(RowChangedError):
        write_letter(**told, letter="other", seen_version=1, at=office.later())
    assert office.keyring("case_lead").open(saved, "letter")["letter"] == "مرحبًا"
