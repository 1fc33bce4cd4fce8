import numpy as np
from hypothesis import given

from tests.oracle.small_journeys import leg
from tests.unit.engine.processes import few, random_grid, random_process, seeds
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.process import NO_MONEY
from waystation.engine.journeys.solve import Solver
from waystation.engine.simulation.journey import z_score
from waystation.engine.simulation.replay import replay
from waystation.engine.simulation.script import ARRIVED, DISCOVERED, INTERCEPTED, write_script

JOURNEYS = 4000
FIELDS = ("end", "slot", "spent", "turned", "used")


@given(seeds)
@few
def test_it_comes_to_what_the_forward_pass_counts_compiled_or_not(seed: int) -> None:
    process = random_process(seed)
    for grid in (NO_MONEY, random_grid(process, seed)):
        written = write_script(process, Solver(process, grid).solve().policy)
        found, exact = replay(written.script, seed, 0, JOURNEYS), written.course.evaluation
        for share, chance in ((found.share(ARRIVED), exact.arrive), (found.share(INTERCEPTED, DISCOVERED), exact.harm)):
            assert abs(z_score(share - chance, np.sqrt(max(0.0, chance * (1 - chance)) / JOURNEYS))) < 4.5
        error = float(found.spent.std()) / np.sqrt(JOURNEYS)
        assert abs(z_score(float(found.spent.mean()) - exact.cost_expected, error)) < 4.5
        assert found.spent.max() <= exact.cost_max
        plain = replay(written.script, seed, 0, JOURNEYS, compiled=False)
        assert plain.steps == found.steps
        for name in FIELDS:
            np.testing.assert_array_equal(getattr(found, name), getattr(plain, name))


def test_a_chain_has_the_closed_form() -> None:
    # Five legs in a row; on each 0.02 are caught and 0.1 turned back to try again, with time for as many tries as they want.
    names = ["origin", "P1", "P2", "P3", "P4", "goal"]
    legs = [
        leg(f"L{n}", names[n], names[n + 1], fee=10, intercepted=0.02, turned_back=0.1) for n in range(len(names) - 1)
    ]
    process = process_of(legs, 60.0)
    written = write_script(process, Solver(process).solve().policy)
    found, journeys = replay(written.script, 11, 0, 200_000), 200_000
    through = 0.88 / 0.9  # each leg is passed or ends in harm, whatever the number of tries
    arrive = through**5
    assert abs(found.share(ARRIVED) - arrive) < 4 * np.sqrt(arrive * (1 - arrive) / journeys)
    tries = sum(through**n / 0.9 for n in range(5))
    error = float(found.spent.std()) / np.sqrt(journeys)
    assert abs(found.spent.mean() - 1000 * tries) < 4 * error
    assert abs(found.turned.mean() - 0.1 * tries) < 4 * float(found.turned.std()) / np.sqrt(journeys)


def test_a_journey_is_the_same_whoever_draws_it() -> None:
    process = random_process(17)
    script = write_script(process, Solver(process).solve().policy).script
    whole = replay(script, 5, 0, 1000)
    for first, count in ((0, 10), (990, 10), (123, 456)):
        part = replay(script, 5, first, count)
        for name in FIELDS:
            np.testing.assert_array_equal(getattr(part, name), getattr(whole, name)[first : first + count])
    assert (replay(script, 6, 0, 1000).spent != whole.spent).any() or (
        replay(script, 6, 0, 1000).end != whole.end
    ).any()


def test_counts_are_by_name() -> None:
    process = process_of([leg("ride", "origin", "goal", intercepted=0.5)])
    found = replay(write_script(process, Solver(process).solve().policy).script, 1, 0, 100)
    counts = found.counts()
    assert sum(counts.values()) == 100
    assert counts["arrived"] == round(100 * found.share(ARRIVED))
    assert set(counts) == {"arrived", "intercepted", "discovered", "called_off", "unfinished"}
