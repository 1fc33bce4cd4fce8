from waystation.formats.tables.records import BUDGET, CONDITIONS, OBSERVATIONS, RATES, SOURCES


def test_only_conditions_have_ids_and_share_them() -> None:
    assert CONDITIONS.has_ids
    assert CONDITIONS.ids_repeat
    assert not any(table.has_ids for table in (OBSERVATIONS, BUDGET, RATES, SOURCES))


def test_a_rate_leaves_nothing_open() -> None:
    assert all(column.required for column in RATES.columns)
