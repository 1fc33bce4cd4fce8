from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from waystation.engine.model.condition import LevelRef
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
    """One passage of one group over one leg, as it ended. The unit is the group, not the person.

    Attributes
    ----------
    on
        The day it ended; of an unknown outcome the day of the last news.
    regime
        The id of the regime it belongs to; empty: the one in force on the day.
    partner
        Who ran it; None: whoever runs the leg.
    levels
        Levels of conditions at departure that were known.
    days
        How long it took, in days; None where nobody wrote it down.
    count
        How many passages, alike in all of this, the record stands for; at least 1.
    """

    leg: str
    on: date
    party_size: int
    kind: OutcomeKind
    regime: str = ""
    partner: str | None = None
    levels: frozenset[LevelRef] = frozenset()
    days: float | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Regime:
    """From a named day on, what happened before counts less, because the world has changed.

    Attributes
    ----------
    begins
        Its first day.
    discount
        The weight that evidence from before it keeps, in [0, 1]; 1 changes nothing.
    legs
        The legs it concerns; empty for all.
    """

    id: str
    begins: date
    discount: float
    legs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fund:
    """Money an organisation may use in a period, and what it may be used for.

    Attributes
    ----------
    restriction
        In the donor's words, for people.
    only_for
        Codes of purposes of which a group must have one; empty where the money is for everybody.
    """

    id: str
    period: str
    amount: Money
    restriction: str = ""
    only_for: frozenset[str] = frozenset()

    def may_pay_for(self, purposes: frozenset[str]) -> bool:
        """Whether the fund may be used for a group of these purposes; never where only words say what it is for."""
        if self.only_for:
            return bool(self.only_for & purposes)
        return not self.restriction
