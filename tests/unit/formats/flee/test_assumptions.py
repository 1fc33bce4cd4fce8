from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from waystation.formats.flee.assumptions import Assumptions
from waystation.kernel import BadInputError


def test_durations_are_rounded_up_and_may_double() -> None:
    assert Assumptions(200.0).days(Decimal(100)) == (Decimal("0.5"), Decimal("0.5"), Decimal(1))
    assert Assumptions(30.0).days(Decimal("0.1")) == (Decimal("0.01"), Decimal("0.01"), Decimal("0.02"))
    assert Assumptions(30.0).days(Decimal(100)) == (Decimal("3.34"), Decimal("3.34"), Decimal("6.68"))


def test_chances_are_of_each_hundred_kilometres() -> None:
    assumed = Assumptions(intercepted=0.1, turned_back=0.0)
    assert assumed.chances(Decimal(100)) == (Decimal("0.1"), Decimal(0))
    assert assumed.chances(Decimal(200)) == (Decimal("0.19"), Decimal(0))
    assert Assumptions(intercepted=0.01).chances(Decimal("0.1"))[0] == Decimal("0.0001")


def test_a_way_in_two_pieces_is_as_dangerous_as_in_one() -> None:
    assumed = Assumptions()
    first, second, whole = (float(assumed.chances(Decimal(km))[0]) for km in (150, 350, 500))
    assert 1.0 - (1.0 - first) * (1.0 - second) == pytest.approx(whole, abs=2e-4)


@pytest.mark.parametrize("speed", [0.0, -3.0, float("nan"), float("inf")])
def test_a_speed_is_above_zero(speed: float) -> None:
    with pytest.raises(BadInputError, match="is no speed"):
        Assumptions(speed)


@pytest.mark.parametrize("name", ["intercepted", "turned_back", "discovery"])
@pytest.mark.parametrize("chance", [-0.1, 1.1, float("nan")])
def test_a_chance_is_one(name: str, chance: float) -> None:
    with pytest.raises(BadInputError, match=f"{name} is no chance"):
        replace(Assumptions(), **dict[str, Any]({name: chance}))


def test_what_takes_too_long_or_is_too_dangerous_is_refused() -> None:
    with pytest.raises(BadInputError, match="take more than 1000 days"):
        Assumptions(1e-300).days(Decimal(100))
    with pytest.raises(BadInputError, match="sum to more than 1 on 300 km"):
        Assumptions(intercepted=0.5, turned_back=0.2).chances(Decimal(300))
