from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.briefs import atlas


def test_outlines_are_closed_rings_on_the_globe() -> None:
    rings = atlas.rings()
    assert len(rings) > 1000
    assert all(ring[0] == ring[-1] for ring in rings)
    assert all(-180.001 <= lon <= 180.001 and -90.001 <= lat <= 90.001 for ring in rings for lon, lat in ring)


def test_seoul_is_on_land_and_the_yellow_sea_is_not() -> None:
    assert _covered((127.5, 37.3))
    assert not _covered((123.5, 36.0))


def _covered(spot: atlas.Point) -> bool:
    """Count how often a ray to the east leaves land."""
    crossings = 0
    for ring in atlas.rings():
        for (x0, y0), (x1, y1) in pairwise(ring):
            if (y0 > spot[1]) != (y1 > spot[1]) and spot[0] < x0 + (spot[1] - y0) / (y1 - y0) * (x1 - x0):
                crossings += 1
    return crossings % 2 == 1


def test_a_square_is_cut_to_the_part_inside() -> None:
    square = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0))
    inside = atlas.clipped(square, 5.0, 5.0, 20.0, 20.0)
    assert {(x, y) for x, y in inside} == {(5.0, 5.0), (10.0, 5.0), (10.0, 10.0), (5.0, 10.0)}
    assert atlas.clipped(square, 11.0, 0.0, 12.0, 5.0) == ()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(-20, 20)), min_size=3, max_size=8))
def test_nothing_is_left_outside_the_box(corners: list[tuple[int, int]]) -> None:
    ring = tuple((float(x), float(y)) for x, y in [*corners, corners[0]])
    for x, y in atlas.clipped(ring, -5.0, -3.0, 7.0, 9.0):
        assert -5.0 - 1e-9 <= x <= 7.0 + 1e-9
        assert -3.0 - 1e-9 <= y <= 9.0 + 1e-9
