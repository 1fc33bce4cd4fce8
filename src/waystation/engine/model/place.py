from dataclasses import dataclass
from enum import StrEnum

from waystation.engine.model.belief import NEVER, Belief
from waystation.engine.model.condition import LevelFactor
from waystation.kernel import Money


class PlaceKind(StrEnum):
    """What a place is on a journey."""

    ORIGIN = "origin"
    SAFE_HOUSE = "safe_house"
    HUB = "hub"
    CROSSING = "crossing"
    RECEPTION = "reception"
    DESTINATION = "destination"

    @property
    def usually_waits(self) -> bool:
        """Whether a group may wait there unless the folder says otherwise: everywhere but at a crossing."""
        return self is not PlaceKind.CROSSING

    @property
    def usually_stops(self) -> bool:
        """Whether a journey may safely end there unless the folder says otherwise."""
        return self in {PlaceKind.ORIGIN, PlaceKind.SAFE_HOUSE, PlaceKind.RECEPTION}


@dataclass(frozen=True, slots=True)
class Place:
    """A place at the level of a country or region.

    Attributes
    ----------
    lat, lon
        Degrees north and east.
    beds
        People who can stay at once; a larger party cannot wait there. None for no limit.
    stay_cost
        Price per person and day of waiting.
    discovery
        Chance per day of waiting that the group is discovered (harm).
    """

    id: str
    kind: PlaceKind
    lat: float
    lon: float
    stay_cost: Money
    name: str = ""
    region: str = ""
    country: str = ""
    beds: int | None = None
    discovery: Belief = NEVER
    discovery_factors: tuple[LevelFactor, ...] = ()
    may_wait: bool = True
    may_stop: bool = False
    note: str = ""
