"""Years of an organisation as they would stand in its books: every passage of every party over every leg."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import Process
from waystation.engine.model import Outcome, OutcomeKind
from waystation.engine.simulation.kernels.lives import new_state
from waystation.engine.simulation.kernels.organisation import MISSIONS
from waystation.engine.simulation.kernels.philox import key_of
from waystation.engine.simulation.live import MOST_UNDER_WAY, MOST_WAITING
from waystation.engine.simulation.prepare import Prepared
from waystation.engine.simulation.rule import Rule
from waystation.engine.simulation.script import INTERCEPTED, MOST_BITS, Script, write_script
from waystation.engine.simulation.steps import Left, departures
from waystation.engine.simulation.trace import Step, trace
from waystation.kernel import BadInputError


def record(prepared: Prepared, rule: Rule, seed: int, run: int, first_day: date) -> tuple[Outcome, ...]:
    """Live one run and return every passage, in the order of the days on which they ended.

    The run is the one that `live_runs` lives with the same seed: the same people leave in the same weeks and meet the same fate.
    A demand that is refused is not told apart from a passage, or from being turned back. Who is caught because a partner was
    turned stands with the passages as they were drawn, so record where nobody is turned (``compromise`` 0).

    Parameters
    ----------
    first_day
        The day on which week 0 begins.

    Raises
    ------
    BadInputError
        If a plan has more than 62 moves to tell apart.
    """
    world = prepared.world
    ahead = 2 + int(world.needs[:, 1].max(initial=0))
    state = new_state(world, MOST_WAITING, MOST_UNDER_WAY, ahead)
    books = _Books(prepared, seed, run)
    found: list[Outcome] = []
    for left in departures(world, state, rule, key_of(seed), run):
        found += books.passages(left, first_day + timedelta(weeks=left.week))
    return tuple(sorted(found, key=lambda each: each.on))


class _Books:
    """Tells missions step by step; each plan is written out once with a bit for every move."""

    def __init__(self, prepared: Prepared, seed: int, run: int) -> None:
        self.ways, self.seed, self.run = prepared.ways, seed, run
        self.scripts: dict[tuple[int, int], Script] = {}

    def passages(self, left: Left, start: date) -> Iterator[Outcome]:
        way = self.ways[left.way]
        for party, planned in enumerate(way.parties):
            process, policy = planned.plan_of
            if (left.way, party) not in self.scripts:
                self.scripts[left.way, party] = _by_move(process, policy)
            script = self.scripts[left.way, party]
            for step in trace(script, self.seed, MISSIONS, (left.asked, self.run), party):
                if not step.used:
                    continue
                move = step.used.bit_length() - 1
                day = start + timedelta(days=step.until * process.slot_hours // 24)
                paid = step.cost > int(process.moves.fee[move])
                yield Outcome(process.moves.leg[move], day, planned.people, _kind(step, paid=paid))


def _by_move(process: Process, policy: Policy) -> Script:
    """Write a plan out with a bit for every move: the script is the same but for its marks, and so are the draws."""
    moves = len(process.moves)
    if moves > MOST_BITS:
        message = f"a plan has {moves} moves; at most {MOST_BITS} can be told apart in a record"
        raise BadInputError(message)
    return write_script(process, policy, np.left_shift(1, np.arange(moves, dtype=np.int64))).script


def _kind(step: Step, *, paid: bool) -> OutcomeKind:
    if step.end == INTERCEPTED:
        return OutcomeKind.INTERCEPTED
    if step.turned:
        return OutcomeKind.TURNED_BACK
    return OutcomeKind.EXTRA_DEMAND if paid else OutcomeKind.PASSED
