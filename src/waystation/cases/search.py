from datetime import datetime

from django.db import transaction

from waystation.accounts.policies import require_confirmed_recovery
from waystation.audit.services import append
from waystation.cases.codes import said, turned
from waystation.cases.index.entry import Entry
from waystation.cases.index.index import Index
from waystation.cases.index.reading import LOOKED
from waystation.store.keyring import Keyring
from waystation.store.search import needles


@transaction.atomic
def find_cases(*, keyring: Keyring, index: Index, text: str, at: datetime) -> list[Entry]:
    """Return the cases that ``text`` is found in, what was changed last first: by code, or in what the person may open.

    Names that are spelt otherwise come behind those in which the very words were found.

    Everything happens in memory, over what the index has read so far; one entry in the log tells how many were looked through,
    not what for.
    """
    require_confirmed_recovery()
    entries = index.newest_first()
    looked = sum(1 for each in entries if each.tiers)
    fields = sorted({each.field for each in LOOKED})
    append(keyring=keyring, kind="records.searched", at=at, details={"count": looked, "fields": fields})
    codes = {said(text), turned(said(text))}
    found = [each for each in entries if each.code in codes]
    if found:
        return found
    found = _with_words(entries, needles(text))
    like = index.named_like(text) - {each.id for each in found}
    return found + [each for each in entries if each.id in like] if like else found


def _with_words(entries: list[Entry], words: tuple[bytes, ...]) -> list[Entry]:
    """Return the cases in which every word is found: one plain pass for the longest, then only over what is left."""
    found = entries if words else []
    for word in sorted(words, key=len, reverse=True):
        found = [each for each in found if word in each.words]
    return found
