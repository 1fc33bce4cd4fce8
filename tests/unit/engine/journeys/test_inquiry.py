import pytest

from waystation.engine.journeys.inquiry import EVERYTHING, NOTHING_MORE, Inquiry


def test_nothing_is_looked_into_unless_asked() -> None:
    assert Inquiry() == NOTHING_MORE
    assert (NOTHING_MORE.draws, NOTHING_MORE.cautious, NOTHING_MORE.reasons) == (0, None, False)
    assert EVERYTHING.draws >= 1000


@pytest.mark.parametrize("chances", [{"coverage": 0.0}, {"coverage": 1.0}, {"cautious": 1.5}, {"cautious": 0.0}])
def test_a_width_is_a_chance(chances: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="is a chance between 0 and 1"):
        Inquiry(**chances)  # type: ignore[arg-type]
