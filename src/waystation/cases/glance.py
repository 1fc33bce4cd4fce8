from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db.models import Count, Max, Q

from waystation.store.keyring import Keyring
from waystation.store.models import Grant, Record, TierKey, Withdrawal
from waystation.store.tiers import Tier


class Mark(NamedTuple):
    """What shows that keys of a record changed hands: each change makes a grant, a key, or a withdrawal."""

    grants: int = 0
    newest: int = 0
    keys: int = 0
    stale: int = 0
    withdrawals: int = 0


AT_ONCE = 400
"""Ids in one query."""

Known = dict[UUID, tuple[Mark, frozenset[Tier]]]
_known: WeakKeyDictionary[Keyring, Known] = WeakKeyDictionary()
"""What each keyring of this process held of each record when it was last looked at; gone with the keyring."""


class Glance(Keyring):
    """A keyring that was asked once what it holds of many records, so that a list asks the database no question for each.

    To find one's key among a record's grants takes a trial of each: records whose keys have not changed hands since the
    last glance are not tried again. It is the same keyring in all else, and what is opened is asked of the keyring itself.
    Keep it no longer than one page takes.
    """

    def __init__(self, keyring: Keyring, records: Iterable[Record]) -> None:
        """Look which tiers of ``records`` the keyring may open: a few queries in all."""
        vars(self).update(vars(keyring))  # the same identity, trust and opened keys: nothing is made anew
        rows = list(records)
        known, marks = _known.setdefault(keyring, {}), _marks([record.pk for record in rows])
        fresh = [each for each in rows if each.pk not in known or known[each.pk][0] != marks.get(each.pk, Mark())]
        for record_id, tiers in keyring.tiers_of_many(fresh).items():
            known[record_id] = (marks.get(record_id, Mark()), tiers)
        self._glanced = {record.pk: known[record.pk][1] for record in rows}

    def tiers_of(self, record: Record) -> frozenset[Tier]:
        """Return the tiers of a record that may be opened; of one that was not looked at, ask."""
        known = self._glanced.get(record.pk)
        return super().tiers_of(record) if known is None else known

    def may_open(self, record: Record, tier: Tier) -> bool:
        """Tell whether a tier may be opened."""
        return tier in self.tiers_of(record)


def _marks(record_ids: list[UUID]) -> dict[UUID, Mark]:
    """Return the marks of some records; of all of them where that is asked at once anyway."""
    about = Q(record_id__in=record_ids) if len(record_ids) <= AT_ONCE else Q()
    grants = Grant.objects.filter(about).values("record_id").annotate(count=Count("pk"), newest=Max("version"))
    keys = TierKey.objects.filter(about).values("record_id")
    keys_by_record = keys.annotate(count=Count("pk"), marked=Count("pk", filter=Q(stale=True)))
    waiting = dict(Withdrawal.objects.filter(about).values_list("record_id").annotate(count=Count("pk")))
    by_record = {row["record_id"]: (row["count"], row["newest"]) for row in grants}
    return {
        row["record_id"]: Mark(
            *by_record.get(row["record_id"], (0, 0)), row["count"], row["marked"], waiting.get(row["record_id"], 0)
        )
        for row in keys_by_record
    }
