"""What the tests of consent say again and again."""

from typing import Any
from uuid import UUID, uuid4

from tests.office import Office
from tests.unit.cases.people import entered
from waystation.consent.models import Answer, Consent
from waystation.consent.purposes import Purpose
from waystation.consent.services import Asked, record_consent
from waystation.store.models import Record


def record_in(office: Office) -> Record:
    """Return a case's record, whose keys the caseworker, the lead, the director and safeguarding hold."""
    return entered(office).record


def answered(
    office: Office,
    record: Record,
    traveller_id: UUID | None = None,
    purpose: Purpose = Purpose.CASEWORK,
    answer: Answer = Answer.GIVEN,
    by: str = "caseworker",
    **more: Any,
) -> Consent:
    """Write an answer down; for sharing with a partner's name, unless one is given."""
    if purpose is Purpose.SHARING:
        more.setdefault("shared_with", "Lantern Clinic")
    asked = Asked(traveller_id or uuid4(), purpose, answer, **more)
    return record_consent(keyring=office.keyring(by), record=record, asked=asked, at=office.later())
