"""Which conditions a group keeps in mind where, when it cannot keep all of them in mind everywhere."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from waystation.engine.model import Leg, LevelFactor, Place


def region_of(place: Place) -> tuple[str, str]:
    """Return what tells a place's region from others: its region, else its country, else the place itself."""
    if place.region:
        return "region", place.region
    return ("country", place.country) if place.country else ("place", place.id)


def conditions_of(legs: Iterable[Leg], places: Iterable[Place]) -> set[str]:
    """Return the ids of the conditions that change something on the legs or while waiting at the places."""
    touched: set[str] = set()
    for leg in legs:
        factors: list[LevelFactor] = [*leg.intercepted_factors, *leg.turned_back_factors]
        factors.extend(leg.demand.factors if leg.demand else ())
        touched.update(factor.at.condition for factor in factors)
        touched.update(ref.condition for ref in leg.closed_at)
    for place in places:
        touched.update(factor.at.condition for factor in place.discovery_factors)
    return touched


def known_by_region(places: Sequence[Place], legs: Iterable[Leg], conditions: Sequence[str]) -> NDArray[np.bool_]:
    """Return which conditions are known at which place, ``(N, K)``: those of its region.

    A region's conditions change something on a leg from one of its places or while waiting at one. At a destination nothing is
    left to decide, and nothing is known.
    """
    regions = {place.id: region_of(place) for place in places}
    starting: dict[tuple[str, str], list[Leg]] = {}
    staying: dict[tuple[str, str], list[Place]] = {}
    for leg in legs:
        starting.setdefault(regions[leg.origin], []).append(leg)
    for place in places:
        staying.setdefault(regions[place.id], []).append(place)
    touched = {region: conditions_of(starting.get(region, ()), staying[region]) for region in staying}
    known = [
        [place.kind != "destination" and condition in touched[regions[place.id]] for condition in conditions]
        for place in places
    ]
    return np.array(known, dtype=np.bool_).reshape(len(places), len(conditions))
