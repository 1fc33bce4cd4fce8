from collections.abc import Iterable, Mapping
from typing import Self
from uuid import UUID

from waystation.store.keyring import Keyring
from waystation.store.models import Record
from waystation.store.tiers import Tier


class Glance(Keyring):
    """A keyring that was asked once what it holds of many records, so that a list asks the database no question for each.

    It is the same keyring in all else, and what is opened is asked of the keyring itself. Keep it no longer than one page takes.
    """

    def __init__(self, keyring: Keyring, records: Iterable[Record]) -> None:
        """Look which tiers of ``records`` the keyring may open: a few queries in all."""
        vars(self).update(vars(keyring))  # the same identity, trust and opened keys: nothing is made anew
        self._glanced: Mapping[UUID, frozenset[Tier]] = keyring.tiers_of_many(records)

    @classmethod
    def of(cls, keyring: Keyring, held: Mapping[UUID, frozenset[Tier]]) -> Self:
        """Return a glance at what was looked up before: tiers by the record's id."""
        made = cls(keyring, ())
        made._glanced = held
        return made

    def tiers_of(self, record: Record) -> frozenset[Tier]:
        """Return the tiers of a record that may be opened; of one that was not looked at, ask."""
        known = self._glanced.get(record.pk)
        return super().tiers_of(record) if known is None else known

    def may_open(self, record: Record, tier: Tier) -> bool:
        """Tell whether a tier may be opened."""
        return tier in self.tiers_of(record)
