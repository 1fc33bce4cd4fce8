import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from waystation.briefs.write import write_brief
from waystation.engine.journeys.plan import Plan, Stage
from waystation.engine.model import Group, Network
from waystation.kernel import BadInputError, Money


def test_three_files_are_left_and_nothing_else(plan: Plan, network: Network, group: Group, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "brief"
    written = write_brief(plan, network, group, folder, "ko")
    assert [path.name for path in written] == ["brief.html", "brief.pdf", "map.svg"]
    assert sorted(path.name for path in folder.iterdir()) == ["brief.html", "brief.pdf", "map.svg"]
    assert (folder / "brief.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (folder / "map.svg").read_text(encoding="utf-8").endswith("</svg>\n")


def test_the_same_plan_leaves_the_same_bytes(plan: Plan, network: Network, group: Group, tmp_path: Path) -> None:
    first = [path.read_bytes() for path in write_brief(plan, network, group, tmp_path, "en")]
    assert first == [path.read_bytes() for path in write_brief(plan, network, group, tmp_path, "en")]


def test_a_file_in_the_way_is_named(plan: Plan, network: Network, group: Group, tmp_path: Path) -> None:
    blocking = tmp_path / "brief"
    blocking.write_text("mine")
    for folder in (blocking, blocking / "deeper"):
        with pytest.raises(BadInputError, match="is a file or lies under one"):
            write_brief(plan, network, group, folder, "en")
    assert blocking.read_text() == "mine"


def test_a_folder_of_that_name_in_the_way_leaves_nothing_half_written(
    plan: Plan, network: Network, group: Group, tmp_path: Path
) -> None:
    (tmp_path / "brief.pdf").mkdir()
    with pytest.raises(BadInputError, match="cannot be written"):
        write_brief(plan, network, group, tmp_path, "en")
    assert [path.name for path in tmp_path.iterdir()] == ["brief.pdf"]


def test_a_failing_disk_leaves_the_old_brief(
    plan: Plan, network: Network, group: Group, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [path.read_bytes() for path in write_brief(plan, network, group, tmp_path, "en")]

    def full(*_: object, **__: object) -> tuple[int, str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkstemp", full)
    with pytest.raises(BadInputError, match="No space left"):
        write_brief(plan, network, group, tmp_path, "ko")
    assert before == [(tmp_path / name).read_bytes() for name in ("brief.html", "brief.pdf", "map.svg")]


def test_an_unknown_language_writes_nothing(plan: Plan, network: Network, group: Group, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="'xx'"):
        write_brief(plan, network, group, tmp_path / "new", "xx")
    assert not (tmp_path / "new").exists()


def test_a_plan_nobody_can_draw_has_no_map(plan: Plan, network: Network, group: Group, tmp_path: Path) -> None:
    unknown = replace(plan, stages=(Stage("nowhere", 1.0, 0, 0, 0, Money(0, "USD"), (), on_main_line=True),))
    assert [path.name for path in write_brief(unknown, network, group, tmp_path, "en")] == ["brief.html", "brief.pdf"]


def test_no_plan_is_a_brief_too(blocked: Plan, network: Network, group: Group, tmp_path: Path) -> None:
    page = write_brief(blocked, network, group, tmp_path, "en")[0].read_text(encoding="utf-8")
    assert "No plan exists for group family." in page
    assert "10,137\u00a0USD" in page
