"""Other offices: added by one person, confirmed by a second who compared the fingerprint too."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from waystation.accounts.permissions import Action
from waystation.accounts.queries import organisation
from waystation.accounts.services.demands import demand
from waystation.audit.services import append
from waystation.continuity.here import Here
from waystation.continuity.models import Office
from waystation.continuity.office_card import OfficeCard, card_from_text, card_of
from waystation.kernel import BadInputError, RuleRefusedError


def offices() -> QuerySet[Office]:
    """Return the offices that were added and not removed, in the order in which they came."""
    return Office.objects.filter(removed_at=None).select_related("record").order_by("added_at", "pk")


def card_of_office(office: Office) -> OfficeCard:
    """Return an office's card as it was given."""
    return OfficeCard(office.age_recipient, bytes(office.box_public), bytes(office.sign_public))


def office_names(here: Here) -> dict[UUID, str]:
    """Return the names of the offices by id."""
    return {office.pk: str(here.keyring.open(office, "name")["name"]) for office in offices()}


@transaction.atomic
def add_office(*, here: Here, name: str, card_text: str, at: datetime) -> Office:
    """Add another office from its card, or once more one that was removed. A second person confirms it before it is used.

    Raises
    ------
    BadInputError
        If the card is none, is this office's own, or the office is there already; or if there is no name.
    """
    demand(here.keyring, Action.BUNDLE_SEND)
    card = card_from_text(card_text)
    if card == card_of(here.office):
        raise BadInputError("this is this office's own card; ask the other office for theirs")
    if not name.strip():
        raise BadInputError("the office needs a name")
    known = Office.objects.select_related("record").filter(sign_public=card.sign_public).first()
    if known is not None and known.removed_at is None:
        raise BadInputError("this office has been added before")
    office = known or Office(record=organisation().record, sign_public=card.sign_public)
    office.age_recipient, office.box_public = card.age_recipient, card.box_public
    office.added_by, office.added_at = here.keyring.person_id, at
    office.confirmed_by = office.confirmed_at = office.removed_at = None
    here.keyring.seal(office, name=name.strip())
    office.save()
    append(keyring=here.keyring, kind="office.admitted", at=at, details={"office": str(office.pk), "step": 1})
    return office


@transaction.atomic
def confirm_office(*, here: Here, office_id: UUID, typed: str, at: datetime) -> Office:
    """Confirm an office as the second person, by typing the last two groups of the fingerprint the other office read aloud.

    Raises
    ------
    RuleRefusedError
        If the same person added it, or it is confirmed already.
    BadInputError
        If the typed groups are not the card's.
    """
    demand(here.keyring, Action.BUNDLE_SEND)
    office = Office.objects.select_for_update(of=("self",)).select_related("record").get(pk=office_id, removed_at=None)
    if office.confirmed_at is not None:
        raise RuleRefusedError("this office is confirmed already")
    if office.added_by == here.keyring.person_id:
        raise RuleRefusedError("a second person must confirm an office: you added it yourself")
    if "".join(typed.split()) != "".join(card_of_office(office).fingerprint[-2:]):
        raise BadInputError("these are not the last two groups of its fingerprint; compare all eight before you go on")
    office.confirmed_by, office.confirmed_at = here.keyring.person_id, at
    office.save(update_fields=("confirmed_by", "confirmed_at"))
    append(keyring=here.keyring, kind="office.admitted", at=at, details={"office": str(office.pk), "step": 2})
    return office


@transaction.atomic
def remove_office(*, here: Here, office_id: UUID, at: datetime) -> None:
    """Send nothing to an office any more, and take nothing from it. Its row stays, so that its numbers are not used again."""
    demand(here.keyring, Action.BUNDLE_SEND)
    office = Office.objects.select_for_update(of=("self",)).get(pk=office_id, removed_at=None)
    office.removed_at = at
    office.save(update_fields=("removed_at",))
    append(keyring=here.keyring, kind="office.removed", at=at, details={"office": str(office.pk)})


def demand_confirmed(office: Office) -> None:
    """Raise RuleRefusedError unless two people have added the office and nobody removed it."""
    if office.confirmed_at is None or office.removed_at is not None:
        raise RuleRefusedError("a second person has yet to confirm this office")
