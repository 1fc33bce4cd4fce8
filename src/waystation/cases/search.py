from datetime import datetime

from django.db import transaction

from waystation.accounts.policies import require_confirmed_recovery
from waystation.audit.services import append
from waystation.cases.codes import said, turned
from waystation.cases.index.entry import Entry
from waystation.cases.index.index import Index
from waystation.cases.index.order import key_of
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
    order = index.order()
    fields = sorted({each.field for each in LOOKED})
    append(keyring=keyring, kind="records.searched", at=at, details={"count": index.opened, "fields": fields})
    codes = {said(text), turned(said(text))}
    coded = [each for each in (index.coded(code) for code in sorted(codes)) if each is not None]
    if coded:
        return sorted(coded, key=key_of)
    found = order.with_words(needles(text))
    like = [index.get(each) for each in index.named_like(text)]
    known = {each.code for each in found} if like else set()
    others = [each for each in like if each is not None and each.code not in known]
    return found + sorted(others, key=key_of)
