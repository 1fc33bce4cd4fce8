from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from waystation.engine.model.condition import Condition, Observation
from waystation.engine.model.experience import Fund, Outcome
from waystation.engine.model.group import Group
from waystation.engine.model.leg import Leg
from waystation.engine.model.partner import Partner
from waystation.engine.model.place import Place
from waystation.engine.model.rates import Rate


@dataclass(frozen=True)
class Network:
    """Everything an organisation knows of its routes, and who asks to use them: one network folder.

    Attributes
    ----------
    slot_hours
        Length of a slot, the grain of time: 1, 2, 3, 4, 6, 8, 12 or 24 hours.
    horizon_days
        Days within which a journey must have arrived when no deadline is given.
    currency
        The currency plans are made in; every price is converted to it by a dated rate.
    most_exposed
        People who may depend on one partner or one house in one week, over all groups; None for no limit.
    most_harm
        People who may be expected to come to harm at most, over all groups that are chosen; None for no limit.
    as_of
        The day on which the folder was true; nothing in it was observed later.
    """

    name: str
    currency: str
    as_of: date
    places: tuple[Place, ...]
    legs: tuple[Leg, ...]
    slot_hours: int = 12
    horizon_days: int = 60
    conditions: tuple[Condition, ...] = ()
    observations: tuple[Observation, ...] = ()
    partners: tuple[Partner, ...] = ()
    groups: tuple[Group, ...] = ()
    rates: tuple[Rate, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    funds: tuple[Fund, ...] = ()
    most_exposed: int | None = None
    most_harm: float | None = None
    sources: Mapping[str, str] = field(default_factory=dict)
