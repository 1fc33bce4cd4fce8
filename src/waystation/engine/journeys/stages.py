"""From a policy in thousands of states to a page: where the journey may pass, and what to do there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.argument import Interval
from waystation.engine.journeys.doubt.posterior import COVERAGE, Posterior, interval
from waystation.engine.journeys.follow import Course, Visits
from waystation.engine.journeys.layout import last_hopes
from waystation.engine.journeys.plan import ActionKind, Decision, Stage, WhenAsked
from waystation.engine.journeys.process import FIRST_MOVE, NO_ACTION, STOP, WAIT, Process
from waystation.kernel import Money

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_NEGLIGIBLE = 1e-2
"""What is rarer than this share of the visits to a place is left out of the page (never out of the numbers)."""

_RARE = 1e-3
"""A place that is reached more seldom is left out as well."""

_MOST_TRIED = 3
"""Up to so many conditions, each is tried as the first to divide the levels by."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What to do from one slot to another (both included) while the conditions stand at one joint level.

    ``present`` is how often the journey decides there, ``paying`` and ``refusing`` how often it would answer a demand so,
    ``by_money`` and ``by_effort`` how often something else is done, because more or less money is left or more or less has
    been walked.
    """

    action: tuple[ActionKind, int]
    first_slot: int
    last_slot: int
    chance: float
    present: float
    paying: float
    refusing: float
    by_money: float
    by_effort: float
    members: Ints


_Course = tuple[_Step, ...]


def stages(
    process: Process, course: Course, posterior: Posterior | None = None, coverage: float = COVERAGE
) -> tuple[Stage, ...]:
    """Describe a course place by place, in the order in which places are likely to be reached.

    Where a place stands in the process several times, told apart by the hours walked, it is described once.

    Parameters
    ----------
    posterior, coverage
        The course under draws of the beliefs: then every chance gets the interval that covers so much of them.
    """
    home = _homes(process)
    everywhere = _by_leg(process, course.visits)
    main = _main_line(process, everywhere, home)
    hopes = last_hopes(process)
    found = []
    for place in np.unique(home).tolist():
        visits = _select(everywhere, home[everywhere.place] == place)
        coming = np.bincount(visits.slot, visits.fresh, process.slots + 1)
        reach = float(coming.sum())
        if reach < _RARE:
            continue
        slots = np.flatnonzero(coming)
        median = int(np.searchsorted(np.cumsum(coming), (0.5 - 1e-12) * reach))
        found.append(
            Stage(
                place=process.places[place],
                reach=min(1.0, reach),
                first_day=process.day(int(slots[0])),
                likely_day=process.day(median),
                last_day=process.day(int(slots[-1])),
                spent_max=Money(int(visits.spent[visits.fresh > 0.0].max()), process.currency),
                decisions=_decisions(process, place, visits, int(hopes[home == place].max()), posterior, coverage),
                on_main_line=place in main,
                interval=None if posterior is None else _reach(posterior, home == place, coverage, reach),
            )
        )
    return tuple(sorted(found, key=lambda stage: (stage.likely_day, stage.first_day, -stage.reach)))


def _select(visits: Visits, which: NDArray[np.bool_]) -> Visits:
    return Visits(**{each.name: getattr(visits, each.name)[which] for each in fields(Visits)})


def _homes(process: Process) -> NDArray[np.int64]:
    """Return for each place the first of the same name, ``(N,)``."""
    return np.array([process.places.index(name) for name in process.places], dtype=np.int64)


def _by_leg(process: Process, visits: Visits) -> Visits:
    """Let a leg be one move wherever it is taken from: the first of its moves, alone or in company."""
    first: dict[tuple[str, bool], int] = {}
    moves = process.moves
    same = [first.setdefault(way, m) for m, way in enumerate(zip(moves.leg, moves.in_company, strict=True))]
    if len(first) == len(same):
        return visits
    move, answer = np.divmod(visits.action - FIRST_MOVE, 2)
    moved = FIRST_MOVE + 2 * np.array(same)[np.maximum(move, 0)] + answer
    return replace(visits, action=np.where(visits.action >= FIRST_MOVE, moved, visits.action))


def _main_line(process: Process, visits: Visits, home: NDArray[np.int64]) -> set[int]:
    """Return the places on the likeliest course: from each place the move most often set out on."""
    moving = visits.action >= FIRST_MOVE
    moves = (visits.action[moving] - FIRST_MOVE) // 2
    often = np.bincount(moves, visits.chance[moving], len(process.moves))
    here, line = process.start_place, {process.start_place}
    while True:
        out = np.flatnonzero((home[process.moves.source] == here) & (often > 0.0))
        if not len(out):
            return line
        here = int(home[process.moves.target[out[np.argmax(often[out])]]])
        if here in line:
            return line
        line.add(here)


def _reach(posterior: Posterior, places: NDArray[np.bool_], coverage: float, believed: float) -> Interval:
    """Return the interval of the chance of coming to a place, which may stand in the process several times."""
    return interval(np.minimum(posterior.reach[places].sum(axis=0), 1.0), coverage, min(1.0, believed))


def _interval(by_draw: Floats, members: Ints, coverage: float, believed: float) -> Interval:
    """Return the interval of the chance of some visits together."""
    return interval(by_draw[members].sum(axis=0), coverage, believed)


def _decisions(
    process: Process, place: int, visits: Visits, hope: int, posterior: Posterior | None, coverage: float
) -> tuple[Decision, ...]:
    deciding = _select(visits, visits.action != NO_ACTION)
    levels = (int(level) for level in np.unique(deciding.level))
    steps = {level: _steps(process, _select(deciding, deciding.level == level), level, hope) for level in levels}
    total = sum(step.chance for each in steps.values() for step in each)
    steps = {level: kept for level, each in steps.items() if (kept := _tidy(each, _NEGLIGIBLE * total))}
    if not steps:
        return ()
    rules = _rules(process, place, steps, process.known_at(place))
    decisions = [
        decision
        for when, members in rules
        for decision in _worded(process, when, [steps[level] for level in members], posterior, coverage)
    ]
    return tuple(sorted(decisions, key=lambda decision: (decision.from_day, -decision.chance)))


def _steps(process: Process, visits: Visits, level: int, hope: int) -> _Course:
    """Return what is done at one place and level, slot after slot, alike slots put together.

    After the slot ``hope`` nobody can arrive in time any more. Whatever the plan then does to keep harm low, a group is told
    to stop and call.
    """
    # One row for each slot and action, whether a demand is paid or refused, however much money is left and has been walked.
    action = np.where(visits.slot > hope, STOP, visits.action)
    act = np.where(action >= FIRST_MOVE, action // 2, -1 - action)
    rows, row = np.unique(np.stack([visits.slot, act]), axis=1, return_inverse=True)
    chance = np.bincount(row, visits.chance)
    fresh = np.bincount(row, visits.fresh)
    paying = np.bincount(row, visits.chance * (action % 2 == 1))
    by_money = _apart(visits.slot, visits.place, act, visits.chance)
    by_effort = _apart(visits.slot, visits.left, act, visits.chance)
    found: list[_Step] = []
    starts = np.flatnonzero(np.diff(rows[0], prepend=-1)).tolist()
    for start, end in pairwise([*starts, rows.shape[1]]):
        main = start + int(np.argmax(chance[start:end]))
        slot, present = int(rows[0, main]), float(chance[start:end].sum())
        step = _step(process, int(rows[1, main]), level, slot, chance[main], fresh[main], paying[main])
        money, effort, other = float(by_money[slot]), float(by_effort[slot]), present - float(chance[main])
        if max(money, effort) <= _NEGLIGIBLE * other:  # they go together: who has walked more has less left
            money = effort = other
        members = visits.number[row == main]
        step = replace(step, present=present, by_money=money, by_effort=effort, members=members)
        if found and found[-1].action == step.action and found[-1].last_slot >= slot - 2:
            step = _join(found.pop(), step)
        found.append(step)
    return tuple(found)


def _step(process: Process, act: int, level: int, slot: int, chance: float, fresh: float, paying: float) -> _Step:
    """Return the step of one slot: ``chance`` of taking the action, ``paying`` of paying a demand."""
    is_leg, move = act > 0, act - FIRST_MOVE // 2
    kind = ActionKind.LEG if is_leg else ActionKind.WAIT if act == -1 - WAIT else ActionKind.STOP
    asked = is_leg and bool(process.moves.asked[move, level] > 0.0)
    return _Step(
        action=(kind, move if is_leg else -1),
        first_slot=slot,
        last_slot=slot,
        chance=float(chance if is_leg else fresh),
        present=float(chance),
        paying=float(paying) if asked else 0.0,
        refusing=float(chance - paying) if asked else 0.0,
        by_money=0.0,
        by_effort=0.0,
        members=np.zeros(0, dtype=np.int64),
    )


def _apart(slot: Ints, alike: Ints, act: Ints, chance: Floats) -> Floats:
    """Return how often, slot by slot, another action is taken than the commonest in that slot among those ``alike``."""
    cases, case = np.unique(np.stack([slot, alike, act]), axis=1, return_inverse=True)
    often = np.bincount(case, chance)
    cells, cell = np.unique(cases[:2], axis=1, return_inverse=True)
    commonest = np.zeros(cells.shape[1])
    np.maximum.at(commonest, cell, often)
    return np.bincount(cells[0], np.bincount(cell, often) - commonest).astype(np.float64)


def _join(first: _Step, second: _Step) -> _Step:
    return _Step(
        first.action,
        min(first.first_slot, second.first_slot),
        max(first.last_slot, second.last_slot),
        first.chance + second.chance,
        first.present + second.present,
        first.paying + second.paying,
        first.refusing + second.refusing,
        first.by_money + second.by_money,
        first.by_effort + second.by_effort,
        np.concatenate([first.members, second.members]),
    )


def _tidy(steps: _Course, least: float) -> _Course:
    """Leave out what is rarer than ``least`` and put together what then lies side by side."""
    tidy: list[_Step] = []
    for step in steps:
        if step.chance < least and step.action[0] is not ActionKind.WAIT:
            continue
        if tidy and tidy[-1].action == step.action:
            tidy[-1] = _join(tidy[-1], step)
        else:
            tidy.append(step)
    if all(step.chance == 0.0 for step in tidy):
        return ()
    return tuple(tidy)


_When = dict[str, tuple[str, ...]]


def _rules(
    process: Process, place: int, steps: Mapping[int, _Course], open_: Sequence[int]
) -> list[tuple[_When, list[int]]]:
    """Divide the levels told apart at a place into as few rules as one condition after another can tell apart."""
    signatures = {level: tuple((step.action, _answer(step)) for step in each) for level, each in steps.items()}
    if len(set(signatures.values())) <= 1 or not open_:
        return [({}, list(steps))]
    tried = open_ if len(open_) <= _MOST_TRIED else _telling(process, place, signatures, open_)
    return min((_split(process, place, steps, condition, open_) for condition in tried), key=len)


def _telling(
    process: Process, place: int, signatures: Mapping[int, tuple[object, ...]], open_: Sequence[int]
) -> Sequence[int]:
    """Return the conditions by which to divide when there are too many to try all: few that change something by themselves.

    Of many, the one that leaves the fewest different courses in its parts.
    """
    indices = {level: process.level_indices(level, place) for level in signatures}
    telling, left = [], {}
    for condition in open_:
        rest, parts = defaultdict(set), defaultdict(set)
        for level, signature in signatures.items():
            rest[tuple(indices[level][other] for other in open_ if other != condition)].add(signature)
            parts[indices[level][condition]].add(signature)
        left[condition] = sum(map(len, parts.values())) / len(parts)
        if max(map(len, rest.values())) > 1:
            telling.append(condition)
    telling = telling or list(open_)
    return telling if len(telling) <= _MOST_TRIED else [min(telling, key=left.__getitem__)]


def _split(
    process: Process, place: int, steps: Mapping[int, _Course], condition: int, open_: Sequence[int]
) -> list[tuple[_When, list[int]]]:
    """Divide by one condition, then each part by the others; levels that lead to the same rules are put together."""
    position = {level: process.level_indices(level, place)[condition] for level in steps}
    rest = [other for other in open_ if other != condition]
    merged: dict[tuple[object, ...], tuple[list[str], list[list[int]], list[_When]]] = {}
    for index, name in enumerate(process.levels[condition]):
        part = {level: each for level, each in steps.items() if position[level] == index}
        if not part:
            continue
        rules = _rules(process, place, part, rest)
        key = tuple(
            (tuple(sorted(when.items())), tuple((s.action, _answer(s)) for s in steps[levels[0]]))
            for when, levels in rules
        )
        names, members, whens = merged.setdefault(key, ([], [[] for _ in rules], [when for when, _ in rules]))
        names.append(name)
        for member, (_, levels) in zip(members, rules, strict=True):
            member.extend(levels)
    seen = sum(len(names) for names, _, _ in merged.values())
    result: list[tuple[_When, list[int]]] = []
    for names, members, whens in merged.values():
        here: _When = {process.conditions[condition]: tuple(names)} if len(names) < seen else {}
        result.extend((here | when, levels) for when, levels in zip(whens, members, strict=True))
    return result


def _worded(
    process: Process, when: _When, courses: Iterable[_Course], posterior: Posterior | None, coverage: float
) -> list[Decision]:
    """Turn the courses of the levels of one rule, which take the same actions, into decisions."""
    decisions = []
    for steps in zip(*courses, strict=True):
        step = steps[0]
        for other in steps[1:]:
            step = _join(step, other)
        kind, move = step.action
        is_leg = kind is ActionKind.LEG
        decisions.append(
            Decision(
                when=when,
                from_day=process.day(step.first_slot),
                until_day=process.day(step.last_slot),
                action=kind,
                chance=step.chance,
                leg=process.moves.leg[move] if is_leg else None,
                in_company=is_leg and process.moves.in_company[move],
                when_asked=_answer(step),
                depends_on_money=step.by_money > _NEGLIGIBLE * step.present,
                depends_on_effort=step.by_effort > _NEGLIGIBLE * step.present,
                interval=None
                if posterior is None
                else _interval(posterior.chance if is_leg else posterior.fresh, step.members, coverage, step.chance),
            )
        )
    return decisions


def _answer(step: _Step) -> WhenAsked | None:
    """Return how an extra demand is answered; what is rarer than `_NEGLIGIBLE` of the answers does not count."""
    answers = step.paying + step.refusing
    if answers == 0.0:
        return None
    if min(step.paying, step.refusing) > _NEGLIGIBLE * answers:
        return WhenAsked.DEPENDS
    return WhenAsked.PAY if step.paying > step.refusing else WhenAsked.REFUSE
