from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from waystation.accounts.roles import Role, roles_of
from waystation.store.fields import SealedJson, SealedText
from waystation.store.models import SealedModel
from waystation.store.tiers import Tier
from waystation.vault import Card, RecoveryPublic

ORGANISATION_ID = UUID(int=1)
"""The one organisation's id: there is one row, and a constraint says so."""


class Organisation(SealedModel):
    """The organisation whose store this is. Its name and its people's names are open to all of its people."""

    name = SealedText(tier=Tier.IDENTITY, max_length=200)
    honey_key = SealedText(tier=Tier.IDENTITY, max_length=64)
    """Key of the digests that mark honey records: whoever holds the database alone cannot tell which they are."""
    share_marks = SealedJson(tier=Tier.IDENTITY)
    """A keyed digest of each recovery share, by which one typed back is known."""
    root_public = models.BinaryField(max_length=32)
    root_signature = models.BinaryField(max_length=64)
    """By the recovery key, over the root's."""
    recovery_box_public = models.BinaryField(max_length=32)
    recovery_sign_public = models.BinaryField(max_length=32)
    recovery_age_recipient = models.CharField(max_length=62)
    recovery_confirmed_at = models.DateTimeField(null=True)
    founded_at = models.DateTimeField()
    language = models.CharField(max_length=2, default="en")
    openings_per_hour = models.PositiveIntegerField(default=30)
    """How many identities one person may open within an hour before a second person must agree."""

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.CheckConstraint(condition=Q(id=ORGANISATION_ID), name="accounts_organisation_is_one"),
            models.CheckConstraint(
                condition=Q(openings_per_hour__gte=1, openings_per_hour__lte=1000),
                name="accounts_openings_per_hour_1_to_1000",
            ),
            models.CheckConstraint(condition=Q(language__in=("en", "ko")), name="accounts_organisation_language"),
        )

    def __str__(self) -> str:
        return "organisation"

    @property
    def recovery(self) -> RecoveryPublic:
        """The recovery key's public halves, as this row tells them; a device file tells them too."""
        return RecoveryPublic(
            bytes(self.recovery_box_public), bytes(self.recovery_sign_public), self.recovery_age_recipient
        )


class Team(SealedModel):
    """People who share cases."""

    name = SealedText(tier=Tier.IDENTITY, max_length=100)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return "team"


class Person(SealedModel):
    """Somebody who works here, or did. Rows are never removed: the log's signatures lead to them."""

    name = SealedText(tier=Tier.IDENTITY, max_length=200)
    roles = models.JSONField(default=list)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="people")
    active = models.BooleanField(default=True)
    box_public = models.BinaryField(max_length=32)
    sign_public = models.BinaryField(max_length=32)
    admitted_by = models.UUIDField()
    card_signature = models.BinaryField(max_length=64)
    escrow = models.BinaryField()
    """Their secret box key, sealed to the organisation's recovery key."""
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    since_seq = models.BigIntegerField(default=0)
    """Their present card signs entries of the log after this one."""
    until_seq = models.BigIntegerField(null=True)
    """The last entry before they had left; None while they are here."""
    standing_by = models.UUIDField()
    standing_signature = models.BinaryField(max_length=64)
    """Over roles, team and whether they are here, by whoever decided it (`waystation.accounts.standing`)."""
    language = models.CharField(max_length=2, default="en")

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.CheckConstraint(
                condition=Q(active=True, left_at=None, until_seq=None)
                | Q(active=False, left_at__isnull=False, until_seq__isnull=False),
                name="accounts_person_is_here_or_left",
            ),
            models.CheckConstraint(condition=Q(language__in=("en", "ko")), name="accounts_person_language"),
        )

    def __str__(self) -> str:
        return "person"

    @property
    def role_set(self) -> frozenset[Role]:
        """Their roles."""
        return roles_of(self.roles)

    @property
    def card(self) -> Card:
        """Their card; whether it is to be trusted is another question."""
        return Card(
            self.pk, bytes(self.box_public), bytes(self.sign_public), self.admitted_by, bytes(self.card_signature)
        )


class FormerCard(models.Model):
    """Keys a person had before they were given new ones: what they signed then stays signed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="former_cards")
    box_public = models.BinaryField(max_length=32)
    sign_public = models.BinaryField(max_length=32)
    admitted_by = models.UUIDField()
    card_signature = models.BinaryField(max_length=64)
    since_seq = models.BigIntegerField()
    until_seq = models.BigIntegerField()

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.CheckConstraint(condition=Q(until_seq__gte=F("since_seq")), name="accounts_former_card_in_order"),
        )

    def __str__(self) -> str:
        return "former card"

    @property
    def card(self) -> Card:
        """The card as it was."""
        return Card(
            self.person_id,
            bytes(self.box_public),
            bytes(self.sign_public),
            self.admitted_by,
            bytes(self.card_signature),
        )


class HoneyMark(models.Model):
    """A record that nobody has reason to open: its id under the organisation's honey key."""

    digest = models.BinaryField(max_length=32, unique=True)

    def __str__(self) -> str:
        return "mark"


class Approval(models.Model):
    """A second person's leave: asked for by one, given and signed by another, for one purpose, within the hour."""

    PURPOSES = ("openings", "shred", "release")

    for_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leave_asked")
    purpose = models.CharField(max_length=10)
    record_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="leave_given")
    given_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    signature = models.BinaryField(max_length=64, null=True)
    used_at = models.DateTimeField(null=True)
    id = models.UUIDField(primary_key=True)

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.CheckConstraint(
                condition=Q(purpose__in=("openings", "shred", "release")), name="accounts_leave_purpose"
            ),
            models.CheckConstraint(
                condition=Q(by=None, given_at=None, until=None, signature=None, used_at=None)
                | Q(by__isnull=False, given_at__isnull=False, until__isnull=False, signature__isnull=False),
                name="accounts_leave_given_whole",
            ),
            models.CheckConstraint(condition=Q(by=None) | ~Q(by=F("for_person")), name="accounts_leave_by_another"),
        )

    def __str__(self) -> str:
        return f"leave to {self.purpose}"


class OwnNote(models.Model):
    """Something a person keeps for themselves alone, such as a named view of a list: sealed to nobody but them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    sealed = models.BinaryField()
    kept_at = models.DateTimeField()

    class Meta:
        """What the database itself keeps to."""

        constraints = (models.CheckConstraint(condition=~Q(kind=""), name="accounts_ownnote_has_a_kind"),)

    def __str__(self) -> str:
        return "own note"


class SeenAlert(models.Model):
    """An entry of the log that was brought to people's notice and has been looked at."""

    seq = models.BigIntegerField(primary_key=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"alert {self.seq} seen"
