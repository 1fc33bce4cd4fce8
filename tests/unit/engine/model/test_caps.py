from waystation.engine.model import Caps


def test_nothing_is_capped_unless_asked() -> None:
    assert Caps() == Caps(budget=None, days=None, max_harm=None)
