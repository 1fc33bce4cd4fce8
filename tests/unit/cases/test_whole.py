import pytest

from tests.office import Office
from tests.unit.cases.family import family
from tests.unit.cases.people import saved
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.cases.models import Contact, Event, Traveller
from waystation.cases.services import take_off_traveller
from waystation.cases.steps.on_record import read_on_record
from waystation.cases.whole import open_whole, whole_on_record
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError

pytestmark = pytest.mark.django_db


def test_a_case_is_opened_at_once_with_one_entry_and_no_more_than_was_asked(office: Office) -> None:
    case = saved(family(office).case.pk)
    before = Entry.objects.count()
    tiers = {Tier.WELFARE, Tier.MOVEMENT}
    whole = open_whole(keyring=office.keyring("director"), case=case, tiers=tiers, at=office.later())
    assert Entry.objects.count() == before + 1
    assert (whole.summary.heads, whole.outline.region) == (5, "the northern province")
    people = whole.rows(Traveller)
    assert [told["age_band"] for told in people] == ["18-59", "18-59", "75+", "5-11", "12-17"]
    assert all(told["names"] is None for told in people)
    assert whole.rows(Contact)[0]["address"] is None
    assert next(told["told"]["kind"] for told in whole.rows(Event)) == "requested"
    named = open_whole(keyring=office.keyring("caseworker"), case=case, tiers={Tier.IDENTITY}, at=office.later())
    assert named.rows(Traveller)[0]["names"][0]["text"] == "Pak Un-ju 박은주"
    assert Entry.objects.filter(kind="identity.opened", signer=office.id("caseworker")).count() == 1


def test_what_may_not_be_opened_is_not(office: Office) -> None:
    case = saved(family(office).case.pk)
    with pytest.raises(NotPermittedError):
        open_whole(keyring=office.keyring("director"), case=case, tiers={Tier.IDENTITY}, at=office.later())
    with pytest.raises((NotPermittedError, NoKeyError)):
        open_whole(keyring=office.keyring("field_officer"), case=case, tiers={Tier.MOVEMENT}, at=office.later())


def test_what_is_on_record_is_told_by_what_was_opened(office: Office) -> None:
    found, keyring = family(office), office.keyring("caseworker")
    take_off_traveller(keyring=keyring, case=found.case, traveller_id=found.people[0], at=office.later())
    case = saved(found.case.pk)
    whole = open_whole(keyring=keyring, case=case, tiers={Tier.WELFARE}, at=office.later())
    assert whole_on_record(whole) == read_on_record(keyring, case.record)
    assert whole_on_record(whole).not_consenting == {found.people[2]}
