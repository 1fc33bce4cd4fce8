"""A journey through two regions written by hand: what is known in one and drawn from its forecast in the other."""

from typing import Any

from tests.oracle.small_journeys import ALONE, START, leg, network, place
from waystation.engine.journeys.build import Built, build
from waystation.engine.journeys.process import Process
from waystation.engine.model import Chain, Condition, LevelFactor, LevelRef, Network, Observation, PlaceKind

LAW = Condition("law", ("old", "new"), (Chain.persistent(2, 0.9),))
RIVER = Condition("river", ("low", "high", "flood"), (Chain.persistent(3, 0.8),))
PATROLS = Condition("patrols", ("few", "many"), (Chain.persistent(2, 0.7),))
SEEN = (
    Observation("law", START, "new", confidence=0.75),
    Observation("river", START, "low"),
    Observation("patrols", START, "many"),
)


def when(condition: str, level: str, factor: float = 3.0) -> LevelFactor:
    return LevelFactor(LevelRef(condition, level), factor)


def two_regions(days: float = 6.0, **more: Any) -> Process:
    """Return the journey of `built_by_region` in arrays."""
    return built_by_region(days, **more).process


def built_by_region(days: float = 6.0, **more: Any) -> Built:
    """Return a journey from the south, where law and patrols are known, to the north, where law and river are.

    Places are ``origin``, ``hill`` (south), ``bank`` (north) and ``goal``; own levels 4, 4, 6 and 1.
    """
    return build(world_of_two_regions(), ALONE, START, days, **({"most_exact_levels": 1} | more))


def world_of_two_regions() -> Network:
    """Return the network of that journey."""
    places = [
        place("origin", PlaceKind.ORIGIN, region="south"),
        place("hill", region="south"),
        place("bank", region="north"),
    ]
    patrols, law = (when("patrols", "many"),), (when("law", "new"),)
    legs = [
        leg("up", "origin", "hill", intercepted=0.1, turned_back=0.2, intercepted_factors=(*patrols, *law)),
        leg("down", "hill", "bank", 2, intercepted=0.05, turned_back=0.3, intercepted_factors=patrols),
        leg("over", "bank", "goal", intercepted=0.1, intercepted_factors=(when("river", "high"), *law)),
        leg("back", "bank", "origin", intercepted=0.01, closed_at=frozenset({LevelRef("river", "flood")})),
    ]
    return network(legs, places=places, conditions=[LAW, RIVER, PATROLS], seen=SEEN)
