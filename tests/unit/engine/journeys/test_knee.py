import dataclasses

import numpy as np
import pytest

from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.frontier import Vertex, frontier
from waystation.engine.journeys.knee import knee
from waystation.kernel import BadInputError


def points(*rows: tuple[float, float, float, float]) -> list[Vertex]:
    vertex = frontier(process_of([]))[0]
    return [dataclasses.replace(vertex, arrive=a, harm=h, cost_expected=c, days_expected=d) for a, h, c, d in rows]


def test_the_knee_is_the_vertex_furthest_from_the_line_between_the_best_ones() -> None:
    # Scaled, arrival against the mean of the other three: (1, 0), (0.9, 0.3), (0.8, 0.7), (0, 1); on the line both add up to 1.
    found = points((0.9, 0.3, 100, 10), (0.82, 0.23, 70, 7), (0.74, 0.13, 30, 3), (0.1, 0.03, 0, 0))
    assert knee(found).index == 2
    assert knee(found, least_arrive=0.8).index == 0  # of two vertices each is as far: the likelier
    assert knee(found, least_arrive=0.9).index == 0


def test_the_floor_on_arrival_moves_the_knee() -> None:
    found = points((0.9, 0.3, 100, 10), (0.85, 0.16, 40, 4), (0.8, 0.15, 30, 3), (0.1, 0.0, 0, 0))
    assert knee(found, least_arrive=0.8).index == 1
    assert knee(found).index == 2


def test_its_rates_are_those_of_the_plane_through_the_best_ones() -> None:
    # Between the first and the last an arrival of 0.8 is worth as much as 0.27 harm, 100 minor units and 10 days together.
    found = knee(points((0.9, 0.3, 100, 10), (0.82, 0.23, 70, 7), (0.74, 0.13, 30, 3), (0.1, 0.03, 0, 0)))
    arrive, harm, cost, day = found.rates
    assert arrive * 0.8 == pytest.approx(harm * 0.27 + cost * 100 + day * 10)
    assert (harm * 0.27, cost * 100, day * 10) == pytest.approx((1 / 3, 1 / 3, 1 / 3))


def test_what_all_have_alike_is_worth_nothing_and_one_vertex_is_its_own_knee() -> None:
    assert knee(points((0.9, 0.3, 100, 10), (0.5, 0.1, 100, 10))).rates[2:].tolist() == [0.0, 0.0]
    alone = knee(points((0.9, 0.3, 100, 10)))
    assert (alone.index, alone.rates.tolist()) == (0, [1.0, 0.0, 0.0, 0.0])
    assert np.isfinite(alone.rates).all()


def test_a_floor_that_no_vertex_reaches_is_refused() -> None:
    with pytest.raises(BadInputError, match=r"0\.95 or more"):
        knee(points((0.9, 0.3, 100, 10)), least_arrive=0.95)
