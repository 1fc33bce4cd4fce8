from dataclasses import replace
from datetime import timedelta

import pytest

from tests.unit.engine.portfolio.networks import FIRST, group_of, network_of
from waystation.engine.portfolio.ledger import Ledger
from waystation.engine.portfolio.offers import all_offers, settings_of, without_leg


def test_a_deadline_ends_the_start_weeks() -> None:
    deadline = FIRST + timedelta(days=9)
    group = group_of("u", 2, deadline=deadline)
    network = network_of((group,))
    settings = settings_of(network, [group], Ledger.of(network), FIRST, 4)["u"]
    assert [setting.process.slots for setting in settings] == [9, 2]
    offers = all_offers({"u": settings}, lambda what, done, of: None)["u"]
    assert {offer.setting.week for offer in offers} <= {0, 1}
    for offer in offers:
        assert offer.setting.process.slot_hours == 24
        days = [day for day, chance in enumerate(offer.course.evaluation.arrive_by_slot) if chance > 0.0]
        assert offer.start + timedelta(days=max(days)) <= deadline


def test_waiting_where_they_are_is_a_risk_of_its_own() -> None:
    group = group_of("u", 2)
    house = network_of((group,)).places[1]
    network = network_of((group,))
    places = (replace(network.places[0], discovery=house.discovery), *network.places[1:])
    settings = settings_of(replace(network, places=places), [group], Ledger.of(network), FIRST, 3)["u"]
    assert [each.safe_until for each in settings] == pytest.approx([1.0, 0.99**7, 0.99**14])


def test_a_closed_leg_is_gone() -> None:
    assert [leg.id for leg in without_leg(network_of((group_of("u", 1),)), "hz").legs] == ["ah", "az"]
