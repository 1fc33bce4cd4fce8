"""What supported points are still to be found: a polytope of those found so far, and how far outside it another can lie.

No probabilities here, only geometry: points with d coordinates of which more is better, and weights that sum to 1. A supported
point is the best one for some weights. What the points found dominate, mixtures of them included, is a polytope; its facets are
kept by the double description method, in the space of weights, where a facet (weights w, level z) is a vertex of what lies
above every ``w . point``. From outside, the best score for some weights bounds all points: weights that are a mixture of others
score no better than the mixture of their best scores.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
_ROUNDING = 1e-12
_SMALLEST_PIVOT = 1e-9
_SMALLEST_DETERMINANT = 1e-13
_MOST_PIVOTS = 60


class Sandwich:
    """Points in d dimensions between an inner and an outer bound.

    Parameters
    ----------
    first
        The first point, ``(d,)``.
    ideal
        The best that any point reaches in each coordinate, ``(d,)``.
    """

    def __init__(self, first: Floats, ideal: Floats) -> None:
        d = len(first)
        self.points = first[None]
        self._known, self._scores = np.eye(d), np.array(ideal)
        # Rays of the cone {(w, z): w >= 0, z >= w . p for every point p}: one for each unit vector of weights, and straight up.
        self._rays: Floats = np.vstack([np.hstack([np.eye(d), first[:, None]]), np.eye(d + 1)[-1:]])
        self._tight: Mask = ~np.eye(d + 1, dtype=np.bool_)  # which of w >= 0, and of the points, a ray is tight at

    @property
    def weights(self) -> Floats:
        """The weights of every facet, ``(f, d)``, each summing to 1."""
        return self._rays[self._is_facet, :-1]

    def level(self, weights: Floats) -> float:
        """Return the best score for some weights among the points found."""
        return float((self.points @ weights).max())

    def gaps(self) -> Floats:
        """Return how far outside each facet a point can lie at most, ``(f,)``, as a difference of scores."""
        gaps: Floats = self._outer(self.weights) - self._rays[self._is_facet, -1]
        return gaps

    def bound(self, weights: Floats, score: float) -> None:
        """Take note of the best score that any point has for some weights."""
        self._known = np.vstack([self._known, weights])
        self._scores = np.append(self._scores, score)

    def add(self, point: Floats) -> None:
        """Take in a point that lies beyond some facet."""
        self.points = np.vstack([self.points, point])
        above: Floats = self._rays[:, -1] - self._rays[:, :-1] @ point
        kept = np.flatnonzero(above >= -_ROUNDING)
        v, u = self._edges(np.flatnonzero(above < -_ROUNDING), np.flatnonzero(above > _ROUNDING))
        rays = above[u, None] * self._rays[v] - above[v, None] * self._rays[u]
        rays /= rays[:, :-1].sum(axis=1, keepdims=True)
        old = np.column_stack([self._tight[kept], above[kept] <= _ROUNDING])
        new = np.column_stack([self._tight[v] & self._tight[u], np.ones(len(v), dtype=np.bool_)])
        self._rays, self._tight = np.vstack([self._rays[kept], rays]), np.vstack([old, new])

    @property
    def _is_facet(self) -> Mask:
        found: Mask = self._rays[:, :-1].sum(axis=1) > 0.0
        return found

    def _edges(self, out: NDArray[np.intp], inside: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return the pairs of a ray cut off and one kept that are neighbours: no third is tight wherever both are."""
        both = self._tight[out][:, None] & self._tight[inside][None]
        v, u = np.nonzero(both.sum(axis=2) >= self.points.shape[1] - 1)
        missing = np.asarray(both[v, u], dtype=np.float64) @ (~self._tight).T.astype(np.float64)
        alone = (missing == 0.0).sum(axis=1) == 2
        return out[v[alone]], inside[u[alone]]

    def _outer(self, weights: Floats) -> Floats:
        """Return the smallest mixture of known best scores whose weights mix to each of ``weights``, ``(f,)``.

        The simplex method, for all at once, from the mixture of the single coordinates on; wherever it ends is a bound.
        """
        basis = np.tile(np.arange(weights.shape[1]), (len(weights), 1))
        shares, determinant = weights.copy(), np.ones(len(weights))
        rising = np.arange(len(weights))
        for _ in range(_MOST_PIVOTS):
            columns = self._known[basis[rising]]
            prices = np.linalg.solve(columns, self._scores[basis[rising], None])[..., 0]
            reduced = self._scores - prices @ self._known.T
            enters = reduced.argmin(axis=1)
            gains = np.take_along_axis(reduced, enters[:, None], axis=1)[:, 0] < -_ROUNDING
            rising, columns, enters = rising[gains], columns[gains], enters[gains]
            if not len(rising):
                break
            change = np.linalg.solve(columns.transpose(0, 2, 1), self._known[enters][..., None])[..., 0]
            ratios = np.where(change > _SMALLEST_PIVOT, shares[rising] / np.maximum(change, _SMALLEST_PIVOT), np.inf)
            leaves, rows = ratios.argmin(axis=1), np.arange(len(rising))
            determinant[rising] *= np.abs(change[rows, leaves])
            sound = determinant[rising] > _SMALLEST_DETERMINANT  # of weights too much alike the ones at hand are kept
            rising, leaves, step, change, enters = (
                each[sound] for each in (rising, leaves, ratios[rows, leaves], change, enters)
            )
            basis[rising, leaves] = enters
            shares[rising] = np.maximum(shares[rising] - step[:, None] * change, 0.0)
            shares[rising, leaves] = step
        bounds: Floats = (shares * self._scores[basis]).sum(axis=1)
        return bounds
