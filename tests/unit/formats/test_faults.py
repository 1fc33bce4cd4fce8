from dataclasses import FrozenInstanceError

import pytest

from waystation.formats import Fault


def test_a_fault_prints_where_what_and_what_would_be_right() -> None:
    fault = Fault("legs.csv", 3, 8, "no row LA0", "did you mean LAO?")
    assert str(fault) == "legs.csv:3:8: no row LA0; did you mean LAO?"


def test_faults_are_values_in_the_order_of_their_places() -> None:
    faults = [Fault("b", 1, 1, "", ""), Fault("a", 10, 2, "", ""), Fault("a", 9, 5, "", ""), Fault("a", 10, 1, "", "")]
    assert [(fault.file, fault.line, fault.column) for fault in sorted(faults)] == [
        ("a", 9, 5),
        ("a", 10, 1),
        ("a", 10, 2),
        ("b", 1, 1),
    ]
    with pytest.raises(FrozenInstanceError):
        faults[0].line = 2  # type: ignore[misc]
