import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from waystation.cli import main as program
from waystation.cli.main import BROKEN_PROMISE, COMMANDS, INTERRUPTED, cli, main
from waystation.kernel import BadInputError, BrokenPromiseError, RuleRefusedError


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int | str | None:
    monkeypatch.setattr(sys, "argv", ["waystation", *arguments])
    monkeypatch.setattr("waystation.cli.main.signal.signal", lambda *_: None)  # this process is not the command's own
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


def test_every_command_is_listed_and_can_be_asked_for_help() -> None:
    listed = CliRunner().invoke(cli, ["--help"])
    assert listed.exit_code == 0
    for name, says in COMMANDS.items():
        assert f"{name} " in listed.stdout
        assert says.rstrip(".") in " ".join(listed.stdout.split())
        helped = CliRunner().invoke(cli, [name, "--help"])
        assert (helped.exit_code, helped.stderr) == (0, "")
        assert "Example" in helped.stdout


def test_listing_imports_no_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "import_module", lambda name: pytest.fail(f"imported {name}"))
    assert CliRunner().invoke(cli, ["--help"]).exit_code == 0
    assert "waystation, version" in CliRunner().invoke(cli, ["--version"]).stdout


def test_an_unknown_command_is_bad_usage() -> None:
    result = CliRunner().invoke(cli, ["fly"])
    assert result.exit_code == 2
    assert "No such command 'fly'" in result.stderr


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (BadInputError("no such group"), 2, "waystation: no such group\n"),
        (RuleRefusedError("no consent"), 3, "waystation: no consent\n"),
        (KeyboardInterrupt(), INTERRUPTED, "waystation: interrupted; nothing was half written\n"),
        (click.UsageError("say which"), 2, "Error: say which\n"),
        (
            BrokenPromiseError("off by 1"),
            BROKEN_PROMISE,
            "waystation: the program failed its own check; please report it: off by 1\n",
        ),
    ],
)
def test_an_error_is_a_sentence_and_an_exit_status(
    error: BaseException, status: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def plan() -> None:
        raise error

    monkeypatch.setattr("waystation.cli.plan.plan", plan)
    assert run(monkeypatch, "plan") == status
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.endswith(said)
    assert "Traceback" not in shown.err


def test_an_unknown_group_ends_with_two(
    three_places: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "plan", str(three_places), "--group", "F1x") == 2
    assert capsys.readouterr().err == "waystation: there is no group 'F1x'; did you mean F1?\n"
