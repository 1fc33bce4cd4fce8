from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.office import Office

from waystation.accounts.models import Approval, FormerCard, HoneyMark, Organisation, Person, SeenAlert, Team

pytestmark = pytest.mark.django_db


def refused(rows: object, **changes: object) -> bool:
    try:
        with transaction.atomic():
            rows.update(**changes)  # type: ignore[attr-defined] # a query set
    except IntegrityError:
        return True
    return False


def test_there_is_one_organisation(office: Office) -> None:
    assert refused(Organisation.objects.all(), id=uuid4())


@pytest.mark.parametrize("change", [{"openings_per_hour": 0}, {"openings_per_hour": 1001}, {"language": "fr"}], ids=str)
def test_an_organisation_keeps_to_its_ranges(office: Office, change: dict[str, object]) -> None:
    assert refused(Organisation.objects.all(), **change)
    assert not refused(Organisation.objects.all(), openings_per_hour=1000, language="ko")


def test_somebody_is_here_or_has_left_and_not_half(office: Office) -> None:
    finance = Person.objects.filter(pk=office.id("finance"))
    assert refused(finance, active=False)
    assert refused(finance, left_at=office.now)
    assert refused(finance, active=False, left_at=office.now)
    assert not refused(finance, active=False, left_at=office.now, until_seq=9)
    assert refused(finance, language="fr")


def test_a_former_card_ends_after_it_began(office: Office) -> None:
    common = {"box_public": b"", "sign_public": b"", "admitted_by": uuid4(), "card_signature": b""}
    FormerCard.objects.create(person_id=office.id("finance"), since_seq=3, until_seq=3, **common)
    assert refused(FormerCard.objects.all(), since_seq=4)


def test_a_mark_is_made_once(store: None) -> None:
    HoneyMark.objects.create(digest=bytes(32))
    with pytest.raises(IntegrityError):
        HoneyMark.objects.create(digest=bytes(32))


def test_leave_is_given_whole_by_another_for_a_known_purpose(office: Office) -> None:
    mine = {"for_person_id": office.id("director"), "asked_at": office.now}
    Approval.objects.create(pk=uuid4(), purpose="shred", **mine)
    leaves = Approval.objects.all()
    whole = {"given_at": office.now, "until": office.now + timedelta(hours=1), "signature": bytes(64)}
    assert refused(leaves, purpose="anything")
    assert refused(leaves, given_at=office.now)
    assert refused(leaves, used_at=office.now)
    assert refused(leaves, by=office.id("director"), **whole)
    assert not refused(leaves, by=office.id("case_lead"), **whole)


def test_nothing_shows_a_name(office: Office) -> None:
    SeenAlert.objects.create(seq=3, by_id=office.id("director"), at=office.now)
    shown = [
        str(office.organisation),
        str(office.person("caseworker")),
        str(Team()),
        str(FormerCard()),
        str(Approval(purpose="shred")),
        str(SeenAlert.objects.get()),
        repr(office.person("caseworker")),
        repr(office.organisation),
    ]
    assert not any("Bounmy" in text or "Harbour" in text for text in shown)


def test_a_card_is_what_the_row_says(office: Office) -> None:
    card = office.person("finance").card
    identity = office.opened["finance"].identity
    assert (card.box_public, card.sign_public) == (identity.box_public, identity.sign_public)
    assert card.admitted_by == office.id("director")
