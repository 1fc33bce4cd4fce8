from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class AgeBand(StrEnum):
    """How old a traveller is, no more exactly than planning needs."""

    INFANT = "0-4"
    CHILD = "5-11"
    ADOLESCENT = "12-17"
    ADULT = "18-59"
    OLDER = "60-74"
    ELDER = "75+"
    DISPUTED = "disputed"

    @property
    def is_child(self) -> bool:
        """Whether the rules for children hold: under 18, or of disputed age."""
        return self in {AgeBand.INFANT, AgeBand.CHILD, AgeBand.ADOLESCENT, AgeBand.DISPUTED}


class Mobility(StrEnum):
    """How well a traveller moves on foot."""

    FULL = "full"
    LIMITED = "limited"
    ASSISTED = "assisted"
    CARRIED = "carried"


class BestInterests(StrEnum):
    """Which best interests procedure stands approved for a child."""

    NONE = "none"
    ASSESSMENT = "assessment"
    DETERMINATION = "determination"


class Urgency(StrEnum):
    """How soon help is needed, as declared by a person."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class EffortLimit:
    """The hardest leg a traveller can take: hours on foot, metres of climb, and whether at night."""

    walk_hours: float
    climb_m: float
    night: bool = True


_BY_MOBILITY = {
    Mobility.FULL: EffortLimit(12.0, 1500.0),
    Mobility.LIMITED: EffortLimit(4.0, 300.0),
    Mobility.ASSISTED: EffortLimit(1.0, 50.0),
    Mobility.CARRIED: EffortLimit(12.0, 1500.0),
}
_BY_AGE = {
    AgeBand.INFANT: EffortLimit(12.0, 1500.0),
    AgeBand.CHILD: EffortLimit(6.0, 600.0),
    AgeBand.ADOLESCENT: EffortLimit(10.0, 1200.0),
    AgeBand.ADULT: EffortLimit(12.0, 1500.0),
    AgeBand.OLDER: EffortLimit(8.0, 600.0),
    AgeBand.ELDER: EffortLimit(4.0, 300.0),
    AgeBand.DISPUTED: EffortLimit(10.0, 1200.0),
}


def usual_effort_limit(age: AgeBand, mobility: Mobility) -> EffortLimit:
    """Return the limit assumed for a traveller of whom nothing more is known: the lower of age's and mobility's."""
    by_age, by_mobility = _BY_AGE[age], _BY_MOBILITY[mobility]
    return EffortLimit(
        walk_hours=min(by_age.walk_hours, by_mobility.walk_hours),
        climb_m=min(by_age.climb_m, by_mobility.climb_m),
        night=by_age.night and by_mobility.night,
    )


@dataclass(frozen=True, slots=True)
class Traveller:
    """A person of a group, known by a code only.

    Attributes
    ----------
    needs
        Codes of what a leg may be unfit for (``wheelchair``, ``oxygen`` ...), compared with `Leg.not_for`.
    accompanied_by
        Code of the traveller who looks after this one, or None when alone.
    limit
        The hardest leg this traveller can take.
    """

    id: str
    age: AgeBand
    limit: EffortLimit
    mobility: Mobility = Mobility.FULL
    needs: frozenset[str] = frozenset()
    accompanied_by: str | None = None
    best_interests: BestInterests = BestInterests.NONE


@dataclass(frozen=True, slots=True)
class Group:
    """People who ask to travel together.

    Attributes
    ----------
    place
        Id of the place where they are.
    consent_on
        The day they agreed to be planned for; None while nobody has asked them.
    deadline
        The day by which they must have arrived; None where the network's horizon is enough.
    promised_on
        The day they were promised a journey; None where nobody has promised them one.
    together, apart
        A code shared by groups that go together or not at all; by groups that must not be under way in the same week.
    purposes
        Codes of what donors give money for that this group is an example of.
    """

    id: str
    place: str
    travellers: tuple[Traveller, ...]
    urgency: Urgency = Urgency.NORMAL
    asked_on: date | None = None
    consent_on: date | None = None
    deadline: date | None = None
    promised_on: date | None = None
    together: str | None = None
    apart: str | None = None
    purposes: frozenset[str] = frozenset()
    note: str = field(default="", compare=False)

    @property
    def size(self) -> int:
        """Number of people."""
        return len(self.travellers)

    @property
    def all_purposes(self) -> frozenset[str]:
        """The declared purposes, and ``children`` where anybody is under 18 or of disputed age."""
        children = frozenset({"children"}) if any(each.age.is_child for each in self.travellers) else frozenset[str]()
        return self.purposes | children

    @property
    def needs(self) -> frozenset[str]:
        """Every need of anybody in the group."""
        return frozenset().union(*(traveller.needs for traveller in self.travellers))

    @property
    def limit(self) -> EffortLimit:
        """The hardest leg the whole group can take: the lowest of its travellers' limits."""
        limits = [traveller.limit for traveller in self.travellers]
        return EffortLimit(
            walk_hours=min(limit.walk_hours for limit in limits),
            climb_m=min(limit.climb_m for limit in limits),
            night=all(limit.night for limit in limits),
        )
