from dataclasses import replace

import pytest

from waystation.kernel import BadInputError
from waystation.matching.compare import MISSING, Comparison
from waystation.matching.entry import Entry, make_ready
from waystation.matching.frequency import Frequencies
from waystation.matching.schema import Field, Kind, Schema
from waystation.matching.weights import Weights, weigh

SCHEMA = Schema((Field("place", Kind.WORD),))
WEIGHTS = Weights(SCHEMA, same=((0.5, 0.2, 0.1, 0.1, 0.1),), apart=((0.0625, 0.1, 0.1, 0.1, 0.6375),))


def comparison(level: int, value: str = "hyesan") -> Comparison:
    return Comparison((level,), ((value, value),), ((value, value),))


def test_a_level_weighs_the_logarithm_of_its_two_chances() -> None:
    assert weigh(comparison(0), WEIGHTS) == (3.0,)
    assert weigh(comparison(4), WEIGHTS)[0] < 0
    assert weigh(comparison(MISSING), WEIGHTS) == (0.0,)


def test_agreement_on_a_rare_value_weighs_more_than_on_a_common_one() -> None:
    counted = Frequencies(SCHEMA)
    for number in range(40):
        counted.add(make_ready(Entry(str(number), {"place": ("Onsong" if number < 1 else "Hyesan",)}), SCHEMA))
    rare, common = (weigh(comparison(0, place), WEIGHTS, counted)[0] for place in ("onsong", "hyesan"))
    assert rare > 3 > common >= 0
    assert weigh(comparison(4), WEIGHTS, counted) == weigh(comparison(4), WEIGHTS)


def test_chances_that_are_none_are_refused() -> None:
    with pytest.raises(BadInputError, match="place"):
        replace(WEIGHTS, same=((0.5, 0.2, 0.1, 0.1, 0.2),))
    with pytest.raises(BadInputError, match="place"):
        replace(WEIGHTS, apart=((1.0, 0.0, 0.0, 0.0, 0.0),))
