"""What leaves the house for what: a purpose gets the kinds of rows and the columns it needs, and no other."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from waystation.cases.models import Case, Contact, Decision, Request, Traveller
from waystation.store.models import SealedModel
from waystation.store.tiers import Tier


class Purpose(StrEnum):
    """Why something is exported."""

    REFERRAL = "referral"
    TRANSPORT = "transport"
    HANDOVER = "handover"
    SUPERVISION = "supervision"
    STATISTICS = "statistics"


class What(StrEnum):
    """What one row is about."""

    CASES = "cases"
    PEOPLE = "people"
    REQUESTS = "requests"
    CONTACTS = "contacts"
    DECISIONS = "decisions"


TABLES: Mapping[What, type[SealedModel]] = MappingProxyType({
    What.CASES: Case,
    What.PEOPLE: Traveller,
    What.REQUESTS: Request,
    What.CONTACTS: Contact,
    What.DECISIONS: Decision,
})  # fmt: skip
"""Where the rows stand. Rows that were taken off a case are not exported."""

PLAIN = ("code", "entered", "closed", "decided")
"""Fields that are sealed to nobody: the case's random code, and months."""

FIELDS: Mapping[tuple[Purpose, What], tuple[str, ...]] = MappingProxyType({
    (Purpose.REFERRAL, What.CASES): ("code", "name", "birth_date", "urgency", "needs"),
    (Purpose.REFERRAL, What.PEOPLE): (
        "code", "names", "birth", "gender", "age_band", "mobility", "needs", "medical", "languages",
    ),
    (Purpose.REFERRAL, What.CONTACTS): ("code", "whose", "way", "address", "safe_time", "caution"),
    (Purpose.TRANSPORT, What.CASES): ("code", "party_size", "whereabouts", "needs"),
    (Purpose.TRANSPORT, What.PEOPLE): ("code", "age_band", "mobility", "needs", "languages"),
    (Purpose.HANDOVER, What.CASES): (
        "code", "name", "birth_date", "whereabouts", "party_size", "urgency", "needs", "note",
    ),
    (Purpose.HANDOVER, What.PEOPLE): (
        "code", "names", "birth", "gender", "age_band", "mobility", "needs", "medical", "languages", "relation",
    ),
    (Purpose.HANDOVER, What.REQUESTS): (
        "code", "asker", "asker_name", "for_whom", "answer_way", "answer_address", "answer_time", "language", "heads",
        "region", "danger", "deadline", "contact_consent",
    ),
    (Purpose.HANDOVER, What.CONTACTS): ("code", "whose", "way", "address", "safe_time", "caution"),
    (Purpose.HANDOVER, What.DECISIONS): ("code", "outcome", "reason", "words", "decided", "review_on"),
    (Purpose.SUPERVISION, What.CASES): ("code", "entered", "closed", "urgency"),
    (Purpose.SUPERVISION, What.REQUESTS): ("code", "entered", "asker", "answer_way", "contact_consent", "deadline"),
    (Purpose.SUPERVISION, What.DECISIONS): ("code", "outcome", "reason", "decided", "review_on"),
    (Purpose.STATISTICS, What.CASES): ("entered", "closed", "party_size", "urgency"),
    (Purpose.STATISTICS, What.PEOPLE): ("entered", "age_band", "mobility", "needs"),
    (Purpose.STATISTICS, What.REQUESTS): ("entered", "asker", "language", "heads"),
    (Purpose.STATISTICS, What.DECISIONS): ("outcome", "reason", "decided"),
})  # fmt: skip
"""The columns of each purpose, by what a row is about; what is not named, the purpose does not get.

What somebody said as a witness is in none, and statistics have neither code nor name.
"""


def kinds_for(purpose: Purpose) -> tuple[What, ...]:
    """Return which kinds of rows a purpose gets."""
    return tuple(what for each, what in FIELDS if each is purpose)


@dataclass(frozen=True, slots=True)
class Needed:
    """What a purpose opens: its sealed fields, and their tiers."""

    sealed: tuple[str, ...]
    tiers: frozenset[Tier]


def needed_for(purpose: Purpose, what: What = What.CASES) -> Needed:
    """Return which sealed fields a purpose opens of one kind of rows, and the tiers that takes."""
    fields = TABLES[what].sealed_fields()
    sealed = tuple(name for name in FIELDS[purpose, what] if name not in PLAIN)
    return Needed(sealed, frozenset(fields[name].tier for name in sealed))
