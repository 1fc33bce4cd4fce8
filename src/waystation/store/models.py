"""Records and their keys. Who may open what stands in `Grant` rows alone, and no row names whom it is for."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.apps import apps
from django.core import checks
from django.db import models, transaction
from django.db.models import Max, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone

from waystation.store.errors import OutdatedSealError
from waystation.store.fields import SealedField
from waystation.store.tiers import Tier

TIERS = tuple(sorted(tier.value for tier in Tier))


def _has_bytes(table: str, column: str, length: int) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Exact(Length(column), length), name=f"store_{table}_{column}_length")


def _has_tier(table: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(tier__in=TIERS), name=f"store_{table}_tier_known")


def _from_one(table: str, column: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{column}__gte": 1}), name=f"store_{table}_{column}_from_1")


class Record(models.Model):
    """What keys are made for: a case, the organisation, the log. It says nothing but its kind, team and times."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=32)
    team_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    hold = models.BooleanField(default=False)
    """A legal hold: nothing of it may be destroyed."""
    hold_by = models.UUIDField(null=True)
    shredded_at = models.DateTimeField(null=True)
    shredded_by = models.UUIDField(null=True)

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.CheckConstraint(condition=~Q(kind=""), name="store_record_has_a_kind"),
            models.CheckConstraint(
                condition=Q(hold=True, hold_by__isnull=False) | Q(hold=False, hold_by=None),
                name="store_record_hold_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(shredded_at=None, shredded_by=None)
                | Q(shredded_at__isnull=False, shredded_by__isnull=False),
                name="store_record_shredded_by_somebody",
            ),
            models.CheckConstraint(condition=Q(hold=False) | Q(shredded_at=None), name="store_record_held_is_whole"),
        )

    def __str__(self) -> str:
        return f"record {self.pk}"


class TierKey(models.Model):
    """What everybody may know of one version of the key to one tier of a record, signed by its maker."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    tier = models.CharField(max_length=8)
    version = models.PositiveIntegerField()
    commitment = models.BinaryField()
    """Only the true key gives it (`waystation.vault.commitment`)."""
    box_public = models.BinaryField()
    """Whoever cannot open the tier seals to it what those who can must do."""
    held_sealed = models.BinaryField()
    """Sealed with this key: the box's secret half, then the key before this one, if there was one."""
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    signature = models.BinaryField()
    stale = models.BooleanField(default=False)
    """A new key is owed: the next person who holds this one makes it."""

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.UniqueConstraint(fields=("record", "tier", "version"), name="store_tierkey_once"),
            _has_tier("tierkey"),
            _from_one("tierkey", "version"),
            _has_bytes("tierkey", "commitment", 32),
            _has_bytes("tierkey", "box_public", 32),
            _has_bytes("tierkey", "signature", 64),
        )
        indexes = (models.Index(fields=("record", "tier"), condition=Q(stale=True), name="store_tierkey_owed"),)

    def __str__(self) -> str:
        return f"key {self.version} of {self.tier}"


class Grant(models.Model):
    """A tier key for somebody. Who that is, only those who hold the key can tell, by the tag, and the two between whom it passed.

    Whoever holds the key hands it over (`waystation.vault.handing`): ``hint`` is how the receiver finds the row. Whoever made a
    key and keeps it not seals it to the receiver alone: there is no hint, and the receiver finds it by trying.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    tier = models.CharField(max_length=8)
    version = models.PositiveIntegerField()
    tag = models.BinaryField()
    hint = models.BinaryField(null=True)
    sealed = models.BinaryField()

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.UniqueConstraint(fields=("record", "tier", "version", "tag"), name="store_grant_once"),
            models.UniqueConstraint(fields=("hint",), name="store_grant_hint_once"),
            models.CheckConstraint(
                condition=Q(hint=None) | Q(Exact(Length("hint"), 32)), name="store_grant_hint_length"
            ),
            _has_tier("grant"),
            _from_one("grant", "version"),
            _has_bytes("grant", "tag", 32),
        )

    def __str__(self) -> str:
        return "grant"


class Withdrawal(models.Model):
    """Somebody's key was taken by a person who could not open the tier: whoever can, executes it.

    ``sealed`` is the id of whoever loses the key, sealed to the box of the tier's newest key.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    tier = models.CharField(max_length=8)
    version = models.PositiveIntegerField()
    sealed = models.BinaryField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    signature = models.BinaryField()

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            _has_tier("withdrawal"),
            _from_one("withdrawal", "version"),
            _has_bytes("withdrawal", "signature", 64),
        )

    def __str__(self) -> str:
        return "withdrawal"


