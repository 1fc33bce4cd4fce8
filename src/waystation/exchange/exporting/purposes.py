"""What leaves the house for what: a purpose gets the columns it needs, and no other."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from waystation.cases.models import Case
from waystation.store.tiers import Tier


class Purpose(StrEnum):
    """Why cases are exported."""

    REFERRAL = "referral"
    TRANSPORT = "transport"
    HANDOVER = "handover"
    SUPERVISION = "supervision"
    STATISTICS = "statistics"


PLAIN = ("code", "entered", "closed")
"""Fields that are sealed to nobody: a random code, and months."""

FIELDS: Mapping[Purpose, tuple[str, ...]] = MappingProxyType({
    Purpose.REFERRAL: ("code", "name", "birth_date", "urgency", "needs"),
    Purpose.TRANSPORT: ("code", "party_size", "whereabouts", "needs"),
    Purpose.HANDOVER: ("code", "name", "birth_date", "whereabouts", "party_size", "urgency", "needs", "note"),
    Purpose.SUPERVISION: ("code", "entered", "closed", "urgency"),
    Purpose.STATISTICS: ("entered", "closed", "party_size", "urgency"),
})  # fmt: skip
"""The columns of each purpose. What somebody said as a witness is in none, and statistics have neither code nor name."""


@dataclass(frozen=True, slots=True)
class Needed:
    """What a purpose opens: its sealed fields, and their tiers."""

    sealed: tuple[str, ...]
    tiers: frozenset[Tier]


def needed_for(purpose: Purpose) -> Needed:
    """Return which sealed fields a purpose opens, and the tiers that takes."""
    fields = Case.sealed_fields()
    sealed = tuple(name for name in FIELDS[purpose] if name not in PLAIN)
    return Needed(sealed, frozenset(fields[name].tier for name in sealed))
