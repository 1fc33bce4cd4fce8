import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.engine.model import Chain, Condition, neighbour_matrix


def test_the_rest_goes_to_the_neighbours_in_equal_parts() -> None:
    assert neighbour_matrix(3, 0.75) == ((0.75, 0.25, 0.0), (0.125, 0.75, 0.125), (0.0, 0.25, 0.75))
    assert neighbour_matrix(2, 0.75) == ((0.75, 0.25), (0.25, 0.75))


def test_one_level_stays() -> None:
    assert neighbour_matrix(1, 0.3) == ((1.0,),)


@given(st.integers(1, 6), st.floats(0.0, 1.0))
def test_every_row_is_a_distribution(levels: int, stay: float) -> None:
    matrix = neighbour_matrix(levels, stay)
    assert all(sum(row) == pytest.approx(1.0, abs=1e-15) for row in matrix)
    assert all(matrix[a][b] == 0.0 for a in range(levels) for b in range(levels) if abs(a - b) > 1)


def test_a_persistent_chain_remembers_how() -> None:
    chain = Chain.persistent(2, 0.9, frozenset({6}))
    assert chain == Chain(neighbour_matrix(2, 0.9), frozenset({6}), 0.9)


def test_the_chain_of_a_month_is_the_one_that_names_it_else_the_one_that_names_none() -> None:
    summer, rest = Chain.persistent(2, 0.6, frozenset({6, 7})), Chain.persistent(2, 0.9)
    for chains in ((summer, rest), (rest, summer)):
        river = Condition("river", ("low", "high"), chains)
        assert [river.chain_in(month) for month in (5, 6, 7, 8)] == [rest, summer, summer, rest]
