import pytest

from waystation.engine.simulation.organisation import Organisation
from waystation.kernel import BadInputError


def test_the_defaults_are_fit_for_use() -> None:
    assert Organisation().party == 8


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"gives_up": 1.5}, "gives_up is a chance from 0 to 1, not 1.5"),
        ({"careful_with": -0.1}, "careful_with is a chance"),
        ({"party": 0}, "party is 1 or more"),
        ({"income_per_year": -1.0}, "income_per_year is 0 or more"),
        ({"opening": float("nan")}, "opening is 0 or more, not nan"),
        ({"requests_per_year": float("inf")}, "requests_per_year is 0 or more, not inf"),
        ({"remembers": 500}, "remembers is a number of weeks from 0 to 104"),
        ({"replace": -1}, "replace is a number of weeks from 0 to 520"),
        ({"requests_per_year": 6000.0}, "at most 5000"),
    ],
)
def test_what_cannot_be_is_refused_by_name(settings: dict[str, float], said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        Organisation(**settings)  # type: ignore[arg-type]
