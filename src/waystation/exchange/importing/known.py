"""What is here already that a row may be about: imported before, the same code, the same name. All of it in memory only."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, allowed_tiers
from waystation.audit.services import append
from waystation.cases.glance import Glance
from waystation.cases.models import Case
from waystation.cases.queries import visible_cases
from waystation.exchange.fresh import fresh_keyring
from waystation.exchange.importing.updates import CASE_COLUMNS
from waystation.exchange.models import ImportLine
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier

_MARKS = re.compile(r"[^\w\s]|_")


@dataclass
class Known:
    """What the importer may see of what is here.

    Attributes
    ----------
    names
        Cases by their name as `name_key` writes it.
    values
        What stands in each case now: name, and whereabouts where they may be opened.
    digests, references
        Cases by what rows of earlier imports said, and by their own number of it.
    seen
        The version that the newest import made of a case.
    cases
        Every case the importer may see, nothing of it opened.
    """

    names: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list), repr=False)
    values: dict[UUID, dict[str, str]] = field(default_factory=dict, repr=False)
    codes: dict[str, UUID] = field(default_factory=dict)
    digests: dict[str, UUID] = field(default_factory=dict, repr=False)
    references: dict[str, UUID] = field(default_factory=dict, repr=False)
    seen: dict[UUID, int] = field(default_factory=dict)
    cases: dict[UUID, Case] = field(default_factory=dict, repr=False)


def name_key(name: str) -> str:
    """Return a name without case, marks, accents and the order of its words: what is alike by it may be one person."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return " ".join(sorted(_MARKS.sub(" ", unicodedata.normalize("NFC", bare)).split()))


def what_is_known(*, keyring: Keyring, person: Person, at: datetime) -> Known:
    """Open, in memory, the names a person may see and what they imported; the log tells how many were looked through."""
    found = Known()
    cases = visible_cases(person, keyring)
    glance = Glance(fresh_keyring(keyring), [case.record for case in cases])
    rows = {case.pk: case for case in cases}
    found.cases = rows
    found.codes = {case.code: case.pk for case in cases}
    named = _held(person, glance, cases, Tier.IDENTITY)
    placed = _held(person, glance, cases, Tier.MOVEMENT)
    append(
        keyring=keyring,
        kind="records.searched",
        at=at,
        details={"count": len(named), "fields": sorted(CASE_COLUMNS.values())},
    )
    for field_name, held in (("name", named), ("whereabouts", placed)):
        read = [_with_record(row, rows) for row in Case.objects.filter(pk__in=held).only("record_id", field_name)]
        for case_id, opened in glance.open_many(read, field_name).items():
            found.values.setdefault(case_id, {})[field_name] = str(opened[field_name] or "")
    for case_id, texts in found.values.items():
        if texts.get("name"):
            found.names[name_key(texts["name"])].append(case_id)
    _lines(glance, rows, found)
    return found


def _held(person: Person, glance: Glance, cases: list[Case], tier: Tier) -> list[UUID]:
    return [
        case.pk
        for case in cases
        if glance.may_open(case.record, tier) and tier in allowed_tiers(person, Action.CASE_OPEN, case.record, glance)
    ]


def _with_record(row: Case, rows: dict[UUID, Case]) -> Case:
    row.record = rows[row.pk].record
    return row


def _lines(glance: Glance, rows: dict[UUID, Case], found: Known) -> None:
    lines = ImportLine.objects.filter(source__undone_at=None, record_id__in=list(rows)).select_related("record")
    by_id = {line.pk: line for line in lines.order_by("source__at", "row")}
    for line_id, values in glance.open_many(by_id.values(), "digest", "reference").items():
        case_id = by_id[line_id].record_id
        found.digests[str(values["digest"])] = case_id
        found.seen[case_id] = max(by_id[line_id].case_version, found.seen.get(case_id, 0))
        if values["reference"]:
            found.references[str(values["reference"])] = case_id
