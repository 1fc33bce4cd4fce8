from decimal import Decimal

from waystation.formats.tables.settings import SETTINGS


def test_slots_divide_the_day() -> None:
    kind = SETTINGS.by_name["slot_hours"].kind
    assert all(24 % hours == 0 for hours in getattr(kind, "choices", ()))
    assert getattr(kind, "choices", ()) == (1, 2, 3, 4, 6, 8, 12, 24)


def test_the_defaults_of_the_network() -> None:
    assert {column.name: column.default_value for column in SETTINGS.columns if column.default} == {
        "slot_hours": 12,
        "horizon_days": 60,
        "decimal": ".",
        "judgement_cap": 20,
        "near_miss_ratio": 30,
        "near_miss_strength": Decimal("0.1"),
        "near_miss_cap": 20,
    }
