from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, person, summary
from tests.unit.consent.answers import answered
from tests.unit.safeguarding.children import Child
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.cases.duplicates.errors import NotAPairError, NotMergedError
from waystation.cases.errors import NotAllOfItError
from waystation.cases.models import Case, Event, Household, Note, Traveller
from waystation.cases.services import (
    change_traveller,
    merge_travellers,
    set_household,
    take_back_traveller_merge,
)
from waystation.consent.models import Answer, Consent

pytestmark = pytest.mark.django_db


def merged(
    office: Office, case: Case, kept: UUID, other: UUID, by: str = "caseworker", reason: str = "one aunt"
) -> None:
    merge_travellers(keyring=office.keyring(by), case=case, kept=kept, merged=other, reason=reason, at=office.later())


def back(office: Office, case: Case, other: UUID) -> None:
    take_back_traveller_merge(keyring=office.keyring("caseworker"), case=case, merged=other, at=office.later())


def opened(office: Office, row: Any, *names: str) -> Any:
    return office.keyring("caseworker").open(type(row).objects.select_related("record").get(pk=row.pk), *names)


def test_one_entry_goes_on_and_taking_it_back_leaves_everything_as_it_was(office: Office) -> None:
    case = asked(office)
    one, twice = person(office, case), person(office, case)
    child = person(office, case, "5-11", accompanied_by=str(twice))
    row = set_household(
        keyring=office.keyring("caseworker"),
        case=case,
        kind="household",
        members=[one, twice, child],
        inseparable=[[twice, child]],
        not_consenting=[twice],
        at=office.later(),
    )
    names = ("members", "inseparable", "not_consenting")
    said = opened(office, row, *names)
    merged(office, case, one, twice)
    assert summary(office, case).heads == 2
    assert Traveller.objects.get(pk=twice).gone_at is not None
    assert opened(office, row, *names) == {
        "members": sorted(map(str, (one, child))),
        "inseparable": [sorted(map(str, (one, child)))],
        "not_consenting": [str(one)],
    }
    assert opened(office, Traveller(pk=child), "accompanied_by")["accompanied_by"] == str(one)
    assert Note.objects.filter(record=case.record).count() == 1
    back(office, case, twice)
    assert summary(office, case).heads == 3
    assert opened(office, row, *names) == said
    assert opened(office, Traveller(pk=child), "accompanied_by")["accompanied_by"] == str(twice)
    told = [
        office.keyring("caseworker").open(each, "told")["told"] for each in Event.objects.filter(record=case.record)
    ]
    kinds = [each["kind"] for each in told if isinstance(each, dict)]
    assert {"travellers_merged", "traveller_merge_taken_back"} <= set(kinds)
    assert Entry.objects.filter(kind="record.changed", at=office.now, signer=office.id("caseworker")).count() == 1
    with pytest.raises(NotMergedError):
        back(office, case, twice)


def test_what_somebody_changed_since_stays_as_they_left_it(office: Office) -> None:
    case = asked(office)
    one, twice = person(office, case), person(office, case)
    child = person(office, case, "5-11", accompanied_by=str(twice))
    merged(office, case, one, twice)
    version = Traveller.objects.get(pk=child).version
    change_traveller(
        keyring=office.keyring("caseworker"),
        case=case,
        traveller_id=child,
        seen_version=version,
        values={"accompanied_by": None},
        at=office.later(),
    )
    back(office, case, twice)
    assert opened(office, Traveller(pk=child), "accompanied_by")["accompanied_by"] is None
    assert Household.objects.count() == 0


def test_who_looked_after_themself_twice_looks_after_nobody(office: Office) -> None:
    case = asked(office)
    one = person(office, case, "12-17")
    twice = person(office, case, "12-17")
    change_traveller(
        keyring=office.keyring("caseworker"),
        case=case,
        traveller_id=one,
        seen_version=1,
        values={"accompanied_by": str(twice)},
        at=office.later(),
    )
    merged(office, case, one, twice)
    assert opened(office, Traveller(pk=one), "accompanied_by")["accompanied_by"] is None


def test_nothing_that_protects_somebody_is_lost_from_sight(office: Office) -> None:
    case = asked(office)
    adult, child, no, found = (person(office, case, band) for band in ("18-59", "5-11", "18-59", "18-59"))
    answered(office, case.record, no, answer=Answer.REFUSED)
    assert Consent.objects.exists()
    seen = Child(office, case.record)
    seen.id = found
    seen.facts()
    for other, missing in ((child, "child_goes_on"), (no, "no_goes_on"), (found, "found_goes_on")):
        with pytest.raises(NotAllOfItError) as refusal:
            merged(office, case, adult, other)
        assert refusal.value.missing == (missing,)
        assert Traveller.objects.get(pk=other).gone_at is None
    merged(office, case, no, adult)
    assert summary(office, case).heads == 3


def test_who_is_not_of_the_case_or_may_not_compare_changes_nothing(office: Office) -> None:
    case = asked(office)
    one, twice = person(office, case), person(office, case)
    stranger = person(office, asked(office))
    with pytest.raises(NotAPairError):
        merged(office, case, one, one)
    with pytest.raises(NotAllOfItError):
        merged(office, case, one, twice, reason="  ")
    for other in (stranger, uuid4()):
        with pytest.raises(Traveller.DoesNotExist):
            merged(office, case, one, other)
    with pytest.raises(NotPermittedError):
        merged(office, case, one, twice, by="director")
    with pytest.raises(NotMergedError):
        back(office, case, twice)
    assert Traveller.objects.filter(gone_at=None, record=case.record).count() == 2
