import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from waystation.formats import Fault, read_folder
from waystation.formats.tables import TABLES
from waystation.kernel import Money

Write = Callable[[dict[str, str]], Path]
FUZZ = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_a_full_folder_reads_without_fault_or_warning(full: dict[str, str], write: Write) -> None:
    reading = read_folder(write(full))
    assert reading.faults == ()
    assert reading.warnings == ()
    assert reading.network is not None
    assert [leg.id for leg in reading.network.legs] == ["AB", "BC", "CD", "AD"]


def test_every_column_of_the_format_is_filled_in_the_full_folder(full: dict[str, str], write: Write) -> None:
    for sheet in read_folder(write(full)).tables:
        assert sheet.columns == sheet.table.names
        for name in sheet.columns:
            assert any(row.has(name) for row in sheet.rows), f"{sheet.table.file} leaves {name} empty"


def test_only_three_files_are_required(full: dict[str, str], write: Write) -> None:
    texts = {
        "network.toml": full["network.toml"],
        "places.csv": "id,kind,lat,lon\nA,origin,1,2\nD,destination,3,4\n",
        "legs.csv": "id,from,to,mode,days_low,days_likely,days_high\nAD,A,D,car,1,1,1\n",
    }
    network = read_folder(write(texts)).network
    assert network is not None
    assert network.groups == ()
    assert network.legs[0].cost_group == Money(0, "USD")


def test_a_missing_folder_is_a_fault(tmp_path: Path) -> None:
    faults = read_folder(tmp_path / "nowhere").faults
    assert len(faults) == 1
    assert (faults[0].line, faults[0].column) == (1, 1)
    assert "cannot be read" in faults[0].what


@pytest.mark.parametrize("name", ["\0", "file.txt"])
def test_what_is_no_folder_is_a_fault(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("x")
    assert len(read_folder(tmp_path / name).faults) == 1


def test_an_empty_folder_names_each_required_file(tmp_path: Path) -> None:
    assert [fault.file for fault in read_folder(tmp_path).faults] == ["legs.csv", "network.toml", "places.csv"]


def test_unknown_tables_are_faults_and_other_files_are_not(full: dict[str, str], write: Write) -> None:
    full |= {"place.csv": "id\n", "README.txt": "hello", ".~lock.legs.csv": "me", "other.toml": ""}
    faults = read_folder(write(full)).faults
    assert [fault.file for fault in faults] == ["other.toml", "place.csv"]
    assert "did you mean places.csv?" in faults[1].right


def test_a_file_name_that_is_no_text_is_shown_on_one_line(full: dict[str, str], write: Write) -> None:
    folder = write(full)
    (Path(os.fsdecode(bytes(folder))) / os.fsdecode(b"a\xff\nb.csv")).write_bytes(b"")
    (fault,) = read_folder(folder).faults
    assert fault.file.isprintable()
    str(fault).encode()


def test_directories_in_place_of_files_are_faults(full: dict[str, str], write: Write) -> None:
    folder = write({name: text for name, text in full.items() if name not in {"groups.csv", "network.toml"}})
    (folder / "groups.csv").mkdir()
    (folder / "network.toml").mkdir()
    faults = read_folder(folder).faults
    assert {fault.file for fault in faults} >= {"groups.csv", "network.toml"}
    assert all("not a file" in fault.what for fault in faults if fault.file in {"groups.csv", "network.toml"})


def test_dates_and_money_are_exact(full: dict[str, str], write: Write) -> None:
    network = read_folder(write(full)).network
    assert network is not None
    assert network.as_of == date(2026, 11, 20)
    assert network.legs[1].cost_person == Money(10050, "USD")
    assert network.places[1].stay_cost == Money(40000, "THB")


def is_printed_well(fault: Fault) -> bool:
    text = str(fault)
    text.encode()
    return fault.line >= 1 and fault.column >= 1 and "\n" not in text and bool(fault.what) and bool(fault.right)


@FUZZ
@given(name=st.sampled_from(sorted(TABLES)), raw=st.binary(max_size=200))
@example(name="network.toml", raw=b"x = " + b"[" * 5000)
@example(name="network.toml", raw=b"slot_hours = 0x" + b"f" * 5000)
@example(name="network.toml", raw=b"horizon_days = " + b"9" * 5000)
@example(name="legs.csv", raw=b'id,from\n"' + b"a" * 200_000)
@example(name="legs.csv", raw=b"\xff\xfea\x00")
@example(name="legs.csv", raw=b"\xff\xfe\x00\x00abc")
def test_any_bytes_give_faults_and_never_a_traceback(full: dict[str, str], write: Write, name: str, raw: bytes) -> None:
    folder = write(full)
    (folder / name).write_bytes(raw)
    reading = read_folder(folder)
    assert (reading.network is None) == bool(reading.faults)
    assert all(is_printed_well(fault) for fault in reading.faults)
    assert list(reading.faults) == sorted(set(reading.faults))


NASTY = [
    "", " ", "nan", "inf", "-inf", "1e999", "-1e-999", "1e9", "0x10", "99999999999999999999999999",
    "-1", "0", "1", "2", "1.0000000001", "50 %", "%", "1e-20 %", "#", "# note", '"', '""', "a\nb",
    "A", "a", "D", "AB", "F1", "F1a", "river.high=1e5", "river.flood",
    "river.low|river.high|river.flood", "patrols.many=1000", "1|2|3", "0.5 0.5|0.5 0.5", "1 0|0 1",
    "0 1|1 0", "31/12/2026", "03/04/2026", "46387", "0000-00-00", "2026-02-30", "9999-12-31", "..",
    "2027-01-01..2026-01-01", "KRW", "VND", "XXX", "longer:99999", "longer:x", "\ufffd", "\x01",
    "１２", "²", "٣", "़", "𝟙", "=1+1", "1,5", "1.234,5", "1'000", "1 000", "yes", "TRUE", "assumed",
    "x" * 70_000,
]  # fmt: skip


@FUZZ
@given(data=st.data())
def test_any_cell_gives_faults_and_never_a_traceback(full: dict[str, str], write: Write, data: st.DataObject) -> None:
    texts = dict(full)
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(sorted(TABLES)))
        lines = texts[name].split("\n")
        number = data.draw(st.integers(0, len(lines) - 1))
        cells = lines[number].split(",")
        cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(st.sampled_from(NASTY) | st.text(max_size=12))
        lines[number] = ",".join(cells)
        texts[name] = "\n".join(lines).encode("utf-8", "replace").decode()
    reading = read_folder(write(texts))
    assert (reading.network is None) == bool(reading.faults)
    assert all(is_printed_well(fault) for fault in reading.faults)
