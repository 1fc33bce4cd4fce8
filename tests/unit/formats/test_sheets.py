from waystation.formats.faults import Fault
from waystation.formats.kinds import PLAIN
from waystation.formats.rows import Sheet
from waystation.formats.sheets import clean, read_sheet
from waystation.formats.tables import TABLES


def read(text: str, file: str = "rates.csv") -> tuple[Sheet, list[Fault]]:
    return read_sheet(TABLES[file], text, PLAIN)


def test_cells_are_cleaned_of_what_cannot_be_seen() -> None:
    assert clean(" \u00a0\ufeff\u200b x y\u2060\t") == "x y"


def test_columns_in_any_order_and_spelling() -> None:
    sheet, faults = read("Quote ;BASE;Date; RATE;x_My Note\nTHB;USD;2026-11-01;33.5;hello\n")
    assert faults == []
    assert sheet.columns == ("date", "base", "quote", "rate")
    assert sheet.extra == ("x_my_note",)
    assert sheet.rows[0]["quote"] == "THB"
    assert sheet.rows[0].cells["x_my_note"].text == "hello"


def test_a_blank_cell_has_the_default_and_is_known_to_be_blank() -> None:
    sheet, _ = read("condition,date,level\nriver,2026-11-18,high\n", "observations.csv")
    row = sheet.rows[0]
    assert row["confidence"] == 1
    assert row.is_blank("confidence")
    assert not row.has("confidence")


def test_an_unreadable_cell_is_a_fault_and_has_no_value() -> None:
    sheet, (fault,) = read("date,base,quote,rate\n2026-11-01,USD,THB,x\n")
    assert (fault.line, fault.column) == (2, 20)
    assert fault.what.startswith("rate: ")
    row = sheet.rows[0]
    assert row["rate"] is None
    assert not row.is_blank("rate")
    assert not row.has("rate")


def test_wrong_columns_are_named_with_the_right_one() -> None:
    sheet, faults = read("date,base,rate,rate,why\n2026-11-01,USD,1,2,3\n")
    assert [(fault.line, fault.column) for fault in faults] == [(1, 16), (1, 21), (1, 1)]
    assert "twice" in faults[0].what
    assert "free columns begin with x_" in faults[1].right
    assert "the column quote is missing" in faults[2].what
    assert not sheet.whole


def test_a_misspelt_column_is_one_fault_and_read_as_the_one_meant() -> None:
    sheet, faults = read("date,base,qote,rate\n2026-11-01,USD,THB,x\n")
    assert [(fault.line, fault.column) for fault in faults] == [(1, 11), (2, 20)]
    assert "did you mean quote?" in faults[0].right
    assert sheet.rows[0]["quote"] == "THB"
    assert sheet.whole


def test_a_misspelt_column_is_not_read_where_the_right_one_stands_too() -> None:
    sheet, faults = read("qote,date,base,quote,rate\nEUR,2026-11-01,USD,THB,33\n")
    assert [(fault.line, fault.column) for fault in faults] == [(1, 1)]
    assert sheet.rows[0]["quote"] == "THB"


def test_values_without_a_column_name_are_one_fault() -> None:
    _, faults = read("date,base,quote,rate, \n2026-11-01,USD,THB,33,a\n2026-11-02,USD,THB,33,b\n")
    assert [(fault.line, fault.column) for fault in faults] == [(1, 22)]
    assert "no name" in faults[0].what


def test_a_value_under_no_column_is_a_fault_but_an_empty_column_is_not() -> None:
    _, faults = read("date,base,quote,rate,,\n2026-11-01,USD,THB,33,,\n2026-11-02,USD,THB,33,,,5\n")
    assert [(fault.line, fault.column) for fault in faults] == [(3, 25)]
    _, faults = read("date,base,quote,rate\n2026-11-01,USD,THB,33,,,\n")
    assert faults == []


def test_a_short_row_ends_where_its_line_ends() -> None:
    sheet, faults = read("date,base,quote,rate\n2026-11-01,USD\n")
    assert faults == []
    cell = sheet.rows[0].cells["rate"]
    assert (cell.line, cell.column) == (2, 15)


def test_blank_lines_are_no_rows_and_rows_are_counted_without_them() -> None:
    sheet, _ = read("\n,,\ndate,base,quote,rate\n\n2026-11-01,USD,THB,33\n,,,\n2026-11-02,USD,THB,33\n\n")
    assert [(row.number, row.cells["date"].line) for row in sheet.rows] == [(1, 5), (2, 7)]
    assert sheet.ids() == ["1", "2"]
    assert sheet.line == 3


def test_comments_stay_with_what_they_stand_above() -> None:
    sheet, _ = read("# head,,\ndate,base,quote,rate\n#one\n# two\n2026-11-01,USD,THB,33\n# tail ; \n")
    assert sheet.head_comments == ("# head",)
    assert sheet.rows[0].comments == ("#one", "# two")
    assert sheet.tail_comments == ("# tail",)


def test_a_file_without_header_says_which_one_it_needs() -> None:
    for text in ("", "\n\n", "# only\n"):
        sheet, (fault,) = read(text)
        assert "date,base,quote,rate" in fault.right
        assert not sheet.whole


def test_lost_and_control_characters_are_faults() -> None:
    _, faults = read(
        "condition,date,level,source\nriver,2026-11-18,high,caf\ufffd\nriver,2026-11-18,high,a\x07\n",
        "observations.csv",
    )
    assert [(fault.line, fault.column) for fault in faults] == [(2, 23), (3, 23)]


def test_a_wrong_quote_leaves_the_sheet_in_doubt() -> None:
    sheet, faults = read('date,base,quote,rate\n2026-11-01,USD,THB,"33\n')
    assert len(faults) == 1
    assert not sheet.whole
