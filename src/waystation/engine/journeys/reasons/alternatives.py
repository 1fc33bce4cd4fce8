"""Why this and not the next best: the best plan without each leg of the main line."""

from waystation.engine.journeys.argument import Alternative
from waystation.engine.journeys.reasons.ground import Ground, best, legs_taken, without_leg


def alternatives(ground: Ground) -> tuple[Alternative, ...]:
    """Return, for each leg of the main line in its order, the best that can be done without it."""
    process = ground.process
    sources = {process.moves.leg[move]: int(process.moves.source[move]) for move in reversed(ground.line)}
    return tuple(
        alternative(ground, process.moves.leg[move], process.places[sources[process.moves.leg[move]]])
        for move in dict.fromkeys(ground.line)
    )


def alternative(ground: Ground, leg: str, place: str) -> Alternative:
    """Return the best that can be done without a leg; it departs from ``place``."""
    other = without_leg(ground.process, leg)
    legs, course = legs_taken(other, best(other, ground.grid))
    found = course.evaluation
    return Alternative(
        without=leg,
        place=place,
        legs=legs if found.arrive > 0.0 else (),
        arrive=found.arrive,
        harm=found.harm,
        cost_expected=found.cost_expected,
        days_expected=found.days_expected,
    )
