"""The sealed kinds of column: text, date, choice, number and JSON.

The database keeps ciphertext; a row's attribute is a `SealedValue`. A value goes in through ``Keyring.seal`` and comes out
through ``Keyring.open``, nowhere else. What may be stored is checked on the plaintext before it is sealed; the messages name
the field and the rule, never the value.
"""

import json
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Never

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.expressions import Col
from django.db.models.lookups import IsNull
from django.db.models.query_utils import DeferredAttribute

from waystation.kernel import BadInputError
from waystation.store.sealed_value import SealedValue
from waystation.store.tiers import Tier

DEEPEST_JSON = 32
LONGEST_JSON = 1_000_000
LONGEST_NUMBER = 40


class SealedAttribute(DeferredAttribute):
    """The attribute of a row: takes a `SealedValue` or None, so that nobody writes plaintext by mistake."""

    field: "SealedField"

    def __set__(self, row: models.Model, value: object) -> None:
        if value is not None and not isinstance(value, SealedValue):
            raise TypeError(f"{self.field.attname} is sealed: set it with Keyring.seal")
        row.__dict__[self.field.attname] = value
        row.__dict__.setdefault("_sealed_anew", set()).add(self.field.attname)


class SealedColumn(Col):
    """A sealed column in a query: it can be fetched, never sorted by."""

    def resolve_expression(self, *_: object, **__: object) -> Never:
        """Refuse: what is fetched is not resolved, what is sorted by is."""
        raise FieldError(f"{self.target.name} is sealed: the database cannot sort by it")


class WasGiven(IsNull):
    """Whether a sealed field is NULL: the one thing that may be asked of it."""

    def __init__(self, lhs: Col, rhs: bool) -> None:
        super().__init__(Col(lhs.alias, lhs.target, lhs.output_field), rhs)


class SealedField(models.BinaryField):  # type: ignore[type-arg] # its get and set types are those of SealedAttribute
    """A column of ciphertext, opened with the key of one tier. NULL means that it was never given."""

    descriptor_class = SealedAttribute
    description = "sealed"

    def __init__(self, *, tier: Tier, **options: Any) -> None:
        """Seal under ``tier``; the column is always nullable and has neither default, index nor uniqueness.

        Raises
        ------
        TypeError
            If an option is given that a database can keep only for what it can read.
        """
        self.tier = Tier(tier)
        refused = sorted({"default", "db_default", "db_index", "unique", "primary_key", "choices"} & options.keys())
        if refused:
            raise TypeError(f"a sealed field has no {', '.join(refused)}: the database cannot read it")
        super().__init__(**options | {"null": True, "blank": True, "editable": False})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Describe the column for migrations: to the database all sealed fields are alike, whatever rules their plaintext has."""
        name, _, positional, options = super().deconstruct()
        for option in ("null", "blank", "editable", "max_length"):
            options.pop(option, None)
        return name, "waystation.store.fields.SealedField", positional, options | {"tier": self.tier.value}

    def clone(self) -> "SealedField":
        """Return what migrations keep of the column."""
        return SealedField(**self.deconstruct()[3])

    def encode(self, value: Any) -> bytes:
        """Return the plaintext bytes of a value that keeps the field's rules.

        Raises
        ------
        BadInputError
            If it does not. The message names the field and the rule.
        """
        raise NotImplementedError

    def decode(self, plain: bytes) -> Any:
        """Return the value whose plaintext this is."""
        raise NotImplementedError

    def refuse(self, rule: str) -> BadInputError:
        """Return the error for a value that breaks ``rule``; it holds nothing of the value."""
        return BadInputError(f"{self.name}: {rule}")

    def from_db_value(self, value: Any, *_: object) -> SealedValue | None:
        """Wrap what the database returned."""
        return None if value is None else SealedValue(bytes(value))

    def to_python(self, value: Any) -> Any:
        """Leave the value as it is."""
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Return the stored bytes.

        Raises
        ------
        TypeError
            If anything but a `SealedValue` or None is to be written.
        """
        if value is None:
            return None
        if not isinstance(value, SealedValue):
            raise TypeError(f"{self.name} is sealed: write what Keyring.seal set")
        return connection.Database.Binary(value.stored)

    def value_to_string(self, obj: models.Model) -> str:
        """Tell serializers that there is something, and nothing more."""
        return "<sealed>"

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow to ask whether a value was given.

        Raises
        ------
        FieldError
            For every other question.
        """
        if lookup_name == "isnull":
            return WasGiven
        raise FieldError(f"{self.name} is sealed: the database cannot search it; use store.search, or __isnull")

    def get_transform(self, lookup_name: str) -> Any:
        """Refuse to look inside."""
        raise FieldError(f"{self.name} is sealed: the database cannot compute with it")

    def get_col(self, alias: str, output_field: Any = None) -> Any:
        """Return the column for a query, one that cannot be sorted by."""
        return SealedColumn(alias, self, output_field)


class SealedText(SealedField):
    """A text of at most ``max_length`` characters, kept in composed form (NFC)."""

    def __init__(self, *, tier: Tier, max_length: int = 10_000, **options: Any) -> None:
        """Bound the text's length in characters, counted when composed."""
        super().__init__(tier=tier, **options)
        self.longest = max_length

    def encode(self, value: Any) -> bytes:
        """Check and encode a text."""
        if not isinstance(value, str):
            raise self.refuse("must be a text")
        text = unicodedata.normalize("NFC", value)
        if len(text) > self.longest:
            raise self.refuse(f"has {len(text)} characters; at most {self.longest} fit")
        if any(unicodedata.category(each) == "Cs" or each == "\0" for each in text):
            raise self.refuse("holds a character that no text has")
        return text.encode()

    def decode(self, plain: bytes) -> str:
        """Return the text."""
        return plain.decode()


