from dataclasses import replace
from datetime import date

import pytest

from tests.unit.engine.portfolio.networks import FIRST, TERMS, group_of, network_of
from waystation.engine.model import AgeBand, BestInterests, Network, Urgency
from waystation.engine.portfolio.decision import Decision, Standing
from waystation.engine.portfolio.select import select

QUICK = replace(TERMS, draws=0, pricing=1, replays=200)


def test_every_group_gets_an_answer_with_its_reason(decision: Decision, small: Network) -> None:
    standings = {each.group: each for each in decision.verdicts}
    assert set(standings) == {group.id for group in small.groups}
    assert standings["c"].standing is Standing.REFUSED
    assert standings["c"].broken
    assert standings["e"].standing is Standing.NOW
    for each in decision.verdicts:
        assert (each.going is not None) == (each.standing is Standing.NOW)
        assert (each.wanting is not None) == (each.standing is Standing.NOT_NOW)
        if each.wanting is not None:
            assert each.wanting.short


def test_value_bound_and_gap_go_together(decision: Decision) -> None:
    assert 0.0 < decision.value <= decision.unsafe_value + 1e-9 <= decision.bound + 1e-6
    assert decision.gap == pytest.approx(1.0 - decision.value / decision.bound)
    assert decision.every_plan is not None
    assert decision.unsafe_value <= decision.every_plan + 1e-6
    assert decision.held is not None
    assert all(overflow <= TERMS.overflow + 0.05 for *_, overflow in decision.held.worst)


def test_a_choice_looks_at_nobodys_name_or_nature(small: Network) -> None:
    told = select(small, FIRST, QUICK, [])
    groups = [replace(group, note=f"{sex}, from {origin}, {faith}") for group, sex, origin, faith in zip(
        small.groups, "mfmfm", "pqrst", "xyzzx", strict=True)]  # fmt: skip
    renamed = [
        replace(
            group, id=name, travellers=tuple(replace(each, id=f"{name}{n}") for n, each in enumerate(group.travellers))
        )
        for group, name in zip(groups, ("z9", "a1", "k5", "b2", "y8"), strict=True)
    ]
    for order in ((0, 1, 2, 3, 4), (4, 2, 0, 3, 1)):
        again = select(replace(small, groups=tuple(renamed[n] for n in order)), FIRST, QUICK, [])
        names = dict(zip(("z9", "a1", "k5", "b2", "y8"), ("e", "u", "n", "m", "c"), strict=True))
        assert {names[each] for each in again.chosen} == set(told.chosen)
        assert again.unsafe_value == pytest.approx(told.unsafe_value)


def test_a_promise_comes_before_an_emergency() -> None:
    groups = (group_of("n", 2, promised_on=date(2026, 12, 20)), group_of("e", 1, Urgency.EMERGENCY))
    funds = network_of(groups).funds
    poor = network_of(groups, funds=(replace(funds[0], amount=funds[0].amount.of(420, "USD")),))
    decision = select(poor, FIRST, replace(QUICK, overflow=1.0), [])
    assert "n" in decision.chosen
    broke = network_of(groups, funds=(replace(funds[0], amount=funds[0].amount.of(200, "USD")),))
    assert select(broke, FIRST, QUICK, []).broken_promises == ("n",)


def test_a_cap_on_harm_is_a_cap_on_all_together() -> None:
    groups = tuple(group_of(f"g{n}", 2) for n in range(4))
    network = network_of(groups, funds=())
    free, capped = (select(each, FIRST, QUICK, []) for each in (network, replace(network, most_harm=0.15)))
    assert free.harm > 0.15
    assert capped.harm <= 0.15 + 1e-9


def test_no_more_people_depend_on_one_partner_than_the_cap_allows() -> None:
    groups = tuple(group_of(f"g{n}", 2) for n in range(3))
    network = network_of(groups, funds=(), most_exposed=2)
    decision = select(network, FIRST, replace(QUICK, weeks=1), [])
    assert len(decision.chosen) < 3


def test_money_for_children_moves_nobody_else() -> None:
    child = group_of("k", 2)
    adult = child.travellers[0]
    with_child = replace(
        child,
        travellers=(
            adult,
            replace(
                adult, id="kid", age=AgeBand.CHILD, accompanied_by=adult.id, best_interests=BestInterests.ASSESSMENT
            ),
        ),
    )
    network = network_of((with_child, group_of("u", 2, Urgency.URGENT)))
    funds = (replace(network.funds[0], restriction="for children", only_for=frozenset({"children"})),)
    assert select(replace(network, funds=funds), FIRST, QUICK, []).chosen == ("k",)
