import re
import subprocess
import sys
from pathlib import Path

import pytest

from waystation.cli import unlocked
from waystation.kernel import BadInputError, RuleRefusedError
from waystation.vault import NoKeyError, WrongSecretError, new_recovery, shares_of


def test_a_folder_is_named_set_or_the_platforms_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYSTATION_DATA", str(tmp_path / "set"))
    assert unlocked.data_folder(tmp_path / "named") == tmp_path / "named"
    assert unlocked.data_folder(None) == tmp_path / "set"
    monkeypatch.delenv("WAYSTATION_DATA")
    assert unlocked.data_folder(None).name == "waystation"


def test_a_passphrase_is_a_files_first_line(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("six words of my own here\nand another line\n")
    assert unlocked.passphrase(tmp_path / "words") == "six words of my own here"
    (tmp_path / "words").write_text("")
    assert unlocked.passphrase(tmp_path / "words") == ""
    (tmp_path / "words").write_bytes(b"\xff\xfe")
    with pytest.raises(BadInputError):
        unlocked.passphrase(tmp_path / "words")


def test_shares_of_a_file_give_the_secret(tmp_path: Path) -> None:
    secret = new_recovery()
    given = shares_of(secret)
    (tmp_path / "shares").write_text("\n\n".join(given[:3]))
    assert unlocked.shares(tmp_path / "shares") == secret
    (tmp_path / "shares").write_text("\n".join(given[:2]))
    with pytest.raises(BadInputError):
        unlocked.shares(tmp_path / "shares")


@pytest.mark.parametrize(
    ("error", "said"), [(NoKeyError("a"), RuleRefusedError), (WrongSecretError("b"), BadInputError)]
)
def test_what_the_vault_refuses_is_an_ordinary_refusal(error: Exception, said: type[Exception]) -> None:
    with pytest.raises(said), unlocked.plainly():
        raise error


def test_a_device_file_that_is_none_is_named(tmp_path: Path) -> None:
    for content in (None, b"{}", b"\xff"):
        if content is not None:
            (tmp_path / "device.json").write_bytes(content)
        with pytest.raises(BadInputError, match=r"device\.json"):
            unlocked.read_device(tmp_path / "device.json")


@pytest.mark.parametrize("name", ["backup", "restore", "drill", "travel", "bundle"])
def test_help_is_quick_and_needs_no_django(name: str) -> None:
    program = f"import sys, waystation.cli.{name}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_time_has_its_zone() -> None:
    assert unlocked.now().tzinfo is not None


def test_progress_is_shown_only_to_somebody_who_looks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    unlocked.progress()("write", 1, 5)
    unlocked.progress_ended()
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    shown = unlocked.progress()
    shown("write", 1, 5)
    shown("copy", 0, 1)
    unlocked.progress_ended()
    out, err = capsys.readouterr()
    assert out == ""
    assert "sealing and writing 2 of 5" in err
    assert "copying the store ..." in err


def test_every_step_has_its_words() -> None:
    named = set()
    for path in Path(unlocked.__file__).parents[1].joinpath("continuity").glob("*.py"):
        named |= set(re.findall(r'steps\("(\w+)"', path.read_text()))
    assert named - {"seal", "overwrite"} <= set(unlocked.STEPS)


def test_a_full_disk_is_said_in_a_sentence() -> None:
    with pytest.raises(BadInputError, match="No space left"), unlocked.plainly():
        raise OSError(28, "No space left on device")
