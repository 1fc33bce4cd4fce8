from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from waystation.kernel import BadInputError
from waystation.matching import contact, date, word
from waystation.matching.code import read_code
from waystation.matching.contact import Contact, read_contact
from waystation.matching.date import PartialDate, read_date
from waystation.matching.name import Name, read_names
from waystation.matching.schema import Field, Kind, Schema
from waystation.matching.word import Word, read_word

Read = tuple[Name, ...] | tuple[Word, ...] | tuple[str, ...] | tuple[PartialDate, ...] | tuple[Contact, ...]
"""The values of one field, made ready; empty if there is none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One person as written down: a key that says who, and for each field its values, as many as are known.

    A person with two names, or two telephones, has two values there; what agrees best is what counts.
    """

    key: str
    values: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """An entry made ready for comparing: the read values of each field, in the schema's order, and keys to look it up by.

    The coarse keys come in groups, each with its field's place: one for each word of a name, one for every other field.
    """

    key: str
    fields: tuple[Read, ...]
    groups: tuple[tuple[int, frozenset[str]], ...]


def make_ready(entry: Entry, schema: Schema) -> Ready:
    """Read an entry's values. What cannot be read (a date in words) counts as not known.

    Raises
    ------
    BadInputError
        If it has a field that the schema does not know.
    """
    unknown = set(entry.values) - {field.name for field in schema.fields}
    if unknown:
        message = f"entry {entry.key} has fields {', '.join(sorted(unknown))}; the schema knows none of these"
        raise BadInputError(message)
    read = tuple(_read_all(field, tuple(entry.values.get(field.name, ()))) for field in schema.fields)
    groups = tuple((place, keys) for place, (_, grouped) in enumerate(read) for keys in grouped if keys)
    return Ready(entry.key, tuple(values for values, _ in read), groups)


@lru_cache(maxsize=65_536)
def _read_all(field: Field, texts: tuple[str, ...]) -> tuple[Read, tuple[frozenset[str], ...]]:
    if field.kind is Kind.NAME:
        names = tuple(found for text in texts for found in read_names(text, sounds=field.sounds))
        words = {part.plain: part for one in names for part in (one.first, one.second) if part is not None}
        return names, tuple(word.keys_of(part) for part in words.values())
    if field.kind is Kind.WORD:
        known = tuple(one for one in (read_word(text, sounds=field.sounds) for text in texts) if one is not None)
        return known, (frozenset(key for one in known for key in word.keys_of(one)),)
    if field.kind is Kind.DATE:
        dates = tuple(one for one in map(read_date, texts) if one is not None)
        return dates, (frozenset(key for one in dates for key in date.keys_of(one)),)
    if field.kind is Kind.CONTACT:
        contacts = tuple(one for one in map(read_contact, texts) if one is not None)
        return contacts, (frozenset(key for one in contacts for key in contact.keys_of(one)),)
    codes = tuple(one for one in map(read_code, texts) if one is not None)
    return codes, (frozenset(codes),)
