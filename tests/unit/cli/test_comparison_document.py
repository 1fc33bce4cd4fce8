import json
from datetime import date
from decimal import Decimal

from waystation.cli.comparison_document import comparison_document, plain
from waystation.engine.journeys.comparison import Change, Comparison, Divergence, Effect, Part, Subject
from waystation.engine.journeys.eligibility import BrokenRule, GroupRefusedError, Rule
from waystation.engine.journeys.plan import ActionKind, Decision, WhenAsked
from waystation.engine.model import Belief, DateRange
from waystation.kernel import Money

DAY = date(2026, 11, 20)
REFUSED = GroupRefusedError("F1", (BrokenRule(Rule.CONSENT),))
FEE = Change(Part.LEG, ("ab",), "cost_group", Money(1250, "USD"), Money(1300, "USD"))
SEEN = Change(Part.OBSERVATION, ("river", DAY, 0), "", None, None)
RIDE = Decision({}, 0.0, 2.0, ActionKind.LEG, 1.0, leg="ab", when_asked=WhenAsked.PAY)
WAIT = Decision({}, 0.0, 2.0, ActionKind.WAIT, 1.0)


def test_everything_is_in_it_and_a_program_can_read_it() -> None:
    parting = Divergence("A", {"river": ("high",)}, 0.0, 2.0, RIDE, WAIT)
    effects = (Effect(FEE, -0.25, (SEEN,)), Effect(SEEN, None))
    found = Comparison(Subject.FOLDER, REFUSED, REFUSED, effects, 0.5, -0.5, (parting,))
    document = json.loads(json.dumps(comparison_document(found)))
    assert (document["differs"], document["together"], document["interaction"]) == ("folder", -0.5, -0.25)
    assert document["first"]["refused"] == [{"rule": "consent", "traveller": None}]
    assert document["changes"][0] == {
        "part": "leg",
        "id": ["ab"],
        "field": "cost_group",
        "before": {"amount": "12.50", "currency": "USD"},
        "after": {"amount": "13.00", "currency": "USD"},
        "effect": -0.25,
        "along": [
            {"part": "observation", "id": ["river", "2026-11-20", 0], "field": None, "before": None, "after": None}
        ],
    }
    assert document["changes"][1]["effect"] is None
    assert document["otherwise"][0]["when"] == {"river": ["high"]}
    assert document["otherwise"][0]["first"] == {
        "action": "leg",
        "leg": "ab",
        "in_company": False,
        "when_asked": "pay",
    }


def test_every_value_of_the_vocabulary_can_be_told() -> None:
    assert plain(Belief(0.5, 2.0)) == {"mean": 0.5, "weight": 2.0}
    assert plain((DateRange(DAY, None),)) == [{"first": "2026-11-20", "last": None}]
    assert plain(Decimal("7.5")) == "7.5"
    assert plain(frozenset({"b", "a"})) == ["a", "b"]
    assert plain({"low": 0.25}) == {"low": 0.25}
