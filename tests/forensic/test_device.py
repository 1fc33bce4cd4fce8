"""Nothing that a device writes holds a name: database, log ahead, temporary files, sealed files, backups, words on the screen."""

import sqlite3
from contextlib import closing

import pytest

from tests.forensic.evidence import Scene
from tests.forensic.names import invented_names
from tests.forensic.scan import Scanner

SIZES = [60, pytest.param(500, marks=pytest.mark.long)]


@pytest.mark.parametrize("count", SIZES)
def test_no_name_is_written_anywhere(scene: Scene, count: int) -> None:
    names = invented_names(count)
    scanner = Scanner(names)
    with scene.process("planter", ["tests.forensic.planter", str(scene.data), str(count)]) as started:
        scene.wait_for_an_answer("planter", started)
        while_open, _ = scanner.in_folders([scene.folder])
        log_ahead = (scene.data / "store.db-wal").stat().st_size
    afterwards, read = scanner.in_folders([scene.folder])

    assert scene.answer("planter")["planted"] >= count - 8
    assert scene.answer("planter")["refused"] > 0
    assert while_open == []
    assert afterwards == []
    looked_at = {path.relative_to(scene.data).parts[0] for path in read if path.is_relative_to(scene.data)}
    assert {"store.db", "device.json", "files", "backups"} <= looked_at
    assert log_ahead > 0
    assert sum(read.values()) > 1_000_000


def test_an_unsealed_write_is_found(scene: Scene) -> None:
    """The control: the same scanner, beside the same store, finds what somebody forgot to seal."""
    names = invented_names(60)
    with scene.process("planter", ["tests.forensic.planter", str(scene.data), "60"]) as started:
        scene.wait_for_an_answer("planter", started)
    with closing(sqlite3.connect(scene.data / "forgotten.db")) as forgotten:
        forgotten.execute("CREATE TABLE people (name text)")
        forgotten.executemany("INSERT INTO people VALUES (?)", [(name,) for name in names[:20]])
        forgotten.commit()
    (scene.temporary / "upload.tmp").write_bytes(names[20].encode("utf-16-le"))
    hits, _ = Scanner(names).in_folders([scene.folder])
    assert {hit.name for hit in hits} == set(names[:21])
    assert {hit.path.name for hit in hits} == {"forgotten.db", "upload.tmp"}
