from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.office import Office
from tests.unit.cases.people import entered
from waystation.cases.models import NEEDS, SMALL, TIER_FIELDS, URGENCIES, Case, Change
from waystation.kernel import BadInputError
from waystation.store.tiers import Tier


def test_every_sealed_field_stands_in_one_part() -> None:
    names = [name for fields in TIER_FIELDS.values() for name in fields]
    assert sorted([*names, *SMALL]) == sorted(Case.sealed_fields())
    assert len(set(names)) == len(names)


def test_every_part_has_fields_of_its_own_tier() -> None:
    assert set(TIER_FIELDS) == set(Tier)
    for tier, names in TIER_FIELDS.items():
        assert names
        assert {Case.sealed_fields()[name].tier for name in names} == {tier}


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("name", "Pak Un-ju", "x" * 201),
        ("birth_date", date(1990, 3, 25), "1990-03-25"),
        ("whereabouts", "a province", "x" * 2_001),
        ("party_size", 1, 0),
        ("party_size", 200, 201),
        ("urgency", URGENCIES[0], "urgent"),
        ("needs", list(NEEDS), {1: 2}),
        ("note", "x" * 20_000, "x" * 20_001),
        ("testimony", "가" * 100_000, "x\0"),
    ],
)
def test_a_field_keeps_its_rule(name: str, good: object, bad: object) -> None:
    field = Case.sealed_fields()[name]
    assert field.encode(good)
    with pytest.raises(BadInputError):
        field.encode(bad)


@pytest.mark.django_db
class TestTheDatabase:
    def test_has_a_code_once(self, office: Office) -> None:
        first, second = entered(office), entered(office)
        second.code = first.code
        with pytest.raises(IntegrityError), transaction.atomic():
            second.save()

    @pytest.mark.parametrize("change", [{"version": 0}, {"kind": "sold"}])
    def test_knows_versions_from_1_and_the_kinds_of_step(self, office: Office, change: dict[str, object]) -> None:
        case = entered(office)
        with pytest.raises(IntegrityError), transaction.atomic():
            Change.objects.filter(case=case).update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(version=0)
