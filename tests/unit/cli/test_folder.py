import json
from pathlib import Path

import pytest

from waystation.cli.folder import find_group, open_folder, open_tables, require_groups
from waystation.formats.example import EXAMPLE
from waystation.kernel import BadInputError

FAULTY = ["groups.csv:2:4", "legs.csv:2:6", "legs.csv:2:8", "places.csv:4:1"]


def spoil(folder: Path) -> None:
    (folder / "legs.csv").write_text(EXAMPLE["legs.csv"].replace("A,B,car", "A,Q,cat"), "utf-8")


def test_a_good_folder_is_a_network(three_places: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert open_folder(three_places, as_json=False).name == "Three places"
    assert capsys.readouterr() == ("", "")


def test_every_fault_is_named_to_a_person(three_places: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(three_places)
    with pytest.raises(SystemExit) as ended:
        open_folder(three_places, as_json=False)
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    *faults, total = said.err.splitlines()
    assert [fault.split(": ")[0] for fault in faults] == FAULTY
    assert total == "4 faults; nothing was planned"


def test_every_fault_is_named_to_a_program(three_places: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(three_places)
    with pytest.raises(SystemExit) as ended:
        open_folder(three_places, as_json=True)
    said = capsys.readouterr()
    assert (ended.value.code, said.err) == (2, "")
    faults = json.loads(said.out)["faults"]
    assert [f"{fault['file']}:{fault['line']}:{fault['column']}" for fault in faults] == FAULTY
    assert all(fault["what"] and fault["right"] for fault in faults)


def test_one_fault_is_one_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        open_folder(tmp_path / "nowhere", as_json=False)
    assert capsys.readouterr().err.endswith("1 fault; nothing was planned\n")


def test_a_group_by_its_id(three_places: Path) -> None:
    network = open_folder(three_places, as_json=False)
    assert find_group(network, "F1") is network.groups[0]


@pytest.mark.parametrize(("asked", "hint"), [("f1", "did you mean F1?"), ("somebody", "the folder has: F1")])
def test_an_unknown_group_comes_with_a_hint(three_places: Path, asked: str, hint: str) -> None:
    network = open_folder(three_places, as_json=False)
    with pytest.raises(BadInputError) as why:
        find_group(network, asked)
    assert str(why.value) == f"there is no group {asked!r}; {hint}"


def test_a_folder_in_which_nobody_asks_is_refused(three_places: Path) -> None:
    require_groups(open_folder(three_places, as_json=False))
    for name in ("groups.csv", "travellers.csv"):
        (three_places / name).unlink()
    network, tables = open_tables(three_places, as_json=False)
    assert (network.groups, len(tables.rows("places.csv"))) == ((), 3)
    with pytest.raises(BadInputError, match=r"no group; add one to groups\.csv"):
        require_groups(network)
