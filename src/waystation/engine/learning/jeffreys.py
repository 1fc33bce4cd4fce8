from typing import NamedTuple

from scipy.special import betaincinv


class Bounds(NamedTuple):
    """The two ends of an interval of chances."""

    low: float
    high: float


def jeffreys_interval(events: float, missions: float, coverage: float = 0.8) -> Bounds:
    """Return what some missions alone say of a chance: the equal-tailed interval of the posterior under Jeffreys' prior.

    Parameters
    ----------
    events
        In how many of them it happened, 0 to ``missions``. Missions are counted, not people: a party shares its fate.
    coverage
        In (0, 1).

    Returns
    -------
    Bounds
        The quantiles of Beta(events + 1/2, missions - events + 1/2); the lower end is 0 where it never happened, the upper 1
        where it always did.

    Raises
    ------
    ValueError
        If the numbers are out of range.

    Notes
    -----
    Brown, Cai and DasGupta (2001), doi:10.1214/ss/1009213286.
    """
    if not 0.0 <= events <= missions or not 0.0 < coverage < 1.0:
        message = f"needs 0 <= events <= missions and a coverage between 0 and 1, not {events}, {missions}, {coverage}"
        raise ValueError(message)
    a, b, out = events + 0.5, missions - events + 0.5, (1.0 - coverage) / 2.0
    low = 0.0 if events == 0.0 else float(betaincinv(a, b, out))
    high = 1.0 if events == missions else float(betaincinv(a, b, 1.0 - out))
    return Bounds(low, high)


def missions_of(people: int, party: int) -> int:
    """Return how many missions so many people were, in parties of one size, to the nearest whole; at least 1.

    Raises
    ------
    ValueError
        If either number is below 1.
    """
    if people < 1 or party < 1:
        message = f"people and party are 1 or more, not {people} and {party}"
        raise ValueError(message)
    return max(1, round(people / party))
