import dataclasses

from tests.oracle.small_journeys import leg
from tests.unit.engine.processes_by_hand import process_of
from waystation.engine.journeys.candidate import confirm
from waystation.engine.journeys.solve import Solver


def test_a_forward_pass_confirms_what_the_sweep_promised_or_says_by_how_much_it_differs() -> None:
    solver = Solver(process_of([leg("a", "origin", "goal", intercepted=0.25)]))
    solution = solver.solve()
    found = confirm(solver, solution)
    assert (found.evaluation.arrive, found.difference) == (0.75, 0.0)
    assert found.policy is solution.policy
    assert confirm(solver, dataclasses.replace(solution, arrive=0.5)).difference == 0.25
    assert confirm(solver, dataclasses.replace(solution, harm=0.75)).difference == 0.5
