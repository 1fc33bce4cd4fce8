import dataclasses

import numpy as np
import pytest
from hypothesis import given

from tests.unit.engine.processes import few, random_process, seeds
from waystation.engine.journeys.errors import UnusableModelError
from waystation.engine.journeys.parties.weather import Weather, shared_weather
from waystation.engine.journeys.process import Process


def with_two_conditions() -> Process:
    return next(p for p in map(random_process, range(100)) if len(p.conditions) == 2)


def without_first(process: Process) -> Process:
    """Return the process as if its first condition touched nothing and were not kept."""
    joint = process.start_chance.reshape([len(names) for names in process.levels])
    return dataclasses.replace(
        process,
        conditions=process.conditions[1:],
        levels=process.levels[1:],
        steps=process.steps[1:],
        start_chance=joint.sum(axis=0),
    )


@given(seeds)
@few
def test_the_weather_of_one_process_is_its_own(seed: int) -> None:
    process = random_process(seed)
    weather = shared_weather([process, process])
    assert tuple(weather.levels) == process.conditions
    steps = weather.joint_steps(process.slots)
    for slot in range(process.slots):
        assert steps[slot] == pytest.approx(process.joint_step(slot))
    assert weather.joint_start().sum() == pytest.approx(1.0)
    own = weather.levels_of(process, process.known_at(0), weather.joint_levels())
    assert np.broadcast_to(own, process.joint_levels).tolist() == list(range(process.joint_levels))


def test_conditions_are_found_by_name_whoever_keeps_them() -> None:
    both = with_two_conditions()
    second = without_first(both)
    weather = shared_weather([second, both])
    assert tuple(weather.levels) == (both.conditions[1], both.conditions[0])
    at = weather.joint_levels()
    for joint in range(both.joint_levels):
        names = {name: weather.levels[name][at[name][joint]] for name in weather.levels}
        assert both.level_names(int(weather.levels_of(both, (0, 1), at)[joint])) == names
        assert second.level_names(int(weather.levels_of(second, (0,), at)[joint])).items() <= names.items()


def test_who_is_told_another_level_is_refused() -> None:
    process = with_two_conditions()
    other = dataclasses.replace(process, start_chance=process.start_chance[::-1])
    with pytest.raises(UnusableModelError, match="told different things"):
        shared_weather([process, other])


def test_paths_follow_the_chain() -> None:
    start, step = np.array([0.2, 0.8]), np.array([[0.9, 0.1], [0.5, 0.5]])
    weather = Weather({"river": ("low", "high")}, {"river": start}, {"river": np.array([step, np.eye(2)])})
    paths = weather.paths(2, 40_000, seed=1)["river"]
    assert paths.shape == (40_000, 3)
    assert paths[:, 0].mean() == pytest.approx(0.8, abs=0.01)
    assert paths[paths[:, 0] == 0, 1].mean() == pytest.approx(0.1, abs=0.02)
    assert paths[paths[:, 0] == 1, 1].mean() == pytest.approx(0.5, abs=0.02)
    assert (paths[:, 2] == paths[:, 1]).all()
    assert (weather.paths(2, 5, seed=7)["river"] == weather.paths(2, 5, seed=7)["river"]).all()
