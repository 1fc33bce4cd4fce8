from collections.abc import Callable

import pytest

from waystation.formats import Fault

Spoil = Callable[..., tuple[Fault, ...]]
SpoilAt = Callable[[str, str, str], tuple[tuple[Fault, ...], list[tuple[str, int, int]]]]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("BC,B,C", "BC,B,¶B", "from B to itself"),
        ("120,1,1.5,3", "120,2,¶1.5,3", "days_likely 1.5 is below days_low 2"),
        ("120,1,1.5,3", "120,1,1.5,¶1.2", "days_high 1.2 is below days_likely 1.5"),
        ("longer:2,3,1.2,6", "longer:2,¶7,1.2,6", "customary_party 7 is above largest_party 6"),
        ("longer:2,3,1.2,6", "longer:2,¶,1.2,6", "extra_person_factor is given without customary_party"),
        ("0.2,,100", "¶,,100", "an amount but no chance"),
        ("0.2,,100", "¶0.2,,", "a chance but no amount"),
        ("0.7,1.3,hills", "¶,1.3,hills", "company_price_factor is given without company_risk_factor"),
        ("0.7,1.3,hills", "0.7,¶,hills", "company_risk_factor is given without company_price_factor"),
    ],
)
def test_cells_that_do_not_go_together(spoil_at: SpoilAt, old: str, new: str, what: str) -> None:
    faults, places = spoil_at("legs.csv", old, new)
    assert [(fault.file, fault.line, fault.column) for fault in faults if what in fault.what] == places


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("120,1,1.5,3", "120,2,2,2"),
        ("longer:2,3,1.2,6", "longer:2,,1,6"),
        ("longer:2,3,1.2,6", "longer:2,6,1.2,6"),
        ("0.2,,100", "0,,"),
        ("0.2,,100", ",,0"),
        ("0.7,1.3,hills", ",,hills"),
    ],
)
def test_cells_that_do(spoil: Spoil, old: str, new: str) -> None:
    assert spoil("legs.csv", old, new) == ()
