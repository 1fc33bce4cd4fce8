"""The scanner finds a name in every form, wherever it lies: only then do no hits mean anything."""

import base64
import json
import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forensic import scan
from tests.forensic.names import invented_names
from tests.forensic.scan import Scanner

NAMES = invented_names(30)
SCANNER = Scanner(NAMES)
HERE = Path("planted")


def found(content: bytes) -> set[str]:
    return {hit.name for hit in SCANNER.in_bytes(content, HERE)}


def test_the_names_are_different_and_in_three_scripts() -> None:
    names = invented_names(500)
    assert len(set(names)) == 500
    assert names == [unicodedata.normalize("NFC", name) for name in names]
    scripts = {unicodedata.name(character).split()[0] for name in names for character in name if character != " "}
    assert scripts == {"LATIN", "HANGUL", "CJK", "ARABIC"}
    assert min(len(name.encode()) for name in names) >= 8


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_in_every_form(name: str) -> None:
    decomposed = unicodedata.normalize("NFD", name)
    written = [
        name.encode(),
        decomposed.encode(),
        name.encode("utf-16-le"),
        decomposed.encode("utf-16-be"),
        name.upper().encode(),
        name.casefold().encode(),
        quote(name).encode(),
        urlencode({"name": name}).encode(),
        quote(decomposed).lower().encode(),
        json.dumps({"name": name}).encode(),
        name.encode("ascii", "xmlcharrefreplace"),
        name.encode().hex().encode(),
        *(base64.b64encode(b"x" * shift + name.encode() + b"and more") for shift in range(4)),
        *(base64.urlsafe_b64encode(b"y" * shift + decomposed.encode()) for shift in range(3)),
    ]
    for each in written:
        assert name in found(b"\x00\xff" + each + b"\x00"), each


@settings(deadline=None, max_examples=30)
@given(before=st.binary(max_size=200), after=st.binary(max_size=200), name=st.sampled_from(NAMES))
def test_a_name_is_found_wherever_it_lies(before: bytes, after: bytes, name: str) -> None:
    assert name in found(before + name.encode() + after)


@settings(deadline=None, max_examples=30)
@given(content=st.binary(max_size=2000))
def test_nothing_is_found_where_nothing_is(content: bytes) -> None:
    assert found(content) == set()


def test_a_name_across_two_parts_is_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "PART", 64)
    for before in range(40, 90):
        hits = list(SCANNER.in_bytes(b"." * before + NAMES[0].encode() + b"." * 200, HERE))
        assert [hit.offset for hit in hits if hit.form == "utf-8 NFC"] == [before]


def test_names_in_databases_file_names_and_folders_are_found(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    with closing(sqlite3.connect(inside / "plain.db")) as plain:
        plain.execute("CREATE TABLE planted (name text)")
        plain.execute("PRAGMA secure_delete = OFF")
        plain.execute("INSERT INTO planted VALUES (?)", (NAMES[0],))
        plain.commit()
        plain.execute("DELETE FROM planted")  # what was deleted still lies there
        plain.commit()
    (inside / f"{NAMES[1]}.txt").touch()
    hits, read = SCANNER.in_folders([tmp_path])
    assert {hit.name for hit in hits} == {NAMES[0], NAMES[1]}
    assert read[inside / "plain.db"] > 0
