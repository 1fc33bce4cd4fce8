import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.office import Office
from tests.unit.cases.desk import asked, person
from tests.unit.cases.people import entered
from waystation.cases.index.reading import LOOKED, Reading
from waystation.cases.services import take_off_traveller
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db


def reading(office: Office, key: str) -> Reading:
    return Reading(office.keyring(key), office.person(key))


def test_many_take_no_more_queries_than_few(office: Office) -> None:
    ids = [asked(office).pk for _ in range(6)]
    counts = []
    for some in (ids[:2], ids):
        asking = reading(office, "case_lead")
        with CaptureQueriesContext(connection) as queries:
            assert len(asking.entries(some)) == len(some)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_who_was_taken_off_is_not_looked_for(office: Office) -> None:
    case = asked(office)
    traveller = person(office, case, names=[{"text": "강해원", "script": "hangul", "kind": "full"}])
    assert "강해원" in reading(office, "caseworker").entries([case.pk])[case.pk].names
    take_off_traveller(keyring=office.keyring("caseworker"), case=case, traveller_id=traveller, at=office.later())
    assert "강해원" not in reading(office, "caseworker").entries([case.pk])[case.pk].names


def test_each_field_is_looked_through_by_whoever_may_open_its_tier(office: Office) -> None:
    case = entered(office)
    words = {key: reading(office, key).entries([case.pk])[case.pk].words for key in ("director", "safeguarding")}
    assert b" northern" in words["director"]
    assert b" quiet" in words["director"]
    assert b" pak" not in words["director"]
    assert b" northern" not in words["safeguarding"]
    assert b" pak" in words["safeguarding"]
    assert {each.model.sealed_fields()[each.field].tier for each in LOOKED} == set(Tier)


def test_a_case_that_is_not_there_is_left_out(office: Office) -> None:
    assert reading(office, "case_lead").entries([office.id("case_lead")]) == {}
