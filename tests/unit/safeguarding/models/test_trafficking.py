import pytest
from django.core.exceptions import FieldError

from waystation.kernel import BadInputError
from waystation.safeguarding.htcds import DecidingOrganisation, TraffickingStatus
from waystation.safeguarding.models import Screen, StatusDecision
from waystation.store.tiers import Tier


def test_a_screen_has_no_status_to_set() -> None:
    assert "status" not in {field.name for field in Screen._meta.concrete_fields}


def test_all_of_it_is_sealed_in_the_welfare_part() -> None:
    for model in (Screen, StatusDecision):
        plain = {field.name for field in model._meta.concrete_fields} - set(model.sealed_fields())
        assert plain == {"id", "record", "traveller_id", "by", "at"}
        assert {field.tier for field in model.sealed_fields().values()} == {Tier.WELFARE}


def test_a_status_is_one_of_the_standards() -> None:
    fields = StatusDecision.sealed_fields()
    assert all(fields["status"].encode(each.value) for each in TraffickingStatus)
    assert all(fields["decided_by_kind"].encode(each.value) for each in DecidingOrganisation)
    with pytest.raises(BadInputError):
        fields["status"].encode("probably")


def test_nobody_asks_the_database_who_is_a_victim() -> None:
    with pytest.raises(FieldError):
        StatusDecision.objects.filter(status=TraffickingStatus.ACTUAL)
