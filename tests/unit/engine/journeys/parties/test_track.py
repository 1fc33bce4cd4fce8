import numpy as np
import pytest
from hypothesis import given

from tests.oracle.small_journeys import dollars, leg
from tests.unit.engine.processes import few, random_grid, random_process, seeds
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.parties import track
from waystation.engine.journeys.parties.track import Links, outlook_from, track_of
from waystation.engine.journeys.process import NO_MONEY, MoneyGrid
from waystation.engine.journeys.solve import Solver
from waystation.engine.model import Belief, Demand


def test_a_track_leads_from_landing_to_landing() -> None:
    """Intercepted 0.1, turned back 0.2, else there; again from the second day, and then no time is left for a third."""
    process = process_of([leg("ride", "origin", "goal", intercepted=0.1, turned_back=0.2)], days=2)
    found = track_of(process, Solver(process).solve().policy)
    assert found.landings.tolist() == [[0, 0, 0], [1, 0, 0], [1, 1, 0], [2, 0, 0], [2, 1, 0]]
    assert found.start.tolist() == [0, 3, 6, 6, 6, 6]
    assert found.target.tolist() == [5, 2, 1, 5, 4, 3]
    assert found.weight.tolist() == pytest.approx([0.1, 0.7, 0.2] * 2)
    assert found.has_arrived().tolist() == [False, False, True, False, True]
    assert found.indifferent.all()
    arrive, harm = outlook_from(found, np.arange(7))
    assert arrive[0].tolist() == pytest.approx([0.0, 0.7, 0.14])
    assert harm.tolist() == pytest.approx([0.12, 0.1, 0.0, 0.0, 0.0, 1.0, 0.0])


def test_money_that_changes_nothing_any_more_is_forgotten() -> None:
    """After the demand two or five dollars are left: the next leg costs one, and both lead to the same."""
    legs = [
        leg("first", "origin", "mid", fee=4, demand=Demand(Belief(0.5), dollars(3), dollars(0))),
        leg("second", "mid", "goal", fee=1, intercepted=0.3),
    ]
    process = process_of(legs, days=3)
    grid = MoneyGrid(100, 9)
    found = track_of(process, Solver(process, grid).solve().policy)
    assert found.landings[:, :2].tolist() == [[0, 0], [1, 1], [2, 2]]
    assert found.target.tolist() == [1, 1, 3, 2]


def test_a_journey_longer_than_the_room_made_for_it_finds_room(monkeypatch: pytest.MonkeyPatch) -> None:
    process = process_of([leg("ride", "origin", "goal", turned_back=0.3)], days=40)
    roomy = track_of(process, Solver(process).solve().policy)
    monkeypatch.setattr(track, "_ROOM", 1)
    tight = track_of(process, Solver(process).solve().policy)
    assert len(roomy) == len(tight) == 81
    assert (roomy.target == tight.target).all()


@pytest.mark.parametrize("with_money", [False, True])
@given(seed=seeds)
@few
def test_passing_along_the_links_is_following_the_policy(seed: int, with_money: bool) -> None:
    process = random_process(seed)
    policy = Solver(process, random_grid(process, seed) if with_money else NO_MONEY).solve().policy
    along, C = track_of(process, policy), process.joint_levels
    n = len(along)
    mass = np.zeros((n + 2, C))
    mass[0] = process.start_chance
    powers = {0: np.eye(C)}
    arrived = np.zeros(process.slots + 1)
    for landing in range(n):
        t = int(along.landings[landing, 0])
        if along.has_arrived()[landing]:
            arrived[t] += mass[landing].sum()
        for c in range(C):
            links = along.links(landing, c)
            assert links.start == links.stop or along.weight[links].sum() == pytest.approx(1.0, abs=1e-12)
            for target, weight in zip(along.target[links], along.weight[links], strict=True):
                assert target > landing
                powers = {0: np.eye(C)}
                slots = int(along.landings[target, 0]) - t if target < n else 0
                for slot in range(slots):
                    powers[slot + 1] = powers[slot] @ process.joint_step(t + slot)
                mass[target] += mass[landing, c] * weight * powers[slots][c]
    alone = follow(process, policy).evaluation
    assert np.cumsum(arrived) == pytest.approx(np.array(alone.arrive_by_slot), abs=1e-12)
    assert mass[n].sum() == pytest.approx(alone.harm, abs=1e-12)


@given(seeds)
@few
def test_where_no_condition_matters_the_outlook_is_the_same_at_every_level(seed: int) -> None:
    process = random_process(seed)
    found = track_of(process, Solver(process).solve().policy)
    free = np.flatnonzero(found.indifferent[:-2])
    for landing in free.tolist():
        targets = [found.target[found.links(landing, c)].tolist() for c in range(process.joint_levels)]
        assert all(each == targets[0] for each in targets)
        assert found.indifferent[targets[0]].all()
    arrive, harm = outlook_from(found, np.flatnonzero(found.indifferent))
    assert (arrive.sum(axis=1) + harm <= 1.0 + 1e-12).all()


def test_links_of_some_landings_keep_their_levels() -> None:
    links = Links(np.array([0, 1, 3, 3, 4]), np.array([5, 6, 7, 8]), np.array([1.0, 0.5, 0.5, 1.0]))
    kept = links.of(np.array([False, True]), 2)
    assert (kept.start.tolist(), kept.target.tolist(), kept.weight.tolist()) == ([0, 0, 1], [8], [1.0])
