from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waystation.formats.flee.network import Closure, ClosureType, Location, LocationType, Route
from waystation.formats.flee.reader import read_flee

Write = Callable[[dict[str, str]], Path]
FUZZ = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_a_folder_is_read(invented: dict[str, str], write: Write) -> None:
    reading = read_flee(write(invented))
    assert reading.faults == ()
    assert reading.first_day is None
    network = reading.network
    assert network is not None
    alder = Location("Alder", "North", "Arden", Decimal("10.4"), Decimal("20.6"), LocationType.CONFLICT_ZONE, 0, 12000)
    assert network.locations[0] == alder
    assert [each.type.value for each in network.locations[2:]] == ["marker", "conflict_zone", "camp", "idpcamp"]
    assert network.routes[1] == Route("Birch", "Crossways", Decimal("50.5"))
    assert network.routes[-1].forced == ("Elm_Camp", "Fern_Camp")
    assert network.closures[0] == Closure(ClosureType.COUNTRY, "Arden", "Weir", 0, 10)
    assert network.closures[3] == Closure(ClosureType.LOCATION, "Dell", "", 30, None)


def test_the_first_day_is_read_where_it_is_written(invented: dict[str, str], write: Write) -> None:
    reading = read_flee(write(invented | {"sim_period.csv": "StartDate,2030-01-01\nLength,50\n"}))
    assert (reading.faults, reading.first_day) == ((), date(2030, 1, 1))


def test_other_files_are_passed_over(invented: dict[str, str], write: Write) -> None:
    assert read_flee(write(invented | {"conflicts.csv": "#Day,Alder\n0,x\n", "agents.csv": "?"})).faults == ()


@pytest.mark.parametrize(
    "change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text, lambda text: text.rstrip()]
)
def test_line_ends_and_marks_change_nothing(
    invented: dict[str, str], write: Write, change: Callable[[str], str]
) -> None:
    plain = read_flee(write(invented)).network
    assert read_flee(write({name: change(text) for name, text in invented.items()})).network == plain


def test_a_file_that_is_missing_is_named_and_the_others_are_read(invented: dict[str, str], write: Write) -> None:
    del invented["closures.csv"]
    invented["routes.csv"] += "Alder,Birch\n"
    faults = read_flee(write(invented)).faults
    assert [(fault.file, fault.line) for fault in faults] == [("closures.csv", 1), ("routes.csv", 8)]


def test_the_folder_inside_is_pointed_at(tmp_path: Path) -> None:
    (tmp_path / "input_csv").mkdir()
    (tmp_path / "input_csv" / "locations.csv").write_text("#name\n")
    faults = read_flee(tmp_path).faults
    assert faults[1].right == "give the folder input_csv inside this one"


def test_what_is_no_folder_is_one_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "nowhere", tmp_path / "file", Path("a\0b")):
        (fault,) = read_flee(path).faults
        assert fault.what == "there is no folder of this name"
        assert fault.file.isprintable()


def test_empty_files_have_no_rows(invented: dict[str, str], write: Write) -> None:
    faults = read_flee(write(invented | {"routes.csv": "", "closures.csv": "", "locations.csv": "#name\n"})).faults
    assert [fault.what for fault in faults] == ["locations.csv has no rows", "routes.csv has no rows"]


def test_every_mistake_is_named_at_once(invented: dict[str, str], write: Write) -> None:
    for file, old, new in (
        ("locations.csv", "10.4", "104"),
        ("locations.csv", "town", "twon"),
        ("routes.csv", "Alder,Birch,100", "Alder,Brich,-100"),
        ("closures.csv", "country,Arden", "contry,Arden"),
    ):
        invented[file] = invented[file].replace(old, new)
    found = [(fault.file, fault.line, fault.column) for fault in read_flee(write(invented)).faults]
    assert found == [
        ("closures.csv", 2, 1),
        ("locations.csv", 2, 19),
        ("locations.csv", 3, 27),
        ("routes.csv", 2, 7),
        ("routes.csv", 2, 13),
    ]


def test_bytes_that_are_no_text_are_named(invented: dict[str, str], write: Write) -> None:
    folder = write(invented)
    (folder / "locations.csv").write_bytes(invented["locations.csv"].replace("Alder", "Aldér").encode("latin-1"))
    faults = read_flee(folder).faults
    assert ("locations.csv", 2, 4) in [(fault.file, fault.line, fault.column) for fault in faults]
    assert any("UTF-8" in fault.what for fault in faults)


@FUZZ
@given(st.data())
def test_whatever_is_cut_or_changed_nothing_is_raised(
    invented: dict[str, str], write: Write, data: st.DataObject
) -> None:
    file = data.draw(st.sampled_from(sorted(invented)))
    raw = bytearray(invented[file].encode())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw)))
        raw[start : start + data.draw(st.integers(0, 8))] = data.draw(
            st.binary(max_size=4) | st.sampled_from([b",", b'"', b"#", b"\n", b"-"])
        )
    folder = write(invented)
    (folder / file).write_bytes(bytes(raw))
    reading = read_flee(folder)
    assert (reading.network is None) == bool(reading.faults)
    for fault in reading.faults:
        assert "\n" not in str(fault)
        assert fault.line >= 1
        assert fault.column >= 1
