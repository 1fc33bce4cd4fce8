"""After a whole day's work through the browser none of the names is written anywhere."""

import os
import re
import time

import pytest

from tests.forensic.day import Day, counted
from tests.forensic.evidence import Scene
from tests.forensic.names import invented_names
from tests.forensic.scan import Scanner
from tests.forensic.test_served import browsing, served, unlock

pytestmark = [pytest.mark.browser, pytest.mark.long]
PLANTED = 60
WORK = {
    "first call", "traveller", "casework", "consent", "screening", "child", "steps", "decision and letter", "import",
    "export", "form", "complaint", "pair merged and taken back", "search", "language", "print preview", "hand-over",
    "draft", "backup",
}  # fmt: skip


def test_a_day_at_the_desk_leaves_no_name(scene: Scene) -> None:
    with scene.process("planter", ["tests.forensic.planter", str(scene.data), str(PLANTED)]) as started:
        scene.wait_for_an_answer("planter", started)
    used: list[str] = []
    with served(scene) as address:
        with browsing(scene) as context:
            page = context.new_page()
            unlock(page, address)
            day = Day(page, address, counted(iter(invented_names(400, seed=11)), used))
            try:
                day.whole()
            except BaseException:
                if os.environ.get("WAYSTATION_PICTURES"):
                    page.screenshot(path=f"{os.environ['WAYSTATION_PICTURES']}/day.png", full_page=True)
                raise
            scanner = Scanner([*invented_names(PLANTED), *used])
            time.sleep(4.0)  # the browser notes what its tabs show every few seconds
            while_open, _ = scanner.in_folders([scene.folder])
        hits, read = scanner.in_folders([scene.folder])
    afterwards, _ = scanner.in_folders([scene.folder])

    assert {(hit.path.relative_to(scene.folder), hit.form) for hit in [*while_open, *hits, *afterwards]} == set()
    assert set(day.done) == WORK
    assert len(set(used)) == len(used) > 90
    kept = b"".join(path.read_bytes() for path in read if scene.folder / "profile" in path.parents)
    assert re.search(rb"/cases/[0-9a-f-]{36}/decisions", kept), "the browser kept nothing: this test has shown nothing"
    looked_at = {path.relative_to(scene.data).parts[0] for path in read if path.is_relative_to(scene.data)}
    assert {"store.db", "device.json", "files", "backups", "exports"} <= looked_at