class SealedDate(SealedField):
    """A day, without time."""

    def encode(self, value: Any) -> bytes:
        """Check and encode a day."""
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.refuse("must be a date without a time")
        return value.isoformat().encode()

    def decode(self, plain: bytes) -> date:
        """Return the day."""
        return date.fromisoformat(plain.decode())


class SealedChoice(SealedField):
    """One of a few declared words."""

    def __init__(self, *, tier: Tier, choices: Collection[str], **options: Any) -> None:
        """Declare the words."""
        super().__init__(tier=tier, **options)
        self.words = frozenset(str(word) for word in choices)

    def encode(self, value: Any) -> bytes:
        """Check and encode a word."""
        if not isinstance(value, str) or value not in self.words:
            raise self.refuse("must be one of its declared choices")
        return str(value).encode()

    def decode(self, plain: bytes) -> str:
        """Return the word; one that is no longer declared is still told."""
        return plain.decode()


class SealedNumber(SealedField):
    """An exact number between ``minimum`` and ``maximum``, both allowed."""

    def __init__(
        self,
        *,
        tier: Tier,
        minimum: Decimal | int | None = None,
        maximum: Decimal | int | None = None,
        **options: Any,
    ) -> None:
        """Bound the number; None is no bound."""
        super().__init__(tier=tier, **options)
        self.minimum, self.maximum = minimum, maximum

    def encode(self, value: Any) -> bytes:
        """Check and encode an int or Decimal; floats are refused, for they are not exact."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.refuse("must be an exact number (int or Decimal)")
        number = Decimal(value)
        # Looked at before it is written out: one with a large exponent would fill the memory.
        if not number.is_finite() or abs(number.adjusted()) > LONGEST_NUMBER or len(f"{number:f}") > LONGEST_NUMBER:
            raise self.refuse(f"must be a finite number of at most {LONGEST_NUMBER} digits")
        if self.minimum is not None and number < self.minimum:
            raise self.refuse(f"must be at least {self.minimum}")
        if self.maximum is not None and number > self.maximum:
            raise self.refuse(f"must be at most {self.maximum}")
        return f"{number:f}".encode()

    def decode(self, plain: bytes) -> Decimal:
        """Return the number."""
        return Decimal(plain.decode())


class SealedJson(SealedField):
    """Lists, objects, texts, integers, truth values and null, in canonical form: equal values have equal plaintexts."""

    def encode(self, value: Any) -> bytes:
        """Check and encode a value; floats must be finite, keys must be texts."""
        self._check(value, DEEPEST_JSON)
        try:
            plain = json.dumps(
                value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
            ).encode()
        except (ValueError, RecursionError):
            raise self.refuse("holds a number or a character that JSON does not have") from None
        if len(plain) > LONGEST_JSON:
            raise self.refuse(f"is longer than {LONGEST_JSON} bytes")
        return plain

    def decode(self, plain: bytes) -> Any:
        """Return the value."""
        return json.loads(plain)

    def _check(self, value: Any, depth: int) -> None:
        if depth == 0:
            raise self.refuse(f"is nested more than {DEEPEST_JSON} levels deep")
        if isinstance(value, dict):
            if not all(isinstance(key, str) for key in value):
                raise self.refuse("has a key that is no text")
            value = list(value.values())
        elif value is None or isinstance(value, str | int | float):
            return
        if not isinstance(value, list):
            raise self.refuse("holds something that JSON does not have")
        for each in value:
            self._check(each, depth - 1)
