"""What was learned, in words: each belief as a row of a table, each question to people and each person's record as a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase

from waystation.briefs import figures
from waystation.briefs.language import Language, text
from waystation.engine.learning.calibration import Calibration
from waystation.engine.learning.panel import Panel, Question, Spread, Standing, mean_of
from waystation.engine.learning.result import Learned, Lessons, Reason, Why
from waystation.engine.model import Quantity, Subject


@dataclass(frozen=True, slots=True)
class BeliefRow:
    """One belief as table cells."""

    name: str
    mean: str
    interval: str
    missions: str
    judgement: str
    before: str
    why: str


def headline(lessons: Lessons, language: Language, missions: int) -> str:
    """Return what was learned from, or that nothing was."""
    if not lessons.beliefs:
        return text(language, "learn.nothing")
    date = figures.calendar(language, lessons.on, year=True)
    return text(language, "learn.title", missions=_missions(missions, language), date=date)


def notes(lessons: Lessons, language: Language) -> Iterator[str]:
    """Yield how the tables are to be read, and what is not in them."""
    if lessons.beliefs:
        yield text(language, "learn.interval", percent=figures.percent(language, lessons.coverage))
    if lessons.called_off:
        yield text(language, "learn.called_off", missions=_missions(lessons.called_off, language))
    if lessons.silent:
        yield text(language, "learn.silent", missions=_missions(lessons.silent, language))


def sections(lessons: Lessons, language: Language) -> Iterator[tuple[str, str, list[BeliefRow]]]:
    """Yield a heading, the name of the first column, and the rows, for every subject and quantity that was learned."""
    for subject in Subject:
        for quantity in Quantity:
            told = [each for each in lessons.beliefs if each.subject is subject and each.quantity is quantity]
            if told:
                rows = [belief_row(each, language) for each in told]
                heading = text(language, f"learn.section.{subject}.{quantity}")
                yield heading, text(language, f"learn.column.{subject}"), rows


def belief_row(learned: Learned, language: Language) -> BeliefRow:
    """Return a belief as table cells."""
    if learned.quantity is Quantity.DAYS:
        mean, interval = _number(learned.mean), f"{_number(learned.low)}–{_number(learned.high)}"
        before = _number(learned.before.value) if learned.before is not None else ""
    else:
        mean = figures.percent(language, learned.mean)
        interval = figures.short_percent_range(language, learned.low, learned.high)
        before = figures.percent(language, learned.before.value) if learned.before is not None else ""
    why = text(language, "list.semicolon").join(_why(each, learned.quantity, language) for each in learned.reasons)
    judgement = figures.percent(language, round(learned.judgement_share, 2))
    return BeliefRow(learned.id, mean, interval, _counts(learned, language), judgement, before, why)


def _counts(learned: Learned, language: Language) -> str:
    """Return in how many missions it happened, of how many; of days how many are over."""
    if not learned.missions:
        return "0"
    return text(language, "learn.counts", events=f"{learned.events:,}", missions=f"{learned.missions:,}")


def _why(reason: Reason, quantity: Quantity, language: Language) -> str:
    match reason.why:
        case Why.FIRST if not reason.missions:
            return text(language, "learn.why.first.none")
        case Why.FIRST:
            return text(language, "learn.why.first", missions=_missions(reason.missions, language))
        case Why.MISSIONS if quantity is Quantity.DAYS:
            return text(language, "learn.why.missions.days", missions=_missions(reason.missions, language))
        case Why.MISSIONS:
            missions = _missions(reason.missions, language)
            return text(language, "learn.why.missions", missions=missions, events=str(reason.events))
        case Why.REGIME if not reason.regimes:
            return text(language, "learn.why.regime.gone")
        case Why.REGIME:
            return text(language, "learn.why.regime", regimes=text(language, "list.comma").join(reason.regimes))
        case _:
            return text(language, f"learn.why.{reason.why}")


def panel_lines(lessons: Lessons, language: Language) -> list[str]:
    """Return how each question to people stands."""
    return [_panel_line(each, language) for each in lessons.panels]


def _panel_line(panel: Panel, language: Language) -> str:
    question = _question(panel.question, language)
    if panel.standing is Standing.SIGNED and panel.together is not None and panel.belief is not None:
        worth = _missions(panel.belief.weight, language)
        number = str(len(panel.experts))
        spread = _spread(panel.together, language)
        return text(language, "learn.standing.signed", question=question, number=number, weight=worth, **spread)
    experts = text(language, "list.comma").join(panel.awaited)
    return text(language, f"learn.standing.{panel.standing}", question=question, experts=experts)


def feedback(lessons: Lessons, language: Language) -> list[tuple[str, list[str]]]:
    """Return, for each question whose private answers are all in and whose second are not, those answers without names.

    They are in the order of their best guesses, so that a letter tells nothing of who wrote it.
    """
    found = []
    for panel in lessons.panels:
        if panel.standing is Standing.SECOND_ROUND:
            lines = [
                text(language, "learn.feedback.answer", letter=ascii_uppercase[number % 26], **_spread(each, language))
                for number, each in enumerate(panel.first)
            ]
            lines.append(text(language, "learn.feedback.mean", **_spread(mean_of(panel.first), language)))
            found.append((_question(panel.question, language), lines))
    return found


def people_lines(lessons: Lessons, language: Language) -> list[str]:
    """Return how well each person's chances have come true."""
    return [_person(each, language) for each in lessons.people]


def _person(record: Calibration, language: Language) -> str:
    return text(
        language,
        "learn.people",
        expert=record.expert,
        answers=figures.counted(language, "learn.answers", record.answers),
        brier=f"{record.brier:.3f}",
        log=f"{record.log_score:.3f}".replace("-", "−"),
    )


def _question(question: Question, language: Language) -> str:
    days = figures.counted(language, "days", question.silent_days or 0)
    asked = (
        text(language, "learn.asked.silent", days=days)
        if question.silent_days is not None
        else text(language, f"learn.asked.{question.asked}")
    )
    if question.leg is None:
        return text(language, "learn.panel.any", asked=asked)
    return text(language, "learn.panel.leg", leg=question.leg, asked=asked)


def _spread(spread: Spread, language: Language) -> dict[str, str]:
    return {
        "best": figures.percent(language, spread.best),
        "interval": figures.short_percent_range(language, spread.low, spread.high),
    }


def _missions(number: float, language: Language) -> str:
    return figures.counted(language, "learn.missions", number)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if value < 10.0 else f"{value:.1f}".removesuffix(".0")
