"""Which legs a group can use at all, and the reason for each one it cannot."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from waystation.engine.journeys.plan import ReasonCode, RuledOut
from waystation.engine.model import Group, Leg, Partner, Place


def leg_obstacle(
    leg: Leg, group: Group, partner: Partner | None, days: Sequence[date], possible: Mapping[str, Sequence[str]]
) -> RuledOut | None:
    """Return the first reason why a group cannot use a leg on any of the given days, or None.

    Parameters
    ----------
    days
        The days of the journey, in order, at least one.
    possible
        The levels each condition can be at during the journey.
    """
    return _unfit(leg, group) or _never_runs(leg, partner, days) or _always_closed(leg, possible)


def _unfit(leg: Leg, group: Group) -> RuledOut | None:
    limit = group.limit
    if leg.largest_party is not None and group.size > leg.largest_party:
        return RuledOut(leg.id, ReasonCode.PARTY_TOO_LARGE, str(group.size), str(leg.largest_party))
    if leg.walk_hours > limit.walk_hours:
        return RuledOut(leg.id, ReasonCode.WALKING, f"{leg.walk_hours:g}", f"{limit.walk_hours:g}")
    if leg.climb_m > limit.climb_m:
        return RuledOut(leg.id, ReasonCode.CLIMB, f"{leg.climb_m:g}", f"{limit.climb_m:g}")
    if leg.night and not limit.night:
        return RuledOut(leg.id, ReasonCode.NIGHT)
    unmet = sorted(leg.not_for & group.needs)
    return RuledOut(leg.id, ReasonCode.NEED, unmet[0]) if unmet else None


def _never_runs(leg: Leg, partner: Partner | None, days: Sequence[date]) -> RuledOut | None:
    running = [day for day in days if leg.runs(day)]
    if not running:
        return RuledOut(leg.id, ReasonCode.NO_DATE, days[0].isoformat(), days[-1].isoformat())
    vetted_until = partner.vetted_until if partner is not None else None
    if partner is not None and vetted_until is not None and running[0] > vetted_until:
        return RuledOut(leg.id, ReasonCode.VETTING, partner.id, vetted_until.isoformat())
    return None


def _always_closed(leg: Leg, possible: Mapping[str, Sequence[str]]) -> RuledOut | None:
    for condition, levels in possible.items():
        closed = {ref.level for ref in leg.closed_at if ref.condition == condition}
        if closed and closed.issuperset(levels):
            return RuledOut(leg.id, ReasonCode.ALWAYS_CLOSED, condition, "|".join(levels))
    return None


def wait_obstacle(place: Place, group: Group) -> RuledOut | None:
    """Return why a group cannot wait at a place that allows waiting (too few beds), or None."""
    if place.may_wait and place.beds is not None and group.size > place.beds:
        return RuledOut(place.id, ReasonCode.BEDS, str(group.size), str(place.beds))
    return None


def departs_on(leg: Leg, partner: Partner | None, day: date) -> bool:
    """Whether a leg can begin on a day: it runs, and its partner's vetting has not run out."""
    vetted_until = partner.vetted_until if partner is not None else None
    return leg.runs(day) and (vetted_until is None or day <= vetted_until)


def journey_days(start: date, slots: int, slot_hours: int) -> tuple[date, ...]:
    """Return the calendar days on which the slots 0 to ``slots`` - 1 begin, each once."""
    last = (slots - 1) * slot_hours // 24
    return tuple(start + timedelta(days=offset) for offset in range(last + 1))
