from collections import Counter
from datetime import timedelta

from tests.oracle.small_journeys import START, leg
from tests.unit.engine.organisations_by_hand import QUIET, group, lived, organisation_network, prepared
from waystation.engine.model import OutcomeKind
from waystation.engine.simulation.kernels import organisation as o
from waystation.engine.simulation.organisation import Organisation
from waystation.engine.simulation.prepare import Planner, prepare
from waystation.engine.simulation.record import record
from waystation.engine.simulation.rule import FirstCome
from waystation.engine.simulation.scenario import AS_TODAY, Change, ChangeKind, apply

WAYS = [
    leg("out", "origin", "mid", fee=10, turned_back=0.2),
    leg("on", "mid", "goal", fee=10, intercepted=0.1),
]


def test_the_books_and_the_tally_of_a_run_say_the_same() -> None:
    made = prepared(organisation_network(WAYS, [group(), group("H", 4)]), party=3)
    tally = lived(made, "first_come", runs=3, seed=6).tallies[2]
    books = record(made, FirstCome(), 6, 2, START)
    kinds = Counter((each.leg, each.kind) for each in books)
    assert kinds["out", OutcomeKind.TURNED_BACK] == tally[o.TURNED_BACK] > 0
    intercepted = sum(each.party_size for each in books if each.kind is OutcomeKind.INTERCEPTED)
    assert 0 <= intercepted - tally[o.INTERCEPTED_PEOPLE] <= tally[o.UNDER_WAY_PEOPLE]
    assert intercepted > 0
    assert {each.leg for each in books} == {"out", "on"}
    assert {each.party_size for each in books} <= {2}
    assert kinds["on", OutcomeKind.PASSED] + kinds["on", OutcomeKind.INTERCEPTED] <= kinds["out", OutcomeKind.PASSED]
    days = [each.on for each in books]
    assert days == sorted(days)
    assert START < days[0] <= days[-1] <= START + timedelta(days=52 * 7 + 10)


def test_the_truth_is_met_on_the_way_and_not_planned_for() -> None:
    network = organisation_network([leg("ride", "origin", "goal", intercepted=0.1)])
    truth = apply([Change(ChangeKind.RISK, factor=9.0)], network)
    made = prepare(Planner(network, Organisation(**QUIET), truth=truth), AS_TODAY, 52)
    assert [round(way.arrive, 9) for way in made.ways] == [0.9]
    found = lived(made, runs=50).tallies
    ended = found[:, o.ARRIVED_PEOPLE].sum() + found[:, o.INTERCEPTED_PEOPLE].sum()
    assert abs(found[:, o.INTERCEPTED_PEOPLE].sum() / ended - 0.5) < 0.06
