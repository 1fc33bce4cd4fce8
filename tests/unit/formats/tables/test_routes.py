from waystation.formats.kinds import Amount, Chance
from waystation.formats.tables.routes import LEGS, PARTNERS, PLACES


def test_every_chance_but_the_demand_is_never_when_blank_and_has_a_weight_of_ten() -> None:
    chances = {
        (table.file, column.name): column.default
        for table in (PLACES, LEGS)
        for column in table.columns
        if isinstance(column.kind, Chance)
    }
    assert chances == {
        ("places.csv", "discovery"): "0",
        ("legs.csv", "intercepted"): "0",
        ("legs.csv", "turned_back"): "0",
        ("legs.csv", "demand"): "",
    }
    for file, name in chances:
        table = PLACES if file == "places.csv" else LEGS
        assert table.by_name[f"{name}_weight"].default == "10"
        assert f"{name}_when" in table.by_name


def test_every_amount_has_a_currency_beside_it() -> None:
    for table in (PLACES, LEGS, PARTNERS):
        assert any(isinstance(column.kind, Amount) for column in table.columns)
        assert "currency" in table.by_name


def test_a_leg_needs_its_ends_its_mode_and_its_duration() -> None:
    required = {column.name for column in LEGS.columns if column.required}
    assert required == {"id", "from", "to", "mode", "days_low", "days_likely", "days_high"}
