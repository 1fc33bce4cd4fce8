import io

from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.intake.tables.opening import open_table
from waystation.intake.tables.row import Row, headed
from waystation.intake.writing.csv_writer import csv_bytes
from waystation.intake.writing.harmless import restored

_TEXT = st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=8)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(_TEXT, _TEXT).filter(lambda row: any(cell.strip() for cell in row)), max_size=5))
def test_a_table_comes_back_as_it_went_out(rows: list[tuple[str, str]]) -> None:
    data = b"".join(csv_bytes(["a", "b"], rows))
    found = [row for row in headed(open_table(io.BytesIO(data)).sheets[0]).rows() if isinstance(row, Row)]
    assert [tuple(restored(cell) for cell in row.cells) for row in found] == rows


def test_it_says_that_it_is_utf8() -> None:
    assert b"".join(csv_bytes(["이름"], [["하늘"]])) == "\ufeff이름\r\n하늘\r\n".encode()
