import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.intake.writing.harmless import harmless, restored


@pytest.mark.parametrize("text", ["=1+1", "+82 10", "-2+3", "@SUM(1)", "\t=1", "\r=1", "|x", "%x", "＝1", "'=1"])
def test_what_a_spreadsheet_would_run_is_marked(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "alpha", "3", "'Abd", "''x", "a=b"])
def test_anything_else_stays(text: str) -> None:
    assert harmless(text) == text


@given(st.text("'=+-@a\t", max_size=6) | st.text())
def test_every_text_comes_back(text: str) -> None:
    assert restored(harmless(text)) == text
    assert harmless(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"} or text == ""
