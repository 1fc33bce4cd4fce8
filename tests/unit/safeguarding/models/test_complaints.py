from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from tests.office import Office
from waystation.safeguarding.deadlines import Gravity
from waystation.safeguarding.models import Complaint, ComplaintStep, Origin
from waystation.safeguarding.services import Heard, acknowledge_complaint, receive_complaint

pytestmark = pytest.mark.django_db


def received(office: Office) -> Complaint:
    heard = Heard(Origin.PARTNER, Gravity.ORDINARY, "not paid")
    return receive_complaint(keyring=office.keyring("finance"), heard=heard, at=office.later())


def test_the_database_keeps_times_in_order(office: Office) -> None:
    complaint = received(office)
    before = complaint.received_at - timedelta(days=1)
    for change in (
        {"acknowledge_by": F("received_at")},
        {"answer_by": before},
        {"acknowledged_at": before},
        {"closed_at": office.now},
        {"acknowledged_at": office.now, "closed_at": before},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Complaint.objects.filter(pk=complaint.pk).update(**change)


def test_the_database_knows_the_steps_and_takes_some_of_them_once(office: Office) -> None:
    complaint = received(office)
    keyring = office.keyring("safeguarding")
    acknowledge_complaint(keyring=keyring, complaint=complaint, words="told them", at=office.later())
    first, second = ComplaintStep.objects.filter(complaint=complaint).order_by("at")
    for row, kind in ((first, "forgotten"), (second, "received")):
        with pytest.raises(IntegrityError), transaction.atomic():
            ComplaintStep.objects.filter(pk=row.pk).update(kind=kind)


def test_nothing_but_times_stands_open(office: Office) -> None:
    plain = {field.name for field in Complaint._meta.concrete_fields} - set(Complaint.sealed_fields())
    times = {"received_at", "acknowledge_by", "answer_by", "acknowledged_at", "closed_at"}
    assert plain == {"id", "record"} | times
