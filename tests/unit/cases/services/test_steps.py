import pytest
from django.db import transaction

from tests.office import Office
from tests.unit.cases.people import entered, read, saved
from waystation.accounts.errors import NotPermittedError
from waystation.accounts.permissions import Action
from waystation.cases.models import ChangeKind
from waystation.cases.services.steps import locked_case, permit, put, take_step, tiers_of_fields
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db


def test_a_step_is_a_version_a_time_and_a_row(office: Office) -> None:
    case = entered(office)
    with transaction.atomic():
        now = locked_case(office.keyring("caseworker"), case)
        step = take_step(
            now, kind=ChangeKind.CHANGED, by=office.id("caseworker"), at=office.later(), fields=["note", "name"]
        )
    assert (saved(case.pk).version, saved(case.pk).updated_at) == (2, office.now)
    assert (step.version, step.fields, step.tiers) == (2, ["name", "note"], [])


def test_what_is_put_is_sealed_and_what_is_empty_taken_away(office: Office) -> None:
    case, keyring = entered(office), office.keyring("caseworker")
    with transaction.atomic():
        now = locked_case(keyring, case)
        put(keyring, now, {"name": "B", "note": "", "needs": []})
        now.save()
    assert read(office, case, "caseworker", "name", "note", "needs") == {"name": "B", "note": None, "needs": None}


def test_fields_know_their_parts() -> None:
    assert tiers_of_fields(["name", "birth_date"]) == {Tier.IDENTITY}
    assert tiers_of_fields(["note", "testimony"]) == {Tier.WELFARE, Tier.EVIDENCE}
    assert tiers_of_fields([]) == frozenset()


def test_a_permission_is_asked_for_each_part(office: Office) -> None:
    case, keyring = entered(office), office.keyring("caseworker")
    assert permit(keyring, Action.CASE_CHANGE, case, {Tier.WELFARE}) == office.person("caseworker")
    with pytest.raises(NotPermittedError):
        permit(keyring, Action.CASE_CHANGE, case, {Tier.WELFARE, Tier.EVIDENCE})
    with pytest.raises(NotPermittedError):
        permit(office.keyring("auditor"), Action.CASE_CHANGE, case)
