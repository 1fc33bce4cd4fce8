"""Somebody's chances against what came true, as a small drawing: on the diagonal lies who says what happens."""

import math

from waystation.briefs import figures
from waystation.briefs.blocks import Picture
from waystation.briefs.charts.axes import LETTER, Axes, line, picture, text
from waystation.briefs.drawing import plain
from waystation.briefs.language import Language
from waystation.briefs.language import text as say
from waystation.engine.learning.calibration import Calibration, Point

_ON_PAPER_MM = 60
_SIDE = 320.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 56.0, 14.0, 26.0, 50.0
_LEAST, _MOST = 3.0, 9.0
_QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


def calibration_chart(record: Calibration, language: Language) -> Picture:
    """Return a person's groups of answers: the chance given across, the share that came true up, with its 80 % interval.

    A mark's area grows with the number of answers in its group.
    """
    axes = Axes(_SIDE, _SIDE, _LEFT, _RIGHT, _TOP, _BOTTOM, (0.0, 1.0), (0.0, 1.0))
    halves = {0.0, 0.5, 1.0}
    words = [(chance, figures.percent(language, chance) if chance in halves else "") for chance in _QUARTERS]
    body = [*axes.rules(words), *axes.foot([each for each in words if each[1]])]
    body.append(
        text(((axes.left + _SIDE - axes.right) / 2, _SIDE - 8), say(language, "chart.calibration.across"), "middle")
    )
    body.append(text((4.0, LETTER), say(language, "chart.calibration.up"), "start"))
    body.append(f'<path class="ws-cap" d="{line([(axes.x(0.0), axes.y(0.0)), (axes.x(1.0), axes.y(1.0))])}"/>')
    most = max(point.answers for point in record.points)
    for point in record.points:
        body += _mark(point, axes, most)
    told = say(language, "list.semicolon").join(_told(point, language) for point in record.points)
    answers = figures.counted(language, "learn.answers", record.answers)
    description = say(language, "chart.calibration.alt", answers=answers, points=told)
    title = say(language, "chart.calibration.title", expert=record.expert)
    return picture(axes, title, description, body, _ON_PAPER_MM)


def _mark(point: Point, axes: Axes, most: int) -> list[str]:
    x, radius = axes.x(point.chance), max(_LEAST, _MOST * math.sqrt(point.answers / most))
    reach = line([(x, axes.y(point.interval.low)), (x, axes.y(point.interval.high))])
    circle = f'<circle class="ws-pick" cx="{plain(x)}" cy="{plain(axes.y(point.true))}" r="{plain(radius)}"/>'
    return [f'<path class="ws-other" d="{reach}"/>', circle]


def _told(point: Point, language: Language) -> str:
    return say(
        language,
        "chart.calibration.point",
        chance=figures.percent(language, point.chance),
        true=str(round(point.true * point.answers)),
        answers=str(point.answers),
        interval=figures.short_percent_range(language, point.interval.low, point.interval.high),
    )
