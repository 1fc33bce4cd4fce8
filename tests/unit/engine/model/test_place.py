from waystation.engine.model import PlaceKind


def test_nobody_waits_at_a_crossing() -> None:
    assert {kind for kind in PlaceKind if not kind.usually_waits} == {PlaceKind.CROSSING}


def test_a_journey_may_end_where_one_can_live() -> None:
    assert {kind for kind in PlaceKind if kind.usually_stops} == {
        PlaceKind.ORIGIN,
        PlaceKind.SAFE_HOUSE,
        PlaceKind.RECEPTION,
    }
