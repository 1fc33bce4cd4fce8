import dataclasses
from datetime import date

from tests.oracle.small_journeys import START, dollars, leg
from tests.unit.engine.organisations_by_hand import group, lived, organisation_network, partner, prepared
from waystation.engine.model import Fund, PlaceKind
from waystation.engine.simulation.kernels import organisation as o
from waystation.engine.simulation.kernels.purse import AMOUNT, CLOSES, OPENS, PAYS
from waystation.engine.simulation.lay_out import funds_of
from waystation.engine.simulation.organisation import OPENING

GROUPS = (group("G"), dataclasses.replace(group("C"), purposes=frozenset({"children"})))
YEAR = START.year


def with_funds(*funds: Fund, first: date = START, **more: object) -> object:
    made = dataclasses.replace(organisation_network(groups=GROUPS), funds=funds, as_of=first)
    return dataclasses.replace(made, **more)  # type: ignore[arg-type]


def test_funds_are_narrowest_first_and_by_the_weeks_whose_first_day_they_hold() -> None:
    network = with_funds(
        Fund("general", "2026", dollars(500)),
        Fund("over", "2025", dollars(9)),
        Fund("child", "2026-02", dollars(30), only_for=frozenset({"children"})),
        Fund("words", "2026-Q1", dollars(7), restriction="for boats"),
        first=date(2026, 1, 5),
    )
    funds = funds_of(network, GROUPS)  # type: ignore[arg-type]
    assert funds[:, AMOUNT].tolist() == [3000, 700, 50_000]
    assert funds[:, OPENS : CLOSES + 1].tolist() == [[4, 8], [0, 13], [0, 52]]
    assert funds[:, PAYS:].tolist() == [[0, 1, 0], [0, 0, 0], [1, 1, 1]]


def test_income_begins_when_the_budget_ends_and_what_was_at_hand_is_in_it() -> None:
    budget = with_funds(Fund("general", str(YEAR), dollars(40)))
    world = prepared(budget, opening=None, income_per_year=5200.0).world  # type: ignore[arg-type]
    assert world.opening == 0
    assert world.income_from == world.funds[0, CLOSES] > 0
    without = prepared(opening=None).world
    assert (without.opening, without.income_from) == (100 * OPENING, 0)
    assert prepared(budget, opening=3.0).world.opening == 300  # type: ignore[arg-type]


def test_money_for_children_lets_nobody_else_leave() -> None:
    fund = Fund("child", str(YEAR), dollars(100_000), only_for=frozenset({"children"}))
    made = prepared(with_funds(fund), opening=None)  # type: ignore[arg-type]
    weeks = int(made.world.funds[0, CLOSES])
    found = lived(made, "first_come", 10).tallies
    assert 0 < weeks < 52
    assert (found[:, o.LEFT] > 0).all()
    assert (found[:, o.WAITING_PEOPLE] > 0).all()
    assert (found[:, o.SPENT] + found[:, o.LAPSED] == 10_000_000).all()
    assert (found[:, o.MONEY_LEFT] == 0).all()


def test_a_house_takes_no_more_by_night_than_it_has_beds() -> None:
    four_days_on = frozenset({(START.weekday() + 4) % 7})
    legs = [leg("out", "origin", "mid"), dataclasses.replace(leg("on", "mid", "goal"), weekdays=four_days_on)]

    def left(beds: int | None) -> list[int]:
        made = organisation_network(legs, partners=[partner("p")])
        house = tuple(
            dataclasses.replace(place, beds=beds, kind=PlaceKind.SAFE_HOUSE)
            if place.id == "mid"
            else dataclasses.replace(place, may_wait=False)
            for place in made.places
        )
        world = prepared(dataclasses.replace(made, places=house), requests_per_year=400.0)
        tallies: list[int] = lived(world, "first_come", 4).tallies[:, o.LEFT].tolist()
        return tallies

    assert all(each > 200 for each in left(None))
    assert left(4) == [2 * 52] * 4  # two parties of two, every week
    assert left(3) == [52] * 4
