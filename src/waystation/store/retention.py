"""How long each kind of record is kept, and what happens then. A record of a kind that is not in the table cannot be made."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import Model

from waystation.store import models
from waystation.store.models import Record

YEAR: Final = timedelta(days=365)


class Then(StrEnum):
    """What is done when the time is over."""

    KEEP = "keep"
    """It stays as long as the organisation does."""
    SHRED = "shred"
    """Two people are asked to let its keys be destroyed."""


@dataclass(frozen=True)
class Rule:
    """One row of the table.

    Attributes
    ----------
    kind
        Kind of record.
    counted_from
        The column with the time from which it counts, of the record or of a row that belongs to it; empty: it never ends.
        While that column is empty the time does not run.
    keep
        How long.
    then
        What is done then.
    """

    kind: str
    counted_from: str
    keep: timedelta
    then: Then


RETENTION: Final[tuple[Rule, ...]] = (
    Rule("organisation", counted_from="", keep=timedelta.max, then=Then.KEEP),
    Rule("audit", counted_from="", keep=timedelta.max, then=Then.KEEP),
    Rule("complaint", counted_from="closed_at", keep=10 * YEAR, then=Then.SHRED),
    Rule("check", counted_from="", keep=timedelta.max, then=Then.KEEP),
    Rule("case", counted_from="closed_at", keep=5 * YEAR, then=Then.SHRED),
)
KINDS: Final = frozenset(rule.kind for rule in RETENTION)


def due(now: datetime, kind: str | None = None) -> list[Record]:
    """Return the records whose time is over, the longest first, of one kind or of all.

    Those on legal hold and those already shredded are left out.
    """
    found = _due_since(now, kind)
    records = Record.objects.in_bulk(list(found))
    return [records[record_id] for record_id in sorted(found, key=lambda each: (found[each], each))]


def count_due(now: datetime, kind: str) -> int:
    """Return how many records of a kind `due` names, without reading them."""
    return len(_due_since(now, kind))


def _due_since(now: datetime, kind: str | None) -> dict[UUID, datetime]:
    found: dict[UUID, datetime] = {}
    for rule in RETENTION:
        if rule.then is Then.KEEP or kind not in {None, rule.kind}:
            continue
        for model in _counting(rule.counted_from):
            path = "" if model is Record else "record__"
            conditions = {
                f"{path}kind": rule.kind,
                f"{path}hold": False,
                f"{path}shredded_at": None,
                f"{rule.counted_from}__lte": now - rule.keep,
            }
            rows = model._base_manager.filter(**conditions)
            for record_id, since in rows.values_list("pk" if model is Record else "record_id", rule.counted_from):
                # Several rows may count: the record is due when the last of them is, so that the latest time decides.
                found[record_id] = max(since, found.get(record_id, since))
    return found


def _counting(column: str) -> list[type[Model]]:
    """Return the kinds of row that have a column of this name."""
    candidates: list[type[Model]] = [Record, *models.sealed_models()]
    return [model for model in candidates if column in {field.name for field in model._meta.concrete_fields}]
