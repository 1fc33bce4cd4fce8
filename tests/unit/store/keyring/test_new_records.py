import pytest

from tests.office import Office
from waystation.cases.models import KIND, Case
from waystation.kernel import BadInputError
from waystation.store.keyring import write_new
from waystation.store.models import Grant, Record, TierKey
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError

pytestmark = pytest.mark.django_db


def test_each_record_has_its_own_keys_which_those_named_open(office: Office) -> None:
    keyring = office.keyring("caseworker")
    given = {office.id("caseworker"): {Tier.IDENTITY}, office.id("case_lead"): {Tier.IDENTITY, Tier.WELFARE}}
    new = keyring.create_records(kind=KIND, recipients=given, at=[office.later(), office.later()])
    cases = [
        Case(id=each.pk, record=each, code=f"code-{at}", updated_at=each.created_at)
        for at, each in enumerate(new.records)
    ]
    for case in cases:
        new.seal(case, {"name": "Sky Invented"})
    write_new(cases)
    assert TierKey.objects.filter(record__in=new.records).count() == 2 * len(Tier)
    assert Grant.objects.filter(record__in=new.records).count() == 2 * (len(Tier) + 3)
    saved = Case.objects.select_related("record").order_by("code")
    for key in ("caseworker", "case_lead"):
        assert [office.keyring(key).open(each, "name")["name"] for each in saved] == ["Sky Invented"] * 2
    assert not office.keyring("director").may_open(new.records[0], Tier.IDENTITY)
    assert saved[0].name != saved[1].name


def test_what_its_maker_does_not_keep_is_not_sealed(office: Office) -> None:
    given = {office.id("caseworker"): {Tier.IDENTITY}}
    new = office.keyring("caseworker").create_records(kind=KIND, recipients=given, at=[office.later()])
    case = Case(id=new.records[0].pk, record=new.records[0], code="code", updated_at=office.now)
    assert new.holds(new.records[0], Tier.IDENTITY)
    assert not new.holds(new.records[0], Tier.WELFARE)
    with pytest.raises(NoKeyError):
        new.seal(case, {"name": "Sky", "note": "n"})
    with pytest.raises(BadInputError, match="name"):
        new.seal(case, {"name": "x" * 201})
    assert case.name is None


def test_a_kind_without_a_rule_of_retention_is_not_made(office: Office) -> None:
    before = Record.objects.count()
    with pytest.raises(BadInputError, match="retention"):
        office.keyring("caseworker").create_records(kind="whim", recipients={}, at=[office.later()])
    assert Record.objects.count() == before
