import json
from dataclasses import replace
from datetime import date

from tests.unit.engine.learning.folders import UNSURE, leg, network, twenty

from waystation.cli.learning_document import lessons_document
from waystation.engine.learning.learn import learn
from waystation.engine.model import Asked, ClosedAnswer, Estimate, Experience, Judgement

ASKED = tuple(
    Judgement(expert, "L1", Asked.INTERCEPTED, 1, date(2026, 10, 1), Estimate(100, 0, 20, best, 0.8) if best else None)
    for expert, best in (("E1", 9.0), ("E2", None))
)
EXPERIENCE = Experience(judgements=ASKED, closed_answers=(ClosedAnswer("E1", "Q1", 0.7, date(2026, 10, 1), True),))
LESSONS = learn(network([leg("L1", intercepted=UNSURE)], twenty()), EXPERIENCE)


def test_a_belief_says_what_it_rests_on() -> None:
    document = json.loads(json.dumps(lessons_document(LESSONS, ("legs.csv",))))
    belief = document["beliefs"][0]
    assert (belief["id"], belief["quantity"], belief["missions"], belief["events"]) == ("L1", "intercepted", 20, 1)
    assert belief["low"] < belief["mean"] < belief["high"]
    assert belief["judged"] == {"value": 0.02, "weight": 10.0}
    assert belief["judged_by"] == "legs.csv"
    assert belief["why"] == [{"reason": "first", "missions": 20, "events": 1, "regimes": []}]
    assert (document["on"], document["written"]) == ("2026-11-01", ["legs.csv"])
    assert document["people"][0]["points"][0]["answers"] == 1


def test_while_an_answer_is_awaited_no_answer_stands_in_it() -> None:
    (question,) = lessons_document(LESSONS, ())["questions"]
    assert (question["standing"], question["awaited"], question["first_round"]) == ("first_round", ["E2"], [])
    assert question["together"] is question["belief"] is None


def test_all_answers_in_stand_without_names() -> None:
    both = replace(EXPERIENCE, judgements=(ASKED[0], replace(ASKED[1], estimate=Estimate(100, 0, 20, 3, 0.8))))
    lessons = learn(network([leg("L1", intercepted=UNSURE)], twenty()), both)
    (question,) = lessons_document(lessons, ())["questions"]
    assert [each["best"] for each in question["first_round"]] == [0.03, 0.09]
