from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from waystation.kernel import Money


class PartnerKind(StrEnum):
    """What a partner does."""

    GUIDE = "guide"
    DRIVER = "driver"
    HOST = "host"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody who runs legs or houses, known by a code.

    Attributes
    ----------
    risk_factor
        Multiplies the odds of interception of every leg the partner runs; 1 is ordinary, below 1 safer.
    capacity_per_week
        People the partner can move in a week; None for no known limit.
    vetted_until
        Last day on which the partner may run a leg; None where no vetting is recorded.
    """

    id: str
    kind: PartnerKind
    risk_factor: float = 1.0
    capacity_per_week: int | None = None
    retainer_month: Money | None = None
    vetted_until: date | None = None
    note: str = ""
