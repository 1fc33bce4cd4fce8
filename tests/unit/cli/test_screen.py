import io

import pytest
from rich.console import Console

from waystation.cli import screen


@pytest.fixture
def out() -> Console:
    return Console(file=io.StringIO(), width=40, highlight=False, emoji=False, markup=False)


def printed(out: Console) -> str:
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def test_a_pipe_is_as_wide_as_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert screen.console().width == 100


def test_nothing_is_printed_for_nothing(out: Console) -> None:
    screen.say(out, "")
    screen.note(out, "")
    screen.listed(out, "Heading", [])
    assert printed(out) == ""


def test_a_list_stands_under_its_heading(out: Console) -> None:
    screen.listed(out, "Heading", ["one", "two [b]three[/b]"])
    assert [line.rstrip() for line in printed(out).splitlines()] == ["", "Heading", "  - one", "  - two [b]three[/b]"]


def test_wide_letters_are_never_cut_off(out: Console) -> None:
    sentence = "늦어도 다음 날까지 길이 열리지 않으면(12월 8일) 책임자에게 곧바로 연락합니다 " * 3
    screen.item(out, sentence)
    assert "…" not in printed(out)
    assert "".join(printed(out).split()).removeprefix("-") == "".join(sentence.split())


def test_numbers_stand_to_the_right(out: Console) -> None:
    table = screen.table("name", "number")
    table.add_row("a", "1")
    screen.show(out, table)
    assert [line.rstrip() for line in printed(out).splitlines()] == ["  name  number", "  a          1"]
