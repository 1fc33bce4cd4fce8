import numpy as np
import pytest

from tests.unit.engine.regions_by_hand import two_regions
from waystation.engine.journeys.layout import prepare
from waystation.engine.journeys.views import knowledge, landings

LAW, RIVER, PATROLS = 0, 1, 2
UP, DOWN, OVER, BACK = range(4)


def test_who_comes_from_another_region_sees_a_view_of_the_place() -> None:
    process = two_regions()
    assert process.places == ("origin", "hill", "bank", "goal")
    assert process.moves.leg == ("up", "down", "over", "back")
    arrays = prepare(process, by_region=True)
    landing, lands, views = landings(process, arrays.ring_start, arrays.own_level)
    assert views.place.tolist() == [0, 2]  # the south for who comes from the north, and the bank the other way
    assert views.levels.tolist() == [2, 2]  # by the law alone
    depth = np.diff(arrays.ring_start)
    assert views.start.tolist() == np.cumsum([arrays.ring_start[-1], depth[0], depth[2]]).tolist()
    assert landing[[UP, OVER]].tolist() == arrays.ring_start[[1, 3]].tolist()
    assert landing[[DOWN, BACK]].tolist() == views.start[[1, 0]].tolist()
    assert lands[UP].tolist() == [0, 1, 2, 3, 0, 0]
    assert lands[DOWN].tolist() == [0, 0, 1, 1, 0, 0]  # law slowest, then patrols
    assert lands[BACK].tolist() == [0, 0, 0, 1, 1, 1]  # law slowest, then river
    assert lands[OVER].tolist() == [0] * 6
    assert arrays.landing.tolist() == landing.tolist()
    assert arrays.lands.tolist() == lands.tolist()


def test_a_view_weighs_what_is_not_known_by_its_forecast() -> None:
    process = two_regions()
    assert process.memory is not None
    arrays = prepare(process, by_region=True)
    *_, views = landings(process, arrays.ring_start, arrays.own_level)
    river, patrols = process.memory.forecast[RIVER], process.memory.forecast[PATROLS]
    assert river[0].tolist() == [1.0, 0.0, 0.0]
    assert river[1] == pytest.approx([0.8, 0.2, 0.0])
    for slot in range(process.slots):
        assert views.weight[slot, 1] == pytest.approx([*river[slot], *river[slot]])
        assert views.weight[slot, 0, :4] == pytest.approx([*patrols[slot], *patrols[slot]])
    assert views.level.tolist() == [[0, 0, 1, 1, 0, 0], [0, 0, 0, 1, 1, 1]]


def test_where_all_is_known_everywhere_there_is_no_view() -> None:
    process = two_regions(most_exact_levels=12)
    arrays = prepare(process)
    landing, lands, views = landings(process, arrays.ring_start, arrays.own_level)
    assert len(views.place) == 0
    assert views.start.tolist() == [arrays.ring_start[-1]]
    assert landing.tolist() == arrays.ring_start[process.moves.target].tolist()
    assert lands.tolist() == arrays.own_level[process.moves.target].tolist()


def test_the_forward_pass_takes_a_level_where_it_is_known_and_the_forecast_elsewhere() -> None:
    process = two_regions()
    found = knowledge(process)
    assert found.start.tolist() == [0, 6, 18, 24]  # one row for each level and one more: 3 x 2, 4 x 3, 3 x 2
    south, north, nothing = found.group[[0, 2, 3]]
    assert found.group.tolist() == [south, south, north, nothing]
    assert found.known_count[[south, north, nothing]].tolist() == [2, 2, 0]
    assert found.known[south, :2].tolist() == [LAW, PATROLS]
    assert found.known[north, :2].tolist() == [LAW, RIVER]
    assert found.row[south, :4].tolist() == [[0, 15, 18], [0, 15, 20], [2, 15, 18], [2, 15, 20]]
    assert found.row[north, 5].tolist() == [2, 12, 22]
    assert found.forecast.shape == (process.slots + 1, 7)
    assert found.forecast[0].tolist() == [0.25, 0.75, 1.0, 0.0, 0.0, 0.0, 1.0]


def test_without_a_memory_one_set_knows_everything() -> None:
    found = knowledge(two_regions(most_exact_levels=12))
    assert found.group.tolist() == [0] * 4
    assert found.known.tolist() == [[0, 1, 2]]
    assert found.row[0, 11].tolist() == [2, 12, 20]
    assert not found.forecast.any()
