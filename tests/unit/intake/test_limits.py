from waystation.intake.limits import FORMS, TABLES


def test_a_form_is_held_whole_and_may_be_less_than_a_table() -> None:
    assert FORMS.bytes < TABLES.bytes
    assert FORMS.unpacked_bytes < TABLES.unpacked_bytes


def test_twenty_thousand_rows_are_no_matter() -> None:
    assert TABLES.rows > 20_000
    assert TABLES.columns < 10_000
