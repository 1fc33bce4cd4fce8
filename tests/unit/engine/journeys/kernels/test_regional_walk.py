import numpy as np
import pytest
from hypothesis import given

from tests.unit.engine.journeys.test_follow import every_action
from tests.unit.engine.processes import few, random_grid, random_process, seeds
from tests.unit.engine.regions_by_hand import two_regions
from waystation.engine.journeys import follow as module
from waystation.engine.journeys.errors import PolicyMismatchError
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.kernels.regional_walk import levels_after, look_ahead
from waystation.engine.journeys.layout import prepare
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import NO_MONEY
from waystation.engine.journeys.solve import Solver
from waystation.engine.journeys.views import knowledge


@given(seeds)
@few
def test_condition_by_condition_it_counts_what_the_joint_chain_counts(seed: int) -> None:
    process, patch = random_process(seed), pytest.MonkeyPatch()
    grid = random_grid(process, seed)
    for policy in (every_action(process, seed), Solver(process, grid).solve().policy):
        joint = follow(process, policy)
        with patch.context() as patched:
            patched.setattr(module, "_MOST_DENSE_LEVELS", 0)
            each = follow(process, policy)
        for name in ("slot", "place", "level", "left", "action", "spent"):
            assert getattr(each.visits, name).tolist() == getattr(joint.visits, name).tolist()
        for name in ("chance", "fresh", "cost"):
            assert getattr(each.visits, name) == pytest.approx(getattr(joint.visits, name), abs=1e-12)
        assert each.evaluation.arrive == pytest.approx(joint.evaluation.arrive, abs=1e-13)
        assert each.evaluation.harm == pytest.approx(joint.evaluation.harm, abs=1e-13)
        assert each.evaluation.cost_max == joint.evaluation.cost_max


def test_a_chain_and_a_forecast_go_on_together() -> None:
    process = two_regions()
    arrays, known = prepare(process, by_region=True), knowledge(process)
    assert process.memory is not None
    chains = np.zeros((4, known.start[-1]))
    look_ahead(arrays, known, 1, 3, chains)
    for k, (step, forecast) in enumerate(zip(process.steps, process.memory.forecast, strict=True)):
        size = step.shape[1]
        power = np.eye(size)
        for d in range(4):
            rows = chains[d, known.start[k] : known.start[k + 1]].reshape(size + 1, size)
            assert rows[:size] == pytest.approx(power, abs=1e-14)
            assert rows[size] == pytest.approx(forecast[1 + d], abs=1e-14)
            power = power @ step[1 + d]


def test_what_was_known_is_carried_on_and_the_rest_is_drawn() -> None:
    process = two_regions()
    arrays, known = prepare(process, by_region=True), knowledge(process)
    assert process.memory is not None
    chains, row = np.zeros((3, known.start[-1])), np.zeros(6)
    look_ahead(arrays, known, 0, 2, chains)
    hill, bank = 1, 2
    old_law_many_patrols = 1
    assert levels_after(arrays, known, chains, 2, hill, old_law_many_patrols, bank, row) == 6
    law, river = np.linalg.matrix_power(process.steps[0][0], 2)[0], process.memory.forecast[1][2]
    assert row == pytest.approx(np.outer(law, river).ravel(), abs=1e-14)
    assert row[0] == pytest.approx(0.82 * (0.8 * 0.8 + 0.2 * 0.1))
    assert levels_after(arrays, known, chains, 2, hill, old_law_many_patrols, hill, row) == 4
    patrols = np.linalg.matrix_power(process.steps[2][0], 2)[1]
    assert row[:4] == pytest.approx(np.outer(law, patrols).ravel(), abs=1e-14)
    assert levels_after(arrays, known, chains, 2, bank, 0, 3, row) == 1
    assert row[0] == 1.0


def test_the_regional_sweep_and_walk_agree_on_any_weighing() -> None:
    process = two_regions(8)
    for policy in (Solver(process).solve(), Solver(process, random_grid(process, 5)).solve()):
        found = follow(process, policy.policy).evaluation
        assert found.arrive == pytest.approx(policy.arrive, abs=1e-13)
        assert found.harm == pytest.approx(policy.harm, abs=1e-13)


def test_a_closed_leg_is_refused() -> None:
    process = two_regions()
    actions = np.full((process.slots, 4, 6, 1), 1, dtype=np.int16)
    actions[:, 0] = 2
    actions[:, 1] = 4
    actions[:, 2] = 8  # back, closed while the river is in flood
    with pytest.raises(PolicyMismatchError, match="at slot 3"):
        follow(process, Policy(actions, NO_MONEY))
