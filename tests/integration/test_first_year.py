"""The first year of a made-up organisation: the guide's lines and the script say the same."""

import importlib.util
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from waystation.engine.simulation.scenario import apply
from waystation.formats import read_folder

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "examples" / "first-year" / "first_year.py"
PAGE = (ROOT / "docs" / "guide" / "first-year.md").read_text("utf-8")


@pytest.fixture(scope="module")
def first_year() -> ModuleType:
    spec = importlib.util.spec_from_file_location("first_year", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_books_of_year_one_are_those_of_the_page(first_year: ModuleType, tmp_path: Path) -> None:
    believed = first_year.network_of(first_year.START)
    truth = apply([first_year.HIDDEN], believed)
    assert f"believed: {first_year.chance(believed):.4f}\n" in PAGE
    assert f"true: {first_year.chance(truth):.4f}\n" in PAGE
    books = first_year.live(believed, truth)
    told = Counter(each.kind for each in books if each.leg == first_year.BOAT)
    kinds = ", ".join(first_year.counted(told))
    assert f"year one: {len(books)} passages, {sum(told.values())} of them by the boat: {kinds}\n" in PAGE
    folder = first_year.keep_books(tmp_path / "kept", believed, books)
    reading = read_folder(folder)
    assert reading.faults == ()
    assert reading.network is not None
    assert (reading.network.as_of - believed.as_of).days == 364
    assert len(reading.network.outcomes) == sum(each.on <= reading.network.as_of for each in books)


@pytest.mark.long
def test_the_whole_year_is_the_one_on_the_page(tmp_path: Path) -> None:
    command = [sys.executable, str(SCRIPT), str(tmp_path / "out")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert f"```text\n{done.stdout}```" in PAGE
