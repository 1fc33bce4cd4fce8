"""The likeliest course of a plan: from each place, the leg it most often sets out on."""

import numpy as np

from waystation.engine.journeys.follow import Visits
from waystation.engine.journeys.process import FIRST_MOVE, Process


def main_line(process: Process, visits: Visits) -> tuple[int, ...]:
    """Return the moves of a policy's likeliest course, in their order; it ends where it would come to a place again."""
    moving = visits.action >= FIRST_MOVE
    moves = (visits.action[moving] - FIRST_MOVE) // 2
    often = np.bincount(moves, visits.chance[moving], len(process.moves))
    here, seen = process.start_place, {process.start_place}
    line: list[int] = []
    while True:
        out = np.flatnonzero((process.moves.source == here) & (often > 0.0))
        if not len(out):
            return tuple(line)
        move = int(out[np.argmax(often[out])])
        line.append(move)
        here = int(process.moves.target[move])
        if here in seen:
            return tuple(line)
        seen.add(here)


def legs_of(process: Process, line: tuple[int, ...]) -> tuple[str, ...]:
    """Return the ids of the legs of a line."""
    return tuple(process.moves.leg[move] for move in line)
