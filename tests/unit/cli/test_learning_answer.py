import pytest
from tests.unit.engine.learning.folders import UNSURE, leg, network, twenty

from waystation.cli.learning_answer import print_feedback, print_lessons
from waystation.engine.learning.learn import learn
from waystation.engine.model import Experience

LESSONS = learn(network([leg("L1", partner="G1", intercepted=UNSURE)], twenty(), ["G1"]), Experience())


def test_tables_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    print_lessons(LESSONS, 20, "en", ())
    shown = capsys.readouterr().out
    assert shown.startswith("Learned from 20 missions by 1 Nov 2026")
    for heading in ("Interception, by leg", "Turned back, by leg", "Interception, by partner"):
        assert heading in shown
    assert "1 of 20" in shown
    assert "Nothing was written" in shown


def test_what_was_written_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    print_lessons(LESSONS, 20, "ko", ("net/legs.csv",))
    shown = capsys.readouterr().out
    assert "net/legs.csv" in shown
    assert "구간별 적발" in shown


def test_nothing_to_show_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    print_feedback(LESSONS, "en")
    assert "No question waits for its second round." in capsys.readouterr().out
