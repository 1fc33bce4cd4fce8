from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from waystation.cli.device import device
from waystation.kernel import BadInputError
from waystation.vault import (
    CHEAP,
    Opened,
    WrongSecretError,
    add_slot,
    device_from_json,
    device_to_json,
    new_device,
    new_identity,
    new_key,
    new_recovery,
    open_device,
)

MINE = "harbour lantern velvet copper meadow thunder window"
THEIRS = "bridge orchard silver candle forest planet ribbon"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Return the data folder of a machine that two people use."""
    me = new_identity(UUID(int=7))
    opened = Opened(me, new_key(), new_key(), me.sign_public, new_recovery().public)
    other = Opened(
        new_identity(UUID(int=8)), opened.store_key, opened.office_secret, opened.root_public, opened.recovery
    )
    folder = tmp_path / "here"
    folder.mkdir()
    both = add_slot(new_device(opened, MINE, CHEAP), other, THEIRS)
    (folder / "device.json").write_text(device_to_json(both), "utf-8")
    return folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(device, [str(each) for each in arguments], standalone_mode=False)


def copied(here: Path, words: str = MINE) -> tuple[Path, Result]:
    secret, target = here.parent / "words.txt", here.parent / "carried.json"
    secret.write_text(words + "\n", "utf-8")
    return target, run("copy", "--data", here, "--out", target, "--passphrase-file", secret)


def test_my_own_way_in_is_carried_and_nobody_elses(here: Path) -> None:
    carried, done = copied(here)
    assert done.exception is None
    there = here.parent / "there"
    assert run("install", carried, "--data", there).exception is None
    installed = device_from_json((there / "device.json").read_text("utf-8"))
    original = device_from_json((here / "device.json").read_text("utf-8"))
    assert open_device(installed, MINE) == open_device(original, MINE)
    with pytest.raises(WrongSecretError):
        open_device(installed, THEIRS)
    assert installed.device_id != original.device_id
    assert {carried.stat().st_mode & 0o777, (there / "device.json").stat().st_mode & 0o777} == {0o600}


def test_a_wrong_passphrase_writes_nothing(here: Path) -> None:
    carried, done = copied(here, "wrong orchard silver candle forest planet ribbon")
    assert isinstance(done.exception, BadInputError)
    assert not carried.exists()


def test_nothing_is_written_over(here: Path) -> None:
    carried, _ = copied(here)
    before = carried.read_bytes()
    assert isinstance(copied(here)[1].exception, BadInputError)
    assert carried.read_bytes() == before
    own = (here / "device.json").read_bytes()
    assert isinstance(run("install", carried, "--data", here).exception, BadInputError)
    assert (here / "device.json").read_bytes() == own


def test_what_is_no_device_file_is_not_installed(here: Path) -> None:
    junk = here.parent / "junk.json"
    junk.write_text("{}", "utf-8")
    assert isinstance(run("install", junk, "--data", here.parent / "there").exception, BadInputError)
    assert not (here.parent / "there").exists()
