import numpy as np
import pytest

from tests.oracle.small_journeys import leg
from tests.unit.engine.organisations_by_hand import group, lived, organisation_network, partner, prepared
from tests.unit.engine.simulation.test_prepare import BY_CAR, TWO_WAYS
from waystation.engine.model import Urgency
from waystation.engine.simulation.kernels import organisation as o
from waystation.engine.simulation.scenario import Change, ChangeKind, Scenario


def test_with_plenty_of_money_everybody_leaves_in_the_week_they_ask() -> None:
    found = lived(prepared(weeks=104)).tallies
    assert found[:, o.LEFT].tolist() == found[:, o.ASKED].tolist()
    assert found[:, o.WAITED_WEEKS].sum() == 0
    assert (found[:, o.ARRIVED_PEOPLE] + found[:, o.UNDER_WAY_PEOPLE] == found[:, o.ASKED_PEOPLE]).all()
    assert found[:, o.ASKED].mean() == pytest.approx(52.0, abs=4 * np.sqrt(52 / 20))
    assert (found[:, o.SPENT] == 500 * found[:, o.ARRIVED_PEOPLE]).all()


def test_nobody_is_counted_twice_or_lost() -> None:
    made = prepared(
        TWO_WAYS, gives_up=0.1, compromise=0.02, opening=200.0, income_per_year=600.0, requests_per_year=80.0
    )
    found = lived(made, runs=50).tallies
    ended = found[:, [o.ARRIVED_PEOPLE, o.INTERCEPTED_PEOPLE, o.DISCOVERED_PEOPLE, o.CALLED_OFF_PEOPLE]].sum(axis=1)
    ended += found[:, o.UNFINISHED_PEOPLE]
    assert (found[:, o.LEFT_PEOPLE] == ended + found[:, o.UNDER_WAY_PEOPLE]).all()
    waits = found[:, o.LEFT_PEOPLE] + found[:, o.WAITING_PEOPLE] + found[:, o.LOST_WAITING_PEOPLE]
    assert (found[:, o.ASKED_PEOPLE] == waits).all()
    assert (found[:, o.MONEY_LEFT] == 20_000 + 52 * (60_000 // 52) - found[:, o.SPENT]).all()
    assert found[:, [o.INTERCEPTED_PEOPLE, o.LOST_WAITING_PEOPLE, o.COMPROMISES]].sum(axis=0).min() > 0


def test_money_for_one_journey_a_week_lets_one_leave() -> None:
    found = lived(prepared(requests_per_year=200.0, opening=0.0, income_per_year=520.0), runs=5).tallies
    assert (found[:, o.LEFT] >= 48).all()
    assert (found[:, o.LEFT] <= 52).all()
    assert found[:, o.SHORT_WEEKS].sum() == 0


def test_a_partner_takes_no_more_than_they_can() -> None:
    made = prepared(
        organisation_network([BY_CAR], partners=[partner("d1", capacity_per_week=4)]), requests_per_year=400.0
    )
    found = lived(made, runs=5).tallies
    assert (found[:, o.LEFT_PEOPLE] >= 4 * 50).all()
    assert (found[:, o.LEFT_PEOPLE] <= 4 * 52).all()


def test_arrivals_of_the_years_add_up() -> None:
    found = lived(prepared(weeks=156))
    assert found.by_year.shape == (20, 3)
    assert found.by_year.sum(axis=1).tolist() == found.tallies[:, o.ARRIVED_PEOPLE].tolist()


def test_a_turned_partner_costs_people_and_the_other_way_is_taken() -> None:
    calm, turned = prepared(TWO_WAYS), prepared(TWO_WAYS, compromise=0.1, reveals=1.0)
    before, after = lived(calm).tallies, lived(turned).tallies
    assert after[:, o.COMPROMISES].mean() > 2
    assert after[:, o.REVEALED_PEOPLE].sum() > 0
    assert after[:, o.REACHED_REMEMBERED].sum() > after[:, o.REACHED_UNDER_WAY].sum()
    assert before[:, o.SPENT].mean() / before[:, o.LEFT].mean() < 1050
    assert after[:, o.SPENT].mean() / after[:, o.LEFT].mean() > 1100  # by boat, at three times the price


def test_a_turned_partner_without_memory_or_use_reaches_nobody() -> None:
    found = lived(prepared(organisation_network(partners=[partner("d1")]), compromise=0.5, remembers=0)).tallies
    assert found[:, o.COMPROMISES].sum() > 0
    assert found[:, o.REACHED_REMEMBERED].sum() == 0


def test_everybody_who_gives_up_at_once_is_lost_unless_they_leave_at_once() -> None:
    found = lived(prepared(gives_up=1.0, opening=0.0)).tallies
    assert found[:, o.LEFT].sum() == 0
    assert (found[:, o.LOST_WAITING_PEOPLE] + found[:, o.WAITING_PEOPLE] == found[:, o.ASKED_PEOPLE]).all()
    assert (found[:, o.WAITING_PEOPLE] <= 0.2 * found[:, o.ASKED_PEOPLE]).all()


def test_a_closed_border_keeps_them_waiting_and_then_lets_them_go() -> None:
    closed = Scenario("closed", (Change(ChangeKind.CLOSED, from_week=0, weeks=26),))
    found, free = lived(prepared(scenario=closed)).tallies, lived(prepared()).tallies
    assert found[:, o.ASKED].tolist() == free[:, o.ASKED].tolist()  # the same requests in every scenario
    assert found[:, o.LEFT].tolist() == free[:, o.LEFT].tolist()
    assert found[:, o.WAITED_WEEKS].mean() > 100


def test_the_most_urgent_leave_first_when_not_all_can() -> None:
    groups = [group("N"), group("E", urgency=Urgency.EMERGENCY)]
    made = prepared(organisation_network(groups=groups), requests_per_year=104.0, opening=0.0, income_per_year=520.0)
    first, urgent = lived(made, "first_come"), lived(made, "most_urgent")
    assert first.tallies[:, o.LEFT].tolist() == urgent.tallies[:, o.LEFT].tolist()
    assert (
        urgent.tallies[:, o.WAITED_WEEKS] < first.tallies[:, o.WAITED_WEEKS]
    ).all()  # the last to come leave at once


def test_parties_of_one_group_may_be_parted() -> None:
    risky = organisation_network([leg("ride", "origin", "goal", intercepted=0.5)], [group(people=4)])
    found = lived(prepared(risky, party=2)).tallies
    assert found[:, o.SPLIT].sum() / found[:, o.LEFT].sum() == pytest.approx(0.5, abs=0.06)
    assert lived(prepared(risky, party=4)).tallies[:, o.SPLIT].sum() == 0
