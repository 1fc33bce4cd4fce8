import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.office import Office
from tests.unit.cases.people import entered
from waystation.accounts.services import give_access, remove_person, take_access
from waystation.kernel import BrokenPromiseError
from waystation.store.keyring.once import FEW
from waystation.store.models import Record, TierKey
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError, TamperedError

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["director", "caseworker", "finance"])
def test_it_says_what_the_keyring_says(office: Office, key: str) -> None:
    records = [*[entered(office).record for _ in range(FEW)], *Record.objects.exclude(kind="case")]
    keyring = office.keyring(key)
    for few in (records[:1], records):
        assert keyring.once().tiers_of_many(few) == keyring.tiers_of_many(few)
    for record in records:
        assert keyring.once().tiers_of(record) == keyring.tiers_of(record)


def test_each_thing_is_asked_of_the_database_once(office: Office) -> None:
    case = entered(office)
    once = office.keyring("caseworker").once()
    once.tiers_of(case.record)
    once.open(case, "note")
    with CaptureQueriesContext(connection) as queries:
        assert once.tiers_of(case.record) == {Tier.IDENTITY, Tier.MOVEMENT, Tier.WELFARE}
        assert not once.may_open(case.record, Tier.EVIDENCE)
        assert once.open(case, "note", "name")["note"] == "asks for a quiet room"
        assert once.open_many([case], "note")[case.pk] == {"note": "asks for a quiet room"}
    assert len(queries) == 0


def test_the_next_page_asks_anew(office: Office) -> None:
    """Given, taken by a holder, taken by one who does not hold it: whoever asks again is told."""
    case, keyring, officer = entered(office), office.keyring("field_officer"), office.person("field_officer")
    lead, director = office.keyring("case_lead"), office.keyring("director")
    before = keyring.once()
    assert before.tiers_of(case.record) == frozenset()
    give_access(keyring=lead, record=case.record, person=officer, tiers={Tier.MOVEMENT}, at=office.later())
    assert before.tiers_of(case.record) == frozenset()
    assert keyring.once().open(case, "whereabouts")["whereabouts"]
    take_access(keyring=lead, record=case.record, person=officer, tiers={Tier.MOVEMENT}, at=office.later())
    assert keyring.once().tiers_of(case.record) == frozenset()
    give_access(keyring=lead, record=case.record, person=officer, tiers={Tier.MOVEMENT}, at=office.later())
    remove_person(keyring=director, person=officer, at=office.later())
    now = keyring.once()
    assert now.tiers_of(case.record) == frozenset()
    for _ in range(2):
        with pytest.raises(NoKeyError):
            now.open(case, "whereabouts")


def test_it_neither_seals_nor_gives(office: Office) -> None:
    case = entered(office)
    once = office.keyring("caseworker").once()
    with pytest.raises(BrokenPromiseError):
        once.seal(case, note="something else")
    with pytest.raises(BrokenPromiseError):
        once.give(case.record, Tier.MOVEMENT, office.person("field_officer").card)
    with pytest.raises(BrokenPromiseError):
        once.demand_key(case.record, Tier.MOVEMENT)


def test_what_was_tampered_with_is_left_out_of_many_and_told_of_alone(office: Office) -> None:
    record = entered(office).record
    TierKey.objects.filter(record=record, tier=Tier.WELFARE).update(commitment=bytes(32))
    once = office.keyring("caseworker").once()
    assert once.tiers_of_many([record]) == {record.pk: frozenset({Tier.IDENTITY, Tier.MOVEMENT})}
    with pytest.raises(TamperedError):
        once.may_open(record, Tier.WELFARE)
