from typing import Any

import pytest

from tests.office import Office
from tests.unit.exchange.forms.test_definitions import brought
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.cases.errors import CaseClosedError
from waystation.cases.models import Case
from waystation.cases.services import create_case
from waystation.exchange.errors import AlreadyFiledError, FormRetiredError
from waystation.exchange.forms.definitions import retire
from waystation.exchange.forms.submissions import (
    begin_submission,
    file_submission,
    read_submission,
    save_draft,
    submission_of,
    submissions_of,
    throw_away,
)
from waystation.exchange.models import Submission
from waystation.intake.faults import FaultCode
from waystation.store.tiers import Tier

WHOLE: dict[str, Any] = {"head": "Sky", "age": "34", "way": {"region": "north", "town": "a"}}


def case_of(office: Office) -> Case:
    return create_case(keyring=office.keyring("caseworker"), values={"name": "Sky Invented"}, at=office.later())


def begun(office: Office, tier: Tier = Tier.WELFARE) -> Submission:
    form = brought(office, tier)
    return begin_submission(keyring=office.keyring("caseworker"), case=case_of(office), form=form, at=office.later())


def test_a_draft_is_kept_whole_or_not_and_filed_when_whole(office: Office) -> None:
    draft = begun(office)
    keyring = office.keyring("caseworker")
    filled = file_submission(keyring=keyring, submission=draft, answers={"age": "200"}, at=office.later())
    assert FaultCode.VALUE_CONSTRAINT in filled.problems.values()
    assert submission_of(draft.pk).filed_at is None
    assert (
        read_submission(keyring=keyring, submission=submission_of(draft.pk), at=office.later()).answers["age"] == "200"
    )
    assert file_submission(keyring=keyring, submission=draft, answers=WHOLE, at=office.later()).is_whole
    filed = submission_of(draft.pk)
    assert filed.filed_at is not None
    answers = read_submission(keyring=keyring, submission=filed, at=office.later()).answers
    assert answers == {**WHOLE, "children": "0"}
    assert Entry.objects.filter(kind="submission.filed").count() == 1


def test_what_was_filed_is_not_changed(office: Office) -> None:
    draft, keyring = begun(office), office.keyring("caseworker")
    file_submission(keyring=keyring, submission=draft, answers=WHOLE, at=office.later())
    for write in (save_draft, file_submission):
        with pytest.raises(AlreadyFiledError):
            write(keyring=keyring, submission=draft, answers={}, at=office.later())
    with pytest.raises(AlreadyFiledError):
        throw_away(keyring=keyring, submission=draft)


def test_a_draft_may_be_thrown_away(office: Office) -> None:
    draft = begun(office)
    case = Case.objects.select_related("record").get(pk=draft.record_id)
    assert submissions_of(case) == [draft]
    throw_away(keyring=office.keyring("caseworker"), submission=draft)
    assert submissions_of(case) == []


def test_only_who_holds_the_tier_reads_it(office: Office) -> None:
    draft = begun(office, Tier.IDENTITY)
    with pytest.raises(NotPermittedError):
        read_submission(keyring=office.keyring("director"), submission=draft, at=office.later())
    form = brought(office, Tier.EVIDENCE)
    with pytest.raises(NotPermittedError):
        begin_submission(keyring=office.keyring("caseworker"), case=case_of(office), form=form, at=office.later())


def test_a_retired_form_and_a_closed_case_take_nothing(office: Office) -> None:
    draft = begun(office)
    case = Case.objects.select_related("record").get(pk=draft.record_id)
    retire(keyring=office.keyring("case_lead"), form_id=draft.form_id, at=office.later())
    form = submission_of(draft.pk).form
    with pytest.raises(FormRetiredError):
        begin_submission(keyring=office.keyring("caseworker"), case=case, form=form, at=office.later())
    Case.objects.filter(pk=case.pk).update(closed_at=office.later())
    with pytest.raises(CaseClosedError):
        save_draft(keyring=office.keyring("caseworker"), submission=draft, answers={}, at=office.later())
