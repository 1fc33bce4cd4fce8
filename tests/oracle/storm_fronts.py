"""Answers two-objective questions with Storm, one line of JSON in, one line out. Run as a program of its own: Storm is GPL.

A question is ``{"path": ..., "property": "multi(...)", "directions": [[a, b], ...]}``. The answer ``{"under": [...], "over":
[...]}`` holds how far Storm's inner and outer bound of the frontier reach in each direction: the largest ``a * x + b * y``.
"""

import json
import sys
from itertools import combinations
from math import hypot, inf
from typing import Any

import stormpy

FLATTEST = 1e-12


def answer(question: dict[str, Any], precision: float) -> dict[str, list[float]]:
    """Bound the frontier of a model within a precision of its own, and measure both bounds in every direction.

    The model has no cycles: plain value iteration, the default of its multi-objective method, is exact.
    """
    model = stormpy.build_model_from_drn(question["path"])
    environment = stormpy.Environment()
    environment.modelchecker().multi().precision = stormpy.Rational(precision)
    found = stormpy.model_checking(model, stormpy.parse_property(question["property"]), environment=environment)
    return {
        "under": [reach(found.get_under_approximation(), each) for each in question["directions"]],
        "over": [reach(found.get_over_approximation(), each) for each in question["directions"]],
    }


def reach(polygon: Any, direction: list[float]) -> float:
    """Return the largest product of a point of a polygon and the direction, from its half-planes.

    The best mixture of two of them that gives the direction; Storm's own search for the point is inexact where corners are flat.
    """
    planes = [(*map(float, each.normal_vector), float(each.offset)) for each in polygon.halfspaces]
    reached = inf
    for (a, b, first), (c, d, second) in combinations(planes, 2):
        determinant = a * d - b * c
        if abs(determinant) > FLATTEST * hypot(a, b) * hypot(c, d):
            x = (direction[0] * d - direction[1] * c) / determinant
            y = (direction[1] * a - direction[0] * b) / determinant
            if min(x, y) >= -FLATTEST:
                reached = min(reached, x * first + y * second)
    return reached


def main(precision: float) -> None:
    """Answer questions until the input ends."""
    for line in sys.stdin:
        sys.stdout.write("ANSWER " + json.dumps(answer(json.loads(line), precision)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]))
