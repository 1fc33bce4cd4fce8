from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from tests.office import Office
from tests.unit.consent.answers import answered, record_in
from waystation.consent.models import Capacity, Consent, SaidBy, Withdrawn
from waystation.consent.services import withdraw_consent

DEBT = ("debt", "owed", "owes", "loan", "repay", "lien", "balance", "instalment", "payback")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"purpose": "gossip"},
        {"answer": "perhaps"},
        {"said_by": "neighbour"},
        {"capacity": "drunk"},
        {"said_by": SaidBy.SELF, "capacity": Capacity.NOT_ABLE},
        {"partner_id": "00000000-0000-0000-0000-000000000001"},
    ],
)
def test_the_database_refuses_what_is_no_answer(office: Office, change: dict[str, Any]) -> None:
    consent = answered(office, record_in(office))
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(**change)


@pytest.mark.django_db
def test_the_database_refuses_an_end_before_the_beginning(office: Office) -> None:
    consent = answered(office, record_in(office))
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(until=consent.starts_at)


@pytest.mark.django_db
def test_the_database_refuses_a_second_withdrawal_and_one_from_the_future(office: Office) -> None:
    consent = answered(office, record_in(office))
    stopped = withdraw_consent(
        keyring=office.keyring("caseworker"), consent=consent, said_by=SaidBy.SELF, at=office.later()
    )
    row = stopped.withdrawn
    with pytest.raises(IntegrityError), transaction.atomic():
        Withdrawn.objects.filter(pk=row.pk).update(withdrawn_at=row.recorded_at + timedelta(seconds=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Withdrawn.objects.filter(pk=row.pk).update(said_by="neighbour")
    again = Withdrawn(
        record=consent.record,
        consent_id=consent.pk,
        said_by="self",
        withdrawn_at=office.now,
        recorded_by=row.recorded_by,
        recorded_at=office.now,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


def test_no_table_can_hold_a_debt_of_a_traveller() -> None:
    """Nobody owes anything: there is no column to write it into, in any app."""
    columns = {
        f"{model._meta.label}.{field.name}" for model in apps.get_models() for field in model._meta.concrete_fields
    }
    assert len(columns) > 100
    assert {name for name in columns if any(word in name.lower().rsplit(".", 1)[1] for word in DEBT)} == set()


def test_a_consent_goes_along_when_a_case_goes_to_another_office() -> None:
    """What may not be told to whom must be known where the case is; a procedure is run by people whom the office knows."""
    travelling = {model._meta.label for model in apps.get_models() if getattr(model, "travels", False)}
    assert {"consent.Consent", "consent.Withdrawn"} <= travelling
    assert not any(label.startswith("safeguarding.") for label in travelling)
