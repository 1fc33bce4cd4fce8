"""Seal values into rows and open them, one row or many."""

from collections.abc import Callable, Collection, Iterable, Mapping
from uuid import UUID

from waystation.kernel import BadInputError, BrokenPromiseError
from waystation.store.fields import SealedField
from waystation.store.keyring.places import Place
from waystation.store.models import SealedModel
from waystation.store.sealed_value import SealedValue
from waystation.vault import Binding, NoKeyError, TamperedError, open_sealed, seal


def encoded(row: SealedModel, values: Mapping[str, object]) -> dict[str, bytes | None]:
    """Return the plaintext of each value after checking it; None stays None.

    Raises
    ------
    BadInputError
        If values break their fields' rules: all are named, with the rules, none is shown.
    TypeError
        If the row has no such sealed field.
    """
    plain: dict[str, bytes | None] = {}
    faults = []
    for field in named_fields(row, values):
        value = values[field.name]
        try:
            plain[field.name] = None if value is None else field.encode(value)
        except BadInputError as fault:
            faults.append(str(fault))
    if faults:
        raise BadInputError("; ".join(faults))
    return plain


def named_fields(row: SealedModel, names: Iterable[str]) -> list[SealedField]:
    """Return the sealed fields of these names; TypeError if the row has no such field."""
    known = row.sealed_fields()
    unknown = sorted(set(names) - known.keys())
    if unknown:
        raise TypeError(f"{type(row).__name__} has no sealed field {', '.join(unknown)}")
    return [known[name] for name in names]


def place_of(row: SealedModel, field: SealedField) -> Place:
    """Return which key a field of this row is sealed with."""
    return Place(row.record_id, field.tier)


def sealed_value(row: SealedModel, field: SealedField, version: int, key: bytes, plain: bytes) -> SealedValue:
    """Seal a plaintext for its place."""
    return SealedValue.of(version, seal(key, plain, _binding(row, field, version)))


def opened_plain(row: SealedModel, field: SealedField, value: SealedValue, key: bytes) -> bytes:
    """Open a value; TamperedError if it was changed, moved, or sealed with another key."""
    return open_sealed(key, value.sealed, _binding(row, field, value.version))


def versions(rows: Iterable[SealedModel], names: Collection[str]) -> set[tuple[Place, int]]:
    """Return which versions of which keys some fields of these rows are sealed with."""
    found = set()
    for row in rows:
        for field in named_fields(row, names):
            value = getattr(row, field.name)
            if value is not None:
                found.add((place_of(row, field), value.version))
    return found


def opened_row(row: SealedModel, names: Collection[str], key_of: Callable[[Place, int], bytes]) -> dict[str, object]:
    """Open fields of one row; ``key_of`` returns a key or raises NoKeyError."""
    return {field.name: _opened(row, field, key_of) for field in named_fields(row, names)}


def opened_rows(
    rows: Iterable[SealedModel], names: Collection[str], key_of: Callable[[Place, int], bytes]
) -> dict[UUID, dict[str, object]]:
    """Open the same fields of many rows, by id; rows for which a key is missing are left out."""
    found: dict[UUID, dict[str, object]] = {}
    for row in rows:
        try:
            found[row.pk] = opened_row(row, names, key_of)
        except NoKeyError:
            continue
    return found


def opened_values(
    model: type[SealedModel],
    name: str,
    values: Iterable[tuple[UUID, UUID, SealedValue]],
    key_of: Callable[[Place, int], bytes | None],
) -> dict[UUID, object]:
    """Open one field of many rows that were read as plain columns, by the row's id: some 10 us each.

    Parameters
    ----------
    values
        The row's id, its record's, and what stands in the field.
    key_of
        Returns a key that is in memory, or None: such a value is left out, and so is one that was damaged. Whoever opens it
        alone is told.
    """
    field = model.sealed_fields()[name]
    table, found = model._meta.db_table, {}
    for row_id, record_id, value in values:
        try:
            key = key_of(Place(record_id, field.tier), value.version)
            if key is not None:
                plain = open_sealed(key, value.sealed, Binding(table, row_id, name, value.version))
                found[row_id] = field.decode(plain)
        except (TamperedError, ArithmeticError, RecursionError, ValueError):
            continue
    return found


def _opened(row: SealedModel, field: SealedField, key_of: Callable[[Place, int], bytes]) -> object:
    value = getattr(row, field.name)
    if value is None:
        return None
    plain = opened_plain(row, field, value, key_of(place_of(row, field), value.version))
    try:
        return field.decode(plain)
    except (ArithmeticError, RecursionError, ValueError):
        # Such an error would show the value.
        raise BrokenPromiseError(f"{field.name}: what is sealed there is of another kind than the field") from None


def _binding(row: SealedModel, field: SealedField, version: int) -> Binding:
    return Binding(row._meta.db_table, row.pk, field.name, version)
