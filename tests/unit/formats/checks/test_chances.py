from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waystation.formats import Fault, read_folder
from waystation.formats.checks.chances import sums_beyond_one

Spoil = Callable[..., tuple[Fault, ...]]
Write = Callable[[dict[str, str]], Path]


def scaled(chance: float, factor: float) -> float:
    return chance if chance in {0, 1} else chance * factor / (1 - chance + chance * factor)


def test_one_is_not_beyond_one(spoil: Spoil) -> None:
    assert spoil("legs.csv", "0.5,,0.4,,,,,0.2,,100,,,back,2,1.1", "0.5,,0.5,,,,,0.2,,100,,,back,2,1") == ()


def test_the_bare_chances_may_sum_to_too_much(spoil: Spoil) -> None:
    (fault,) = spoil("legs.csv", "0.5,,0.4,,,,,0.2,,100,,,back,2,1.1", "0.5,,0.51,,,,,0.2,,100,,,back,2,1")
    assert (fault.line, fault.column) == (5, 23)
    assert "intercepted 0.5 and turned_back 0.51 sum to more than 1, factors included" in fault.what


def test_the_levels_at_which_they_do_are_named(spoil: Spoil) -> None:
    (fault,) = spoil(
        "legs.csv",
        "0.5,,0.4,,,,,0.2,,100,,,back,2,1.1",
        "0.5,,0.4,,river.low=2,river.low=1.5|patrols.many=0.5,,0.2,,100,,,back,2,1",
    )
    assert "at patrols.few, river.low" in fault.what
    assert f"intercepted {scaled(0.5, 2):.4g} and turned_back {scaled(0.4, 1.5):.4g}" in fault.what


def test_levels_at_which_the_leg_is_closed_do_not_count(spoil: Spoil) -> None:
    assert spoil("legs.csv", "0.5,,0.4,,,,", "0.5,,0.4,,river.low=9,,river.low") == ()


def test_factors_of_one_level_do_not_join_those_of_another(spoil: Spoil) -> None:
    assert spoil("legs.csv", "0.5,,0.4,,,,", "0.5,,0.3,,river.low=2,river.high=2,") == ()


def test_a_leg_that_is_never_open_has_no_worst_case(spoil: Spoil) -> None:
    assert spoil("legs.csv", "0.5,,0.4,,,,", "0.9,,0.9,,,,patrols.few|patrols.many") == ()


def test_a_large_party_counts_if_it_fits(spoil: Spoil) -> None:
    # The largest group has three people, one beyond the customary two: odds of 1.5.
    old = "0.5,,0.4,,,,,0.2,,100,,,back,2,1.1,,"
    (fault,) = spoil("legs.csv", old, "0.5,,0.45,,,,,0.2,,100,,,back,2,1.5,,")
    assert "intercepted 0.6 " in fault.what


def test_a_party_that_does_not_fit_does_not_count(spoil: Spoil) -> None:
    assert spoil("legs.csv", "0.5,,0.4,,,,,0.2,,100,,,back,2,1.1,,", "0.5,,0.45,,,,,0.2,,100,,,back,2,1.5,2,") == ()


def test_a_partner_and_company_count(spoil: Spoil) -> None:
    faults = spoil(
        "legs.csv", "AD,A,D,,air", "AD,A,D,G2,air", ("partners.csv", "G1,guide", "G2,other,,2,,,,\nG1,guide")
    )
    assert "intercepted 0.6875 " in faults[0].what  # one person more than customary, and odds of 2


def test_company_counts_only_where_it_adds_risk(spoil: Spoil) -> None:
    assert spoil("legs.csv", "2,1.1,,,,,,,,,,", "2,1,,,,,,,,0.1,1,") == ()


def test_a_chance_of_one_stays_one(spoil: Spoil) -> None:
    faults = spoil("legs.csv", "0.5,,0.4", "1,,0.001")
    assert len(faults) == 1


FACTORS = st.dictionaries(
    st.sampled_from(["river.low", "river.high", "river.flood", "patrols.few", "patrols.many"]),
    st.sampled_from([0.25, 0.5, 1, 2, 4]),
    max_size=4,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    p=st.integers(1, 99),
    u=st.integers(1, 99),
    p_when=FACTORS,
    u_when=FACTORS,
    closed=st.sampled_from(["", "river.low", "patrols.many"]),
)
def test_the_worst_joint_level_is_the_worst_of_all(
    full: dict[str, str],
    write: Write,
    p: int,
    u: int,
    p_when: dict[str, float],
    u_when: dict[str, float],
    closed: str,
) -> None:
    cells = ["|".join(f"{level}={factor}" for level, factor in when.items()) for when in (p_when, u_when)]
    leg = f"AD,A,D,,air,,1,2,3,,,,{p / 100},,{u / 100},,{cells[0]},{cells[1]},{closed}"
    texts = full | {"legs.csv": full["legs.csv"].split("\nAD,")[0] + "\n" + leg + "\n"}
    worst = 0.0
    for river, patrols in product(["river.low", "river.high", "river.flood"], ["patrols.few", "patrols.many"]):
        if closed not in {river, patrols}:
            caught = scaled(p / 100, p_when.get(river, 1) * p_when.get(patrols, 1))
            worst = max(worst, caught + scaled(u / 100, u_when.get(river, 1) * u_when.get(patrols, 1)))
    faults = list(sums_beyond_one(read_folder(write(texts)).tables))
    if abs(worst - 1) > 1e-9:
        assert bool(faults) == (worst > 1)


@pytest.mark.parametrize("conditions", [40])
def test_many_conditions_are_not_multiplied_out(full: dict[str, str], write: Write, conditions: int) -> None:
    full["conditions.csv"] += "".join(f"c{number},,a|b|c,0.5,,,\n" for number in range(conditions))
    when = "|".join(f"c{number}.b={1 + number / 100}" for number in range(conditions))
    back = "|".join(f"c{number}.c={1 + number / 90}" for number in range(conditions))
    full["legs.csv"] = full["legs.csv"].replace("0.5,,0.4,,,,", f"0.0001,,0.0001,,{when},{back},")
    assert read_folder(write(full)).faults == ()