class SealedFile(models.Model):
    """A file of a record, sealed in the data folder under ``files/<id>``; its name, size and key are sealed here."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="files")
    tier = models.CharField(max_length=8)
    name_sealed = models.BinaryField()
    size_sealed = models.BinaryField()
    key_sealed = models.BinaryField()
    key_version = models.PositiveIntegerField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """What the database itself keeps to."""

        constraints = (_has_tier("sealedfile"), _from_one("sealedfile", "key_version"))

    def __str__(self) -> str:
        return "sealed file"


@cache
def _sealed_fields(model: "type[SealedModel]") -> Mapping[str, SealedField]:
    """Return a table's sealed fields; asked many times for each page, and never changed."""
    fields = model._meta.concrete_fields
    return MappingProxyType({field.name: field for field in fields if isinstance(field, SealedField)})


class SealedModel(models.Model):
    """A row of a record, with sealed fields. Only what was sealed anew is written when it is saved.

    A row that was read before a key was renewed would otherwise put its old ciphertext back. Save rows one by one: what is
    written in bulk is not held against the newest key.
    """

    travels: ClassVar[bool] = False
    """Whether rows may go to another office in a bundle, and come from one. What is this office's own never does."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """No table of its own."""

        abstract = True

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.pk}>"

    def __str__(self) -> str:
        return type(self).__name__

    @classmethod
    def sealed_fields(cls) -> Mapping[str, SealedField]:
        """Return the sealed fields by name, in the order in which they are declared."""
        return _sealed_fields(cls)

    @classmethod
    def check(cls, **options: Any) -> list[checks.CheckMessage]:
        """Refuse a class whose order, indexes or constraints rest on what the database cannot read."""
        named = {each.lstrip("-") for each in cls._meta.ordering or () if isinstance(each, str)}
        named |= {name.lstrip("-") for index in cls._meta.indexes for name in index.fields}
        for constraint in cls._meta.constraints:
            named |= set(getattr(constraint, "fields", ()))
        wrong = sorted(named & cls.sealed_fields().keys())
        message = "{} is sealed: the database cannot order or compare it"
        faults = [checks.Error(message.format(name), obj=cls, id="store.E001") for name in wrong]
        return [*super().check(**options), *faults]

    @classmethod
    def from_db(cls, *args: Any, **options: Any) -> Self:
        """Make a row of what the database returned: nothing of it is new."""
        row = super().from_db(*args, **options)
        row.__dict__.pop("_sealed_anew", None)
        return row

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None
    ) -> None:
        """Read the row again, or some of its fields; what was sealed in them and not saved is lost."""
        read = None if fields is None else set(fields)
        kept = set() if read is None else self.__dict__.get("_sealed_anew", set()) - read
        super().refresh_from_db(using, read, from_queryset)
        self.__dict__["_sealed_anew"] = kept

    def save(self, **options: Any) -> None:
        """Save, leaving alone sealed columns that were not sealed anew.

        Raises
        ------
        OutdatedSealError
            If a value was sealed with a key that is no longer the newest. Nothing is written.
        """
        anew: set[str] = self.__dict__.get("_sealed_anew", set())
        with transaction.atomic():
            self._demand_newest_keys(anew)
            names = options.pop("update_fields", None)
            if not self._state.adding:
                names = self._written(names, anew)
            super().save(update_fields=names, **options)
        anew.clear()

    def _written(self, names: Collection[str] | None, anew: set[str]) -> list[str]:
        """Return which columns a save writes."""
        if names is None:
            deferred = self.get_deferred_fields()
            fields = self._meta.concrete_fields
            names = [each.name for each in fields if not each.primary_key and each.attname not in deferred]
        return [name for name in names if name in anew or name not in self.sealed_fields()]

    def _demand_newest_keys(self, anew: set[str]) -> None:
        values = [(field.tier, getattr(self, name)) for name, field in self.sealed_fields().items() if name in anew]
        sealed = [(tier, value) for tier, value in values if value is not None]
        if not sealed:
            return
        Record.objects.select_for_update(no_key=True).get(pk=self.record_id)
        keys = TierKey.objects.filter(record_id=self.record_id).values("tier").annotate(newest=Max("version"))
        newest = {row["tier"]: row["newest"] for row in keys}
        if any(value.version != newest.get(tier) for tier, value in sealed):
            raise OutdatedSealError("a key was renewed since this was sealed: seal it again")


def sealed_models() -> list[type[SealedModel]]:
    """Return every kind of row that has sealed fields, of all apps."""
    return [model for model in apps.get_models() if issubclass(model, SealedModel)]
