"""What evidence still counts after the world has changed."""

import math
from collections.abc import Iterable
from datetime import date

from waystation.engine.model import Outcome, Regime


def begun(regimes: Iterable[Regime], leg: str | None, by: date) -> tuple[Regime, ...]:
    """Return the regimes that concern a leg (None: any leg) and have begun by a day, in the order of their days."""
    found = [each for each in regimes if each.begins <= by and (leg is None or not each.legs or leg in each.legs)]
    return tuple(sorted(found, key=lambda each: (each.begins, each.id)))


def latest_begin(regimes: Iterable[Regime], leg: str | None, by: date) -> date | None:
    """Return the first day of the regime that a leg is in on a day; None if none has begun.

    Without a leg only regimes that concern all legs count.
    """
    own = [each for each in begun(regimes, leg, by) if leg is not None or not each.legs]
    return own[-1].begins if own else None


def weight_of(outcome: Outcome, regimes: Iterable[Regime], by: date) -> float:
    """Return the weight an outcome keeps, in [0, 1]: the product of the discounts of all regimes that began after its own.

    Its own regime is the one it names, where that is declared, else the one in force on its day.
    """
    known = begun(regimes, outcome.leg, by)
    named = [each.begins for each in known if each.id == outcome.regime]
    since = named[0] if named else outcome.on
    return math.prod(each.discount for each in known if each.begins > since)
