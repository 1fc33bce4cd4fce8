from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.office import Office
from tests.unit.consent.answers import answered, record_in
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.consent.errors import ConsentRefusedError
from waystation.consent.models import Capacity, Consent, SaidBy
from waystation.consent.purposes import Purpose
from waystation.kernel import BadInputError

pytestmark = pytest.mark.django_db

WITHHELD = ({"what": "where she sleeps", "whom": "her brother", "why": "he hands people over"},)


def test_an_answer_is_read_again_and_says_who_wrote_it(office: Office) -> None:
    record = record_in(office)
    until = office.now + timedelta(days=90)
    consent = answered(office, record, uuid4(), Purpose.SHARING, withheld=WITHHELD, words="in Lao, twice", until=until)
    read = office.keyring("safeguarding").open(Consent.objects.get(pk=consent.pk))
    assert read == {
        "guardian": None,
        "shared_with": "Lantern Clinic",
        "withheld": [*WITHHELD],
        "words": "in Lao, twice",
    }
    assert (consent.recorded_by, consent.until) == (office.id("caseworker"), until)
    assert Entry.objects.filter(kind="consent.recorded", signer=office.id("caseworker")).count() == 1


def test_a_guardian_is_named(office: Office) -> None:
    consent = answered(
        office, record_in(office), said_by=SaidBy.GUARDIAN, capacity=Capacity.NOT_ABLE, guardian="an aunt"
    )
    assert office.keyring("case_lead").open(consent, "guardian") == {"guardian": "an aunt"}


@pytest.mark.parametrize("key", ["director", "field_officer", "finance", "communications", "auditor"])
def test_who_may_not_writes_nothing(office: Office, key: str) -> None:
    with pytest.raises(NotPermittedError):
        answered(office, record_in(office), by=key)
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"capacity": Capacity.NOT_ABLE}, "not_able"),
        ({"said_by": SaidBy.GUARDIAN, "guardian": " "}, "no_guardian"),
        ({"purpose": Purpose.SHARING, "shared_with": " "}, "no_partner"),
        ({"until": "now"}, "ends_before"),
        ({"withheld": ({"what": "x", "whom": "y", "why": " "},)}, "withheld_whole"),
    ],
)
def test_what_cannot_count_is_refused_with_its_rule(office: Office, more: dict[str, Any], code: str) -> None:
    record = record_in(office)
    entries = Entry.objects.count()
    more = {name: office.now if value == "now" else value for name, value in more.items()}
    with pytest.raises(ConsentRefusedError) as refused:
        answered(office, record, **more)
    assert refused.value.code == code
    assert (Consent.objects.count(), Entry.objects.count()) == (0, entries)


def test_a_text_that_is_too_long_is_refused_without_telling_it(office: Office) -> None:
    with pytest.raises(BadInputError) as refused:
        answered(office, record_in(office), words="secret " * 2_000)
    assert "secret" not in str(refused.value)
    assert not Consent.objects.exists()
