from decimal import Decimal

import pytest

from waystation.engine.model import LevelRef, Refusal
from waystation.formats.kinds import (
    PLAIN,
    CellError,
    Codes,
    Kind,
    LevelFactors,
    LevelRefs,
    Levels,
    Matrix,
    Numerals,
    RefusalKind,
)

HIGH, MANY = LevelRef("river", "high"), LevelRef("patrols", "many")


def test_level_factors() -> None:
    read = LevelFactors().read("river.high = 3 | patrols.many=0.5", PLAIN)
    assert read == ((HIGH, Decimal(3)), (MANY, Decimal("0.5")))
    assert LevelFactors().show(read, PLAIN) == "river.high=3|patrols.many=0.5"
    assert LevelFactors().read("river.high=1,5", Numerals(",")) == ((HIGH, Decimal("1.5")),)


def test_levels_of_conditions() -> None:
    assert LevelRefs().read("river.high|patrols.many", PLAIN) == (HIGH, MANY)
    assert LevelRefs().show((HIGH, MANY), PLAIN) == "river.high|patrols.many"


def test_levels_and_codes_keep_their_order() -> None:
    assert Levels().read("low | high|flood", PLAIN) == ("low", "high", "flood")
    assert Codes().show(Codes().read("wheelchair|oxygen", PLAIN), PLAIN) == "wheelchair|oxygen"


def test_a_matrix() -> None:
    read = Matrix().read("0.9  0.1|0.3 0.7", PLAIN)
    assert read == ((Decimal("0.9"), Decimal("0.1")), (Decimal("0.3"), Decimal("0.7")))
    assert Matrix().show(read, PLAIN) == "0.9 0.1|0.3 0.7"
    assert Matrix().read("0,5 0,5|0 1", Numerals(","))[0] == (Decimal("0.5"), Decimal("0.5"))


def test_a_matrix_may_miss_one_by_rounding_only() -> None:
    assert Matrix().read("0.3333333333 0.3333333333 0.3333333333|0 1 0|0 0 1", PLAIN)
    with pytest.raises(CellError, match=r"row 1 of the matrix sums to 0\.99999"):
        Matrix().read("0.33333 0.33333 0.33333|0 1 0|0 0 1", PLAIN)


def test_refusals() -> None:
    assert RefusalKind().read("Back", PLAIN) == Refusal()
    assert RefusalKind().read("longer: 2", PLAIN) == Refusal(2)
    assert [RefusalKind().show(refusal, PLAIN) for refusal in (Refusal(), Refusal(0))] == ["back", "longer:0"]


@pytest.mark.parametrize(
    ("kind", "text", "what"),
    [
        (LevelFactors(), "river.high", "not a level factor"),
        (LevelFactors(), "river=3", "not a level of a condition"),
        (LevelFactors(), "river.high=0", "out of range"),
        (LevelFactors(), "river.high=1001", "out of range"),
        (LevelFactors(), "river.high=x", "not a number"),
        (LevelFactors(), "river.high=2|river.high=3", "twice"),
        (LevelFactors(), "river.high=2||patrols.many=3", "empty place"),
        (LevelFactors(), "ri ver.high=2", "not a code"),
        (LevelRefs(), "river", "not a level of a condition"),
        (LevelRefs(), "river.high|river.high", "twice"),
        (Levels(), "low|LOW", "twice"),
        (Levels(), "low|", "empty place"),
        (Levels(), "|".join(f"l{number}" for number in range(65)), "65 levels"),
        (Codes(), "a b", "not a code"),
        (Matrix(), "0.9 0.1|1", "2 rows with 2, 1 numbers"),
        (Matrix(), "1.5 -0.5|0 1", "out of range"),
        (Matrix(), "a b|c d", "not a number"),
        (RefusalKind(), "longer", "refusing"),
        (RefusalKind(), "longer:-1", "refusing"),
        (RefusalKind(), "longer:²", "refusing"),
        (RefusalKind(), "longer:99999", "refusing"),
        (RefusalKind(), "back:2", "refusing"),
    ],
)
def test_wrong_cells(kind: Kind, text: str, what: str) -> None:
    with pytest.raises(CellError, match=what):
        kind.read(text, PLAIN)
