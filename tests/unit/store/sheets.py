"""A kind of row with every sealed field, and people with keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.apps.registry import Apps
from django.db import connection, models

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


# PostgreSQL empties no table between tests that another, which Django does not know, refers to.
Sheet._meta.get_field("record").db_constraint = False  # type: ignore[attr-defined] # a foreign key has it


@contextmanager
def sheet_table() -> Iterator[None]:
    """Have a table for sheets; if it stands already, somebody else takes it away."""
    if Sheet._meta.db_table in connection.introspection.table_names():
        yield
        return
    with connection.schema_editor() as editor:
        editor.create_model(Sheet)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Sheet)


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
