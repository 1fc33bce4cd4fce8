import re
from datetime import date
from xml.etree import ElementTree as ET

from waystation.briefs.charts.calibration import calibration_chart
from waystation.engine.learning.calibration import Calibration, calibration
from waystation.engine.model import ClosedAnswer


def record(code: str = "E1") -> Calibration:
    pairs = [(0.1, False)] * 6 + [(0.9, True)] * 3 + [(0.9, False)]
    answers = [ClosedAnswer(code, f"Q{n}", chance, date(2026, 11, 2), true) for n, (chance, true) in enumerate(pairs)]
    return calibration(answers)[0]


def test_each_group_is_a_mark_with_its_interval_and_the_diagonal_is_drawn() -> None:
    drawing = ET.fromstring(calibration_chart(record(), "en").screen)
    space = "{http://www.w3.org/2000/svg}"
    circles = drawing.findall(f"{space}circle")
    kinds = [path.get("class") for path in drawing.findall(f"{space}path")]
    assert len(circles) == 2
    assert kinds.count("ws-other") == 2
    assert kinds.count("ws-cap") == 1
    low, high = (float(circle.get("cy", "0")) for circle in circles)
    assert low > high  # what came true more often stands higher


def test_it_says_in_words_what_it_shows() -> None:
    told = calibration_chart(record(), "en").alternative
    assert "10 closed questions" in told
    assert re.search(r"said 90 %: 3 of 4 came true \(.*%\)", told)
    assert "90 %라고 말한 것 4개 가운데 3개" in calibration_chart(record(), "ko").alternative


def test_paper_knows_no_current_colour_and_codes_are_escaped() -> None:
    picture = calibration_chart(record("<E&1>"), "en")
    assert "currentColor" not in picture.paper
    assert "<E&1>" not in picture.screen
