import dataclasses
from datetime import date

import pytest

from waystation.engine.journeys.plan import Certificate, Choice, ChoiceName, Evaluation, Plan
from waystation.engine.model import Caps

EMPTY = Plan(
    group="g",
    network="n",
    as_of=date(2026, 6, 1),
    start=date(2026, 6, 1),
    caps=Caps(),
    currency="USD",
    budget_curve=(),
    choices=(),
    chosen=None,
    stages=(),
    ruled_out=(),
    certificate=Certificate(0.0, ""),
)
SURE = Evaluation(1.0, 0.0, 0.0, 0.0, 0.0, 0, 1.0, 1.0)


@pytest.mark.parametrize("name", list(ChoiceName))
def test_the_choice_is_the_one_chosen(name: ChoiceName) -> None:
    choices = tuple(Choice(each, dataclasses.replace(SURE, cost_max=k)) for k, each in enumerate(ChoiceName))
    choice = dataclasses.replace(EMPTY, choices=choices, chosen=name).choice
    assert choice is not None
    assert choice.name is name


def test_where_nothing_is_chosen_there_is_no_choice() -> None:
    assert EMPTY.choice is None
    assert (EMPTY.obstacle, EMPTY.money_step, dict(EMPTY.start_levels)) == (None, None, {})
