import numpy as np
import pytest

from tests.unit.engine.portfolio.networks import FIRST, group_of, network_of
from waystation.engine.journeys.follow import follow
from waystation.engine.model import Group, Network, Urgency
from waystation.engine.portfolio.ledger import Ledger
from waystation.engine.portfolio.menu import menu
from waystation.engine.portfolio.offers import Setting, settings_of
from waystation.engine.portfolio.rows import Row, RowKind
from waystation.engine.portfolio.use import expected_use


def setting_of(group: Group, week: int = 0, **more: object) -> tuple[Network, Setting]:
    network = network_of((group,), **more)
    return network, settings_of(network, [group], Ledger.of(network), FIRST, 3)[group.id][week]


def test_money_is_what_the_forward_pass_spends() -> None:
    _, setting = setting_of(group_of("u", 2, Urgency.URGENT))
    for _, policy, course in menu(setting.process, setting.assumptions):
        use = expected_use(setting.process, follow(setting.process, policy), setting.table)
        assert sum(use.money.values()) == pytest.approx(course.evaluation.cost_expected)


def test_a_journey_of_one_leg_uses_its_partner_once() -> None:
    _, setting = setting_of(group_of("u", 2), week=1)
    plans = {name: (policy, course) for name, policy, course in menu(setting.process, setting.assumptions)}
    use = expected_use(setting.process, plans["safest"][1], setting.table)
    people = sum(amount for row, amount in use.rows.items() if row.kind is RowKind.PARTNER)
    visits = plans["safest"][1].visits
    assert people == pytest.approx(2.0 * visits.chance[visits.action >= 2].sum())
    assert min(row.at for row in use.rows if row.kind is RowKind.PARTNER) == 1


def test_exposure_harm_and_being_apart_are_counted_where_they_are_limited() -> None:
    group = group_of("u", 3, apart="x")
    _, setting = setting_of(group, most_exposed=5, most_harm=1.0)
    _, _, course = menu(setting.process, setting.assumptions)[0]
    use = expected_use(setting.process, course, setting.table)
    assert use.rows[Row(RowKind.HARM, "")] == pytest.approx(3.0 * course.evaluation.harm)
    assert {amount for row, amount in use.rows.items() if row.kind is RowKind.APART} == {1.0}
    came = course.visits.fresh[course.visits.place == setting.process.places.index("H")].sum()
    house = sum(amount for row, amount in use.rows.items() if row.kind is RowKind.EXPOSED_HOUSE)
    assert house >= 3.0 * came - 1e-9
    exposed = sum(amount for row, amount in use.rows.items() if row.kind is RowKind.EXPOSED_PARTNER)
    moved = sum(amount for row, amount in use.rows.items() if row.kind is RowKind.PARTNER)
    assert exposed == pytest.approx(moved)


def test_a_night_is_the_last_slot_of_a_day() -> None:
    _, setting = setting_of(group_of("u", 1), slot_hours=12)
    beds = setting.table.beds[:, setting.process.places.index("H")]
    assert (beds[::2] == -1).all()
    assert (beds[1::2] >= 0).all()
    assert len(np.unique(beds[1::2])) == len(beds[1::2])
