import pytest

from waystation.engine.portfolio.quiet import QuietHighs


def test_it_says_nothing_before_an_answer_for_programs(capfd: pytest.CaptureFixture[str]) -> None:
    QuietHighs().run()
    assert capfd.readouterr().out == ""
