"""The same simulation on a real Dask cluster of two processes on this machine, one of which is killed half way."""

import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from distributed import Client, LocalCluster

from waystation.cli.cluster import connected, on_cluster
from waystation.engine.simulation.kernels.lives import World
from waystation.engine.simulation.live import Lives
from waystation.engine.simulation.organisation import Organisation
from waystation.engine.simulation.portfolio_rule import Portfolio
from waystation.engine.simulation.prepare import Planner, prepare
from waystation.engine.simulation.rule import Rule
from waystation.engine.simulation.scenario import AS_TODAY, Change, ChangeKind, Scenario
from waystation.engine.simulation.study import study
from waystation.engine.simulation.tasks import LiveTask, Material, Result, Task, gather, in_this_process
from waystation.formats import read_folder

FOLDER = Path(__file__).parents[2] / "docs" / "guide" / "three-places"
DEARER = Scenario("dearer", (Change(ChangeKind.PRICE, factor=2.0),))
PIECES = 24


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as running:
        yield running


def test_a_whole_study_is_the_same_on_the_cluster(cluster: LocalCluster) -> None:
    network = read_folder(FOLDER).network
    assert network is not None
    planner = Planner(network, Organisation())
    worlds = [prepare(planner, scenario, 52) for scenario in (AS_TODAY, DEARER)]
    rules: list[str | Rule] = ["first_come", "most_urgent", Portfolio()]
    with connected(cluster.scheduler_address) as runner:  # as the command does it
        assert runner is not None
        found = study(worlds, rules, 3, 200, runner=runner)
    alone = study(worlds, rules, 3, 200)
    assert [arm.measures for arm in found.arms] == [arm.measures for arm in alone.arms]
    assert [arm.differences for arm in found.arms] == [arm.differences for arm in alone.arms]


def test_a_worker_killed_half_way_changes_nothing(cluster: LocalCluster) -> None:
    network = read_folder(FOLDER).network
    assert network is not None
    planner = Planner(network, Organisation())
    worlds: list[World] = [prepare(planner, scenario, 52).world for scenario in (AS_TODAY, DEARER)]
    tasks = [LiveTask(n % 2, "first_come", 7, 10 * n, 10) for n in range(PIECES)]
    alone = gather(tasks, worlds, in_this_process, Lives)
    with Client(cluster) as client:  # type: ignore[no-untyped-call]
        before = {worker.process.pid for worker in cluster.workers.values()}
        assert len(before) == 2

        def kills(tasks: Sequence[Task], materials: Sequence[Material]) -> Iterator[tuple[int, Result]]:
            for done, each in enumerate(on_cluster(client)(tasks, materials), 1):
                if done == PIECES // 2:
                    os.kill(min(before), signal.SIGKILL)
                yield each

        together = gather(tasks, worlds, kills, Lives)
        after = {worker.process.pid for worker in cluster.workers.values() if worker.process is not None}
    assert min(before) not in after
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_array_equal(one.tallies, other.tallies)
        np.testing.assert_array_equal(one.by_year, other.by_year)
