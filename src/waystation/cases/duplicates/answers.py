"""What people said of pairs of cases, the newest answer of each pair."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from waystation.cases.models import PairAnswer
from waystation.cases.queries import AT_ONCE
from waystation.store.keyring import Keyring

Pair = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Answer:
    """The newest answer about two cases.

    Attributes
    ----------
    answer
        ``same``, ``different``, ``later`` or ``taken_back``.
    kept
        Which case goes on, if they are one person's.
    """

    answer: str
    kept: UUID | None
    by: UUID
    at: datetime
    reason: str = field(repr=False)

    @property
    def decided(self) -> bool:
        """Whether nobody needs to look at the pair again."""
        return self.answer in ("same", "different")


def pair_of(one: UUID, other: UUID) -> Pair:
    """Return two ids as a pair, whichever was named first."""
    return (one, other) if one.int < other.int else (other, one)


def answers(keyring: Keyring, case_ids: Collection[UUID]) -> dict[Pair, Answer]:
    """Return the newest answer of each pair in which one of some cases is, as far as the keyring may open it."""
    asked = set(case_ids)
    about = Q(record_id__in=asked) if len(asked) <= AT_ONCE else Q()
    said = PairAnswer.objects.filter(about).select_related("record").order_by("at", "pk")
    rows = [row for row in said if row.record_id in asked]
    opened = keyring.open_many(rows, "other", "answer", "reason")
    found = {}
    for row in rows:
        if row.pk in opened:
            told = opened[row.pk]
            found[pair_of(row.record_id, UUID(str(told["other"])))] = _read(row, told)
    return found


def _read(row: PairAnswer, told: dict[str, object]) -> Answer:
    said = str(told["answer"])
    kept = {"kept": row.record_id, "merged": UUID(str(told["other"]))}.get(said)
    return Answer("same" if kept else said, kept, row.by, row.at, str(told["reason"] or ""))
