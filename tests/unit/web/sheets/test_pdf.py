import io
import re
from typing import Any

import pypdf
import pytest

from waystation.kernel import BrokenPromiseError
from waystation.vault import new_recovery, shares_of
from waystation.web.sheets.pdf import sheets_pdf


@pytest.mark.parametrize(("language", "heading"), [("en", "Recovery sheet 3 of 5"), ("ko", "복구 용지 3/5")])
def test_each_share_has_a_page_with_all_its_words_in_order(language: str, heading: str) -> None:
    shares = shares_of(new_recovery())
    reader = pypdf.PdfReader(io.BytesIO(sheets_pdf(shares, language)))
    assert len(reader.pages) == 5
    for share, page in zip(shares, reader.pages, strict=True):
        numbered = re.findall(r"(\d+)\. ([a-z]+)", page.extract_text())
        assert [word for _, word in sorted(numbered, key=lambda pair: int(pair[0]))] == share.split()
    assert heading in " ".join(reader.pages[2].extract_text().split())


def test_nothing_on_the_sheet_says_whose_it_is() -> None:
    content = sheets_pdf(shares_of(new_recovery()), "en")
    information: dict[str, Any] = dict(pypdf.PdfReader(io.BytesIO(content)).metadata or {})
    assert not information.get("/Author")
    assert information.get("/Title") == "Recovery sheets"


def test_no_share_is_ever_in_a_file(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = io.open

    def watched(file: object, mode: str = "r", *arguments: object, **options: object) -> object:
        opened.append(mode)
        return real(file, mode, *arguments, **options)  # type: ignore[call-overload] # passed on

    monkeypatch.setattr("builtins.open", watched)
    monkeypatch.setattr("tempfile.tempdir", "/nonexistent")
    assert sheets_pdf(shares_of(new_recovery()), "en").startswith(b"%PDF")
    assert not [mode for mode in opened if set(mode) & set("wax+")]


def test_a_failure_repeats_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    def fail(*_: object, **__: object) -> bytes:
        raise typst.TypstError("anchor basket", "anchor basket")

    monkeypatch.setattr("typst.compile", fail)
    with pytest.raises(BrokenPromiseError) as failed:
        sheets_pdf(("anchor basket",) * 5, "en")
    assert "anchor" not in str(failed.value)
    assert failed.value.__cause__ is None
