"""A kind of row with every sealed field, its table made for these tests alone, and people with keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.apps.registry import Apps
from django.db import connection, models
from pytest_django import DjangoDbBlocker
from pytest_django import Settings

from waystation.store import models as store_models
from waystation.store.fields import SealedChoice, SealedDate, SealedJson, SealedNumber, SealedText
from waystation.store.keyring import Keyring
from waystation.store.models import Record, SealedModel
from waystation.store.tiers import Tier
from waystation.vault import Card, Identity, RecoverySecret, admit, new_identity, new_recovery

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

# A registry of its own: the application's never learns of these rows, so no other test looks for their table.
REGISTRY = Apps()
REGISTRY.register_model("store", Record)


class Sheet(SealedModel):
    """Every kind of sealed field, in every tier."""

    code = models.CharField(max_length=20, default="")
    closed_at = models.DateTimeField(null=True)
    name = SealedText(tier=Tier.IDENTITY, max_length=200)
    alias = SealedText(tier=Tier.IDENTITY, max_length=200)
    born = SealedDate(tier=Tier.IDENTITY)
    party = SealedNumber(tier=Tier.MOVEMENT, minimum=1, maximum=Decimal("200.5"))
    urgency = SealedChoice(tier=Tier.WELFARE, choices=("now", "soon"))
    needs = SealedJson(tier=Tier.WELFARE)
    testimony = SealedText(tier=Tier.EVIDENCE)

    class Meta:
        app_label = "store"
        apps = REGISTRY


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Sheet)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Sheet)


@pytest.fixture(autouse=True)
def _sheets_are_known(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setattr(store_models, "sealed_models", lambda: [Sheet])
    settings.DATA_DIR = tmp_path


@dataclass
class People:
    """A root and those it admitted, each with a keyring."""

    recovery: RecoverySecret
    root: Identity
    identities: dict[UUID, Identity]
    cards: dict[UUID, Card]

    def keyring(self, person_id: UUID) -> Keyring:
        """A keyring as after unlocking: nothing opened yet."""
        return Keyring(self.identities[person_id], self.root.sign_public, self.recovery.public, self.cards)

    def recovered(self) -> Keyring:
        """The keyring that three shares give."""
        return Keyring(self.recovery.identity, self.root.sign_public, self.recovery.public, self.cards)


def people_of(count: int) -> People:
    root = new_identity(uuid4())
    others = [new_identity(uuid4()) for _ in range(count - 1)]
    cards = {each.person_id: admit(root, each.person_id, each.box_public, each.sign_public) for each in [root, *others]}
    return People(new_recovery(), root, {each.person_id: each for each in [root, *others]}, cards)


@pytest.fixture
def people() -> People:
    """Four people."""
    return people_of(4)


@dataclass
class Office:
    """Three people, by what they hold of one record with one sheet: all of it, all of it, nothing."""

    people: People
    record: Record
    sheet: Sheet
    ada: Keyring
    ben: Keyring
    eve: Keyring

    def again(self, keyring: Keyring) -> Keyring:
        """The same person's keyring in a new process."""
        return self.people.keyring(keyring.person_id)

    def stored(self) -> Sheet:
        """The sheet as the database has it."""
        return Sheet._base_manager.get(pk=self.sheet.pk)


VALUES: dict[str, object] = {
    "name": "Ri Hana",
    "alias": "river",
    "born": NOON.date(),
    "party": Decimal(3),
    "urgency": "soon",
    "needs": {"medicine": ["insulin"], "walking": False},
    "testimony": "What she saw.",
}


@pytest.fixture
def desk(db: None, people: People) -> Office:
    """A record that two of the people hold whole, with every field given."""
    ada, ben, eve, *_ = (people.keyring(person_id) for person_id in people.identities)
    recipients = {ada.person_id: set(Tier), ben.person_id: set(Tier)}
    record = ada.create_record(kind="case", recipients=recipients, at=NOON)
    sheet = Sheet(record=record)
    ada.seal(sheet, **VALUES)
    sheet.save()
    return Office(people, record, sheet, ada, ben, eve)
