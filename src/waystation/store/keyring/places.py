from typing import NamedTuple
from uuid import UUID

from waystation.store.tiers import Tier


class Place(NamedTuple):
    """One tier of one record."""

    record_id: UUID
    tier: Tier

    def as_bytes(self, version: int) -> bytes:
        """Return what a key is bound to when it is handed over; every part but the last has a fixed length."""
        return self.record_id.bytes + version.to_bytes(4, "big") + self.tier.encode()
