"""Where two plans do something else in the same situation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from waystation.engine.journeys.plan import Decision, Plan, Stage

_When = Mapping[str, tuple[str, ...]]
_SAME_DAY = 1e-9


@dataclass(frozen=True)
class Divergence:
    """A situation in which two plans do otherwise.

    Attributes
    ----------
    place
        Where.
    when
        Levels by condition at which both decisions hold; empty when they hold whatever the conditions.
    from_day, until_day
        Days from the start between which both hold.
    first, second
        What each plan does there.
    """

    place: str
    when: _When
    from_day: float
    until_day: float
    first: Decision
    second: Decision


def divergences(first: Plan, second: Plan) -> tuple[Divergence, ...]:
    """Return where two plans do otherwise at places both come to, in the order in which the first comes to them."""
    stages = {stage.place: stage for stage in second.stages}
    return tuple(
        divergence
        for stage in first.stages
        if stage.place in stages
        for divergence in sorted(_at(stage, stages[stage.place]), key=lambda each: (each.from_day, -each.first.chance))
    )


def _at(first: Stage, second: Stage) -> Iterator[Divergence]:
    for one in first.decisions:
        for other in second.decisions:
            found = _met(first.place, one, other)
            if found is not None and _acts(one) != _acts(other) and not _both_do_both(found, first, second):
                yield found


def _met(place: str, one: Decision, other: Decision) -> Divergence | None:
    """Return the situation in which two decisions both hold, None where there is none."""
    when = _both(one.when, other.when)
    since, until = max(one.from_day, other.from_day), min(one.until_day, other.until_day)
    if when is None or since > until + _SAME_DAY:
        return None
    return Divergence(place, when, since, until, one, other)


def _both_do_both(found: Divergence, first: Stage, second: Stage) -> bool:
    """Tell whether in that time each plan also does what the other does, so that nothing can be told apart."""
    return _does(first, found.second, found) and _does(second, found.first, found)


def _does(stage: Stage, what: Decision, during: Divergence) -> bool:
    return any(
        _acts(each) == _acts(what)
        and _both(each.when, during.when) is not None
        and each.from_day <= during.until_day + _SAME_DAY
        and during.from_day <= each.until_day + _SAME_DAY
        for each in stage.decisions
    )


def _acts(decision: Decision) -> tuple[object, ...]:
    return decision.action, decision.leg, decision.in_company, decision.when_asked


def _both(one: _When, other: _When) -> _When | None:
    """Return the levels at which both hold, None where there are none."""
    both = {**other, **one}
    for condition in one.keys() & other.keys():
        both[condition] = tuple(level for level in one[condition] if level in other[condition])
        if not both[condition]:
            return None
    return both
