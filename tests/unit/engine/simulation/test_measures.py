import numpy as np

from waystation.cli.simulation_answer import MEASURE_NAMES
from waystation.engine.simulation.kernels import organisation as o
from waystation.engine.simulation.live import Lives
from waystation.engine.simulation.measures import MEASURES

BY_NAME = {measure.name: measure for measure in MEASURES}


def test_sums_and_means() -> None:
    tallies = np.zeros((2, o.COLUMNS), dtype=np.int64)
    tallies[0, [o.INTERCEPTED_PEOPLE, o.DISCOVERED_PEOPLE, o.WAITED_WEEKS, o.LEFT]] = 3, 4, 10, 4
    lives = Lives(tallies, np.zeros((2, 1), dtype=np.int64))
    assert BY_NAME["harmed"].of(lives).tolist() == [7.0, 0.0]
    assert BY_NAME["waited"].of(lives).tolist() == [2.5, 0.0]


def test_every_measure_has_its_name_in_words_and_every_end_is_measured() -> None:
    assert set(MEASURE_NAMES) == set(BY_NAME)
    assert len(BY_NAME) == len(MEASURES)
    counted = {column for measure in MEASURES for column in measure.columns}
    assert set(range(o.ARRIVED_PEOPLE, o.UNFINISHED_PEOPLE + 1)) <= counted
