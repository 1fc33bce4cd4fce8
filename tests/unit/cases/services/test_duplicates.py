import pytest
from django.db import IntegrityError, transaction

from tests.office import Office
from tests.unit.cases.desk import asked, summary
from tests.unit.cases.people import saved
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.cases.duplicates.answers import answers, pair_of
from waystation.cases.duplicates.errors import MergedAlreadyError, NotAPairError, NotMergedError
from waystation.cases.errors import CaseClosedError, NotAllOfItError
from waystation.cases.models import Case, Exit, PairAnswer
from waystation.cases.services import add_traveller, close_case, reopen_case
from waystation.cases.services.duplicates import answer_pair, merge_cases, take_back_merge
from waystation.store.models import sealed_models

pytestmark = pytest.mark.django_db


def said(office: Office, one: Case, other: Case, by: str = "case_lead") -> str:
    return answers(office.keyring(by), [one.pk])[pair_of(one.pk, other.pk)].answer


def merged(office: Office, kept: Case, closed: Case, by: str = "caseworker") -> None:
    merge_cases(keyring=office.keyring(by), kept=kept, merged=closed, reason="the same man", at=office.later())


def contents(office: Office, case: Case) -> dict[str, object]:
    """Return everything that stands in a case, opened, but for what tells of the merge itself."""
    keyring = office.keyring("case_lead")
    found: dict[str, object] = {}
    for model in sealed_models():
        if model.__name__ in ("PairAnswer", "Event", "Exit"):
            continue
        names = [name for name, field in model.sealed_fields().items() if field.tier != "evidence"]
        for row in model._default_manager.filter(record_id=case.pk).select_related("record"):
            found[f"{model.__name__} {row.pk}"] = dict(keyring.open(row, *names))
    return found


def test_a_merge_closes_one_case_as_a_duplicate_and_moves_nothing(office: Office) -> None:
    kept, closed = asked(office), asked(office, for_whom="Park Un-joo")
    merged(office, kept, closed)
    assert saved(kept.pk).closed_at is None
    assert saved(closed.pk).closed_at is not None
    assert summary(office, closed, "case_lead").outcome == "duplicate"
    for one, other in ((kept, closed), (closed, kept)):
        found = answers(office.keyring("case_lead"), [one.pk])[pair_of(one.pk, other.pk)]
        assert (found.answer, found.kept, found.reason) == ("same", kept.pk, "the same man")
    assert Entry.objects.filter(kind="record.changed", at=office.now).count() == 2


def test_a_merge_taken_back_loses_nothing(office: Office) -> None:
    kept, closed = asked(office), asked(office, for_whom="Park Un-joo")
    told = {"names": [{"text": "Park Un-joo", "script": "latin", "kind": "full"}], "age_band": "18-59"}
    add_traveller(keyring=office.keyring("caseworker"), case=closed, values=told, at=office.later())
    before = contents(office, kept), contents(office, closed)
    merged(office, kept, closed)
    take_back_merge(keyring=office.keyring("case_lead"), one=kept, other=closed, reason="two men", at=office.later())
    assert (contents(office, kept), contents(office, closed)) == before
    assert saved(closed.pk).closed_at is None
    assert not Exit.objects.filter(record=closed.record, gone_at=None).exists()
    assert said(office, kept, closed) == said(office, closed, kept) == "taken_back"
    assert PairAnswer.objects.count() == 4, "both decisions stay on record"
    merged(office, closed, kept)
    assert saved(kept.pk).closed_at is not None


def test_a_case_closed_before_is_merged_as_it_is_and_stays_closed(office: Office) -> None:
    kept, closed = asked(office), asked(office)
    close_case(keyring=office.keyring("caseworker"), case=closed, outcome="withdrew", at=office.later())
    merged(office, kept, closed)
    take_back_merge(keyring=office.keyring("caseworker"), one=closed, other=kept, reason="two men", at=office.later())
    assert saved(closed.pk).closed_at is not None
    assert summary(office, closed, "case_lead").outcome == "withdrew"


def test_a_case_opened_again_by_hand_stays_as_it_is_now(office: Office) -> None:
    kept, closed = asked(office), asked(office)
    merged(office, kept, closed)
    reopen_case(keyring=office.keyring("caseworker"), case=closed, at=office.later())
    version = saved(closed.pk).version
    take_back_merge(keyring=office.keyring("caseworker"), one=kept, other=closed, reason="two men", at=office.later())
    assert saved(closed.pk).version == version


@pytest.mark.parametrize("answer", ["different", "later"])
def test_two_cases_may_be_two_peoples_or_not_known_yet(office: Office, answer: str) -> None:
    one, other = asked(office), asked(office)
    at = office.later()
    answer_pair(
        keyring=office.keyring("caseworker"), one=one, other=other, answer=answer, reason="spoke to both", at=at
    )
    assert said(office, one, other) == said(office, other, one) == answer
    assert saved(one.pk).closed_at is None


def test_what_is_merged_is_taken_back_before_anything_else_is_said(office: Office) -> None:
    kept, closed, third = asked(office), asked(office), asked(office)
    merged(office, kept, closed)
    keyring, at = office.keyring("caseworker"), office.later()
    with pytest.raises(MergedAlreadyError):
        answer_pair(keyring=keyring, one=closed, other=kept, answer="different", reason="no", at=at)
    with pytest.raises(MergedAlreadyError):
        merge_cases(keyring=keyring, kept=third, merged=closed, reason="no", at=at)
    with pytest.raises(CaseClosedError):
        merge_cases(keyring=keyring, kept=closed, merged=third, reason="no", at=at)
    with pytest.raises(NotMergedError):
        take_back_merge(keyring=keyring, one=kept, other=third, reason="no", at=at)
    assert PairAnswer.objects.count() == 2


def test_a_pair_is_two_cases_and_an_answer_has_a_reason(office: Office) -> None:
    one, other = asked(office), asked(office)
    keyring, at = office.keyring("caseworker"), office.later()
    with pytest.raises(NotAPairError):
        merge_cases(keyring=keyring, kept=one, merged=one, reason="no", at=at)
    with pytest.raises(NotAllOfItError):
        merge_cases(keyring=keyring, kept=one, merged=other, reason="  ", at=at)
    assert not PairAnswer.objects.exists()


@pytest.mark.parametrize("key", ["director", "field_officer", "safeguarding", "auditor", "finance"])
def test_who_may_not_compare_cannot(office: Office, key: str) -> None:
    one, other = asked(office), asked(office)
    keyring, at = office.keyring(key), office.later()
    with pytest.raises(NotPermittedError):
        merge_cases(keyring=keyring, kept=one, merged=other, reason="no", at=at)
    with pytest.raises(NotPermittedError):
        answer_pair(keyring=keyring, one=one, other=other, answer="later", reason="no", at=at)
    assert not PairAnswer.objects.exists()


@pytest.mark.parametrize("change", [{"version": 2}, {"gone_at": "2026-01-01T00:00:00Z"}])
def test_the_database_lets_no_answer_be_changed(office: Office, change: dict[str, object]) -> None:
    merged(office, asked(office), asked(office))
    with pytest.raises(IntegrityError), transaction.atomic():
        PairAnswer.objects.update(**change)
