from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from waystation.kernel import Money


class OutcomeKind(StrEnum):
    """How a group's passage over one leg ended."""

    PASSED = "passed"
    NEAR_MISS = "near_miss"
    TURNED_BACK = "turned_back"
    EXTRA_DEMAND = "extra_demand"
    CALLED_OFF = "called_off"
    INTERCEPTED = "intercepted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One passage of one group over one leg, as it ended. The unit is the group, not the person."""

    leg: str
    on: date
    party_size: int
    kind: OutcomeKind
    regime: str = ""


@dataclass(frozen=True, slots=True)
class Fund:
    """Money an organisation may use in a period, and what it may be used for."""

    id: str
    period: str
    amount: Money
    restriction: str = ""
