from django.test import RequestFactory

from waystation.web.tables import Column, order_of, sorted_columns

COLUMNS = [Column("code", "Code"), Column("age", "Age", numeric=True), Column("note", "Note", sortable=False)]


def test_without_a_wish_the_default_holds() -> None:
    assert order_of(RequestFactory().get("/"), COLUMNS, "-age") == ("age", True)


def test_the_address_chooses_column_and_direction() -> None:
    assert order_of(RequestFactory().get("/?sort=-code"), COLUMNS, "age") == ("code", True)


def test_a_column_that_is_unknown_or_not_sorted_by_is_not_followed() -> None:
    for asked in ("note", "-note", "record__key", ""):
        assert order_of(RequestFactory().get("/", {"sort": asked}), COLUMNS, "age") == ("age", False)


def test_the_sorted_column_says_so_and_turns_round() -> None:
    code, age, note = sorted_columns(RequestFactory().get("/?sort=code&team=2&page=3"), COLUMNS, "age")
    assert (code.direction, code.link) == ("ascending", "?sort=-code&team=2")
    assert (age.direction, age.link) == ("", "?sort=age&team=2")
    assert (note.direction, note.link) == ("", "")
