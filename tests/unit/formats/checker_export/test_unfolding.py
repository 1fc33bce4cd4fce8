import pytest
from tests.unit.engine.regions_by_hand import two_regions

from waystation.engine.journeys.errors import UnusableModelError
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid, Process
from waystation.formats.checker_export.unfolding import Unfolding

GRIDS = [NO_MONEY, MoneyGrid(step=100, steps=6), MoneyGrid(step=100, steps=13)]


@pytest.mark.parametrize("grid", GRIDS)
def test_states_come_in_the_order_of_their_numbers(process: Process, grid: MoneyGrid) -> None:
    unfolding = Unfolding(process, grid)
    assert [state.number for state in unfolding.states()] == list(range(unfolding.size))


@pytest.mark.parametrize("grid", GRIDS)
def test_choices_are_counted_without_making_them(process: Process, grid: MoneyGrid) -> None:
    unfolding = Unfolding(process, grid)
    assert unfolding.count_choices() == sum(len(state.choices) for state in unfolding.states())


@pytest.mark.parametrize("grid", GRIDS)
def test_every_choice_leads_somewhere_later_with_certainty(process: Process, grid: MoneyGrid) -> None:
    unfolding = Unfolding(process, grid)
    for state in unfolding.states():
        assert state.choices
        for choice in state.choices:
            assert sum(chance for _, chance in choice.outcomes) == pytest.approx(1.0, abs=1e-12)
            assert [number for number, _ in choice.outcomes] == sorted({number for number, _ in choice.outcomes})
            if state.number != unfolding.ended:
                assert all(number > state.number for number, _ in choice.outcomes)


def test_only_states_that_can_be_reached_are_there(process: Process) -> None:
    unfolding = Unfolding(process, MoneyGrid(step=100, steps=6))
    reached = {0}
    for state in unfolding.states():
        if state.number in reached:
            reached.update(number for choice in state.choices for number, _ in choice.outcomes)
    endings = set(range(unfolding.first_arrived, unfolding.size))
    assert reached | endings == set(range(unfolding.size))


def test_without_money_left_one_waits_or_stops(process: Process) -> None:
    unfolding = Unfolding(process, MoneyGrid(step=100, steps=4))
    names = [[choice.name for choice in state.choices] for state in unfolding.states()]
    assert names[1] == ["stop", "wait_A_1"]


def test_what_is_remembered_by_region_is_no_model_to_write() -> None:
    with pytest.raises(UnusableModelError, match="region by region"):
        Unfolding(two_regions(), NO_MONEY)
