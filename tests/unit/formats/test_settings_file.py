from datetime import date
from decimal import Decimal

import pytest

from waystation.formats.settings_file import blank_settings, read_settings

GOOD = 'name = "N"\ncurrency = "usd"\nas_of = 2026-11-20\n'


def places(text: str) -> list[tuple[int, int]]:
    return [(fault.line, fault.column) for fault in read_settings(text)[1]]


def test_keys_are_read_with_their_defaults() -> None:
    settings, faults = read_settings(GOOD)
    assert faults == []
    assert {key: settings[key] for key in settings.cells} == {
        "name": "N",
        "slot_hours": 12,
        "horizon_days": 60,
        "most_exposed": None,
        "most_harm": None,
        "currency": "USD",
        "as_of": date(2026, 11, 20),
        "decimal": ".",
        "judgement_cap": 20,
        "near_miss_ratio": 30,
        "near_miss_strength": Decimal("0.1"),
        "near_miss_cap": 20,
    }


@pytest.mark.parametrize("value", ['"2026-11-20"', '"20/11/2026"', "2026-11-20T00:00:00", '" 2026/11/20 "', "46346"])
def test_a_date_may_be_written_in_many_ways(value: str) -> None:
    assert read_settings(f"as_of = {value}\n")[0]["as_of"] == date(2026, 11, 20)


def test_cells_know_where_their_values_begin() -> None:
    settings, _ = read_settings("# first\n" + GOOD + 'slot_hours  =  6\n\n[sources]\n  "F-1" = "A book"\n')
    assert [(settings.cells[key].line, settings.cells[key].column) for key in ("name", "slot_hours")] == [
        (2, 8),
        (5, 16),
    ]
    assert (settings.sources["F-1"].line, settings.sources["F-1"].column) == (8, 11)


@pytest.mark.parametrize(
    ("line", "column", "what"),
    [
        ("slot_hours = 5", 14, "out of range"),
        ("slot_hours = 12.5", 14, "not a whole number"),
        ("slot_hours = true", 14, "true or false"),
        ("name = [1]", 8, "a list"),
        ("currency = 'XXX'", 12, "not a currency"),
        ("horizon_days = 99999999999999999999", 16, "too large"),
        ("as_of = 07:30:00", 9, "of another type"),
        ("slot_hour = 12", 13, "no key 'slot_hour'"),
        ("x_list = [1]", 10, "a list"),
        ("sources = 1", 11, "not a table"),
    ],
)
def test_wrong_values_are_faults_at_their_place(line: str, column: int, what: str) -> None:
    settings, (fault,) = read_settings("\n" + line + "\n")
    assert (fault.line, fault.column) == (2, column)
    assert what in fault.what
    assert settings.whole


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("name = \n", (1, 8)),
        ("\n\nname = 'a' b\n", (3, 12)),
        ("a = 1\na = 2\n", (2, 6)),
        ("[sources\n", (1, 9)),
        ("\nname", (2, 1)),
    ],
)
def test_what_is_no_toml_is_one_fault_at_its_place(text: str, place: tuple[int, int]) -> None:
    settings, (fault,) = read_settings(text)
    assert fault.what.startswith("this is not TOML")
    assert (fault.line, fault.column) == place
    assert not settings.whole


def test_sources_have_an_id_and_say_where() -> None:
    assert places('[sources]\nA = ""\nB = 3\nassumed = "x"\n"a b" = "x"\n') == [(2, 5), (3, 5), (4, 11), (5, 9)]
    settings, faults = read_settings('[sources]\n"<=1998" = " A table "\n')
    assert faults == []
    assert settings.sources["<=1998"].text == "A table"


def test_comments_and_remarks_are_kept_by_key() -> None:
    settings, faults = read_settings(
        "# one\n# two\nslot_hours = 12 # half a day\n# of the table\n[sources] # where\n# three\nA = 'x # y' # z\n# the end\n"
    )
    assert faults == []
    assert settings.comments["slot_hours"] == ("# one", "# two")
    assert settings.comments["[sources]"] == ("# of the table",)
    assert settings.comments["sources.A"] == ("# three",)
    assert settings.comments[""] == ("# the end",)
    assert settings.remarks == {"slot_hours": "# half a day", "[sources]": "# where", "sources.A": "# z"}


def test_settings_that_say_nothing_have_the_defaults() -> None:
    settings = blank_settings(whole=False)
    assert settings["slot_hours"] == 12
    assert settings["name"] is None


def test_the_decimal_sign_is_known_even_if_the_rest_is_no_toml() -> None:
    settings, faults = read_settings('name = oops\n  decimal = ","  # comma\n')
    assert len(faults) == 1
    assert settings.numerals.decimal == ","
    assert not settings.whole
    assert read_settings("name = oops\n")[0].numerals.decimal == "."
