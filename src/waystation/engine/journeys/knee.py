"""The knee of a frontier: where giving up more of one thing begins to buy little of the others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.frontier import Vertex
from waystation.kernel import BadInputError

Floats = NDArray[np.float64]

_SAME = 1e-12


@dataclass(frozen=True, eq=False)
class Knee:
    """The balanced plan of a frontier.

    Attributes
    ----------
    index
        Of the vertex.
    rates
        What a unit more arrival, a unit less harm, a minor unit less and a day less are worth there, ``(4,)``: the exchange rates
        of the hyperplane that the knee lies furthest beyond; 0 for what all vertices have alike.
    """

    index: int
    rates: Floats


def knee(vertices: Sequence[Vertex], least_arrive: float = 0.0) -> Knee:
    """Find the knee among the vertices whose arrival is at least ``least_arrive``.

    It is the one furthest above the hyperplane through those that are best in one objective, each objective scaled by its range
    among them; of equals the likeliest to arrive. Where fewer than four are best in something, the hyperplane is the one through
    them that lies furthest from the origin.

    Raises
    ------
    BadInputError
        If no vertex has so much arrival.
    """
    allowed = [k for k, vertex in enumerate(vertices) if vertex.arrive >= least_arrive]
    if not allowed:
        message = f"no vertex of the frontier arrives with a chance of {least_arrive:g} or more"
        raise BadInputError(message)
    gains = np.array([vertices[k].gains for k in allowed])
    spread = np.ptp(gains, axis=0)
    scale = np.where(spread > 0.0, spread, 1.0)
    points = (gains - gains.min(axis=0)) / scale
    extremes = np.unique([int(np.lexsort((points[:, 0], points[:, k]))[-1]) for k in np.flatnonzero(spread > 0.0)])
    if not len(extremes):
        return Knee(allowed[0], np.array([1.0, 0.0, 0.0, 0.0]))
    normal = np.linalg.lstsq(points[extremes], np.ones(len(extremes)), rcond=1e-9)[0]
    height = points @ normal - 1.0
    highest = [k for k, at in zip(allowed, height, strict=True) if at >= height.max() - _SAME]
    return Knee(max(highest, key=lambda k: vertices[k].arrive), np.where(spread > 0.0, normal / scale, 0.0))
