from dataclasses import replace
from datetime import date

import pytest
from tests.unit.engine.learning.folders import AS_OF, UNSURE, leg, network, outcome, twenty

from waystation.briefs import learning as wording
from waystation.briefs.language import LANGUAGES, keys_of
from waystation.engine.learning.learn import learn
from waystation.engine.learning.panel import Standing
from waystation.engine.learning.result import Lessons, Reason, Why
from waystation.engine.model import (
    Asked,
    ClosedAnswer,
    Estimate,
    Experience,
    Judgement,
    OutcomeKind,
    PastBelief,
    Quantity,
    Subject,
)


def judgement(expert: str, number: int, best: float, **more: object) -> Judgement:
    facts: dict[str, object] = {"leg": "L1", "asked": Asked.INTERCEPTED, "signed": expert} | more
    answer = Estimate(100, 0, 20, best, 0.8)
    return Judgement(expert=expert, round=number, on=date(2026, 10, number), estimate=answer, **facts)  # type: ignore[arg-type]


@pytest.fixture
def lessons() -> Lessons:
    """Return what was learned from twenty missions and two people whose private answers are in."""
    made = network(
        [leg("L1", partner="G1", intercepted=UNSURE), leg("L2", intercepted=UNSURE)],
        [*twenty(), outcome("L2", days=2.0), outcome("L1", OutcomeKind.CALLED_OFF)],
        ["G1"],
    )
    experience = Experience(
        judgements=(judgement("E1", 1, 9), judgement("E2", 1, 3)),
        closed_answers=(ClosedAnswer("E1", "Q1", 0.7, AS_OF, True),),
    )
    return learn(made, experience)


def test_the_headline_counts_missions(lessons: Lessons) -> None:
    assert wording.headline(lessons, "en", 21) == "Learned from 21 missions by 1 Nov 2026"
    assert wording.headline(replace(lessons, beliefs=()), "en", 0).startswith("Nothing was learned")


def test_what_is_not_in_the_tables_is_said(lessons: Lessons) -> None:
    told = list(wording.notes(replace(lessons, silent=2), "en"))
    assert "80 %" in told[0]
    assert told[1].startswith("1 mission called off")
    assert told[2].startswith("2 missions without news")


def test_a_row_tells_mean_interval_missions_and_judgement(lessons: Lessons) -> None:
    heading, first, rows = next(wording.sections(lessons, "en"))
    assert (heading, first) == ("Interception, by leg", "leg")
    row = rows[0]
    assert (row.name, row.missions, row.before) == ("L1", "1 of 20", "")
    assert row.mean.endswith(" %")
    assert "–" in row.interval
    assert row.why == "first learned, from 20 missions"
    days = next(rows for heading, _, rows in wording.sections(lessons, "en") if heading == "Days, by leg")
    assert "%" not in days[1].mean


def test_every_reason_in_words(lessons: Lessons) -> None:
    before = PastBelief(Subject.LEG, "L1", Quantity.INTERCEPTED, AS_OF, 0.03, 20.0, 17, 0.0)
    reasons = (
        Reason(Why.MISSIONS, 3, 1),
        Reason(Why.REGIME, regimes=("closed",)),
        Reason(Why.JUDGEMENT),
        Reason(Why.REGIME),
    )
    row = wording.belief_row(replace(lessons.beliefs[0], before=before, reasons=reasons), "en")
    assert row.before == "3 %"
    assert row.why == (
        "3 missions more, 1 with it; new regime: closed; the judgement changed; a regime was changed or taken out"
    )


def test_days_do_not_happen_to_a_mission(lessons: Lessons) -> None:
    days = next(each for each in lessons.beliefs if each.quantity is Quantity.DAYS)
    assert wording.belief_row(replace(days, reasons=(Reason(Why.MISSIONS, 3, 3),)), "en").why == "3 missions more"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_there_can_be_is_there(language: str) -> None:
    wanted = {f"learn.why.{why}" for why in Why} | {f"learn.standing.{standing}" for standing in Standing}
    wanted |= {f"learn.asked.{asked}" for asked in Asked}
    wanted |= {f"learn.section.{subject}.{quantity}" for subject in Subject for quantity in Quantity}
    assert wanted <= keys_of(language)  # type: ignore[arg-type]


def test_private_answers_are_shown_without_names_and_in_their_order(lessons: Lessons) -> None:
    ((question, lines),) = wording.feedback(lessons, "en")
    assert question == "leg L1, intercepted"
    assert lines == ["A: 3 % (0–20 %)", "B: 9 % (0–20 %)", "together: 6 % (0–20 %)"]
    assert "E1" not in "".join(lines)


def test_each_standing_is_a_sentence(lessons: Lessons) -> None:
    (waiting,) = wording.panel_lines(lessons, "en")
    assert waiting.startswith("leg L1, intercepted: all private answers are in")
    signed = Experience(
        judgements=tuple(judgement("E1", n, 5, leg=None, asked=Asked.SILENT, silent_days=30) for n in (1, 2))
    )
    (told,) = wording.panel_lines(learn(network([leg("L1")]), signed), "en")
    assert told.startswith("any leg, intercepted when silent for 30 days: 1 answered, together 5 % (0–20 %), worth")
    assert wording.feedback(learn(network([leg("L1")]), signed), "en") == []


def test_a_persons_record_in_one_sentence(lessons: Lessons) -> None:
    (told,) = wording.people_lines(lessons, "en")
    assert told == (
        "E1: 1 closed question, Brier 0.090 (always one half: 0.25), log score −0.357 (always one half: −0.693)"
    )
