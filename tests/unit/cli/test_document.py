import json
import math
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.unit.briefs.arguments import argued
from tests.unit.briefs.conftest import rich_plan

from waystation.cli.document import plan_document, refusal_document
from waystation.cli.folder import open_folder
from waystation.engine.journeys.eligibility import BrokenRule, GroupRefusedError, Rule
from waystation.engine.journeys.plan import (
    Certificate,
    Choice,
    ChoiceName,
    Evaluation,
    Obstacle,
    ObstacleKind,
    Plan,
    ReasonCode,
    RuledOut,
)
from waystation.engine.journeys.planner import plan_journey
from waystation.engine.model import Caps
from waystation.kernel import Money

DAY = date(2026, 11, 20)
TOP = [
    "group",
    "network",
    "as_of",
    "start",
    "caps",
    "budget_curve",
    "frontier",
    "chosen",
    "plan",
    "ruled_out",
    "tipping",
    "value_of_information",
    "certificate",
]
FRONTIER = [
    "name",
    "arrive",
    "arrive_low",
    "arrive_high",
    "harm",
    "neither",
    "cost_expected",
    "cost_expected_arrived",
    "cost_max",
    "currency",
    "days_expected",
    "days_p90",
]


@pytest.fixture
def document(three_places: Path) -> dict[str, Any]:
    network = open_folder(three_places, as_json=False)
    plan = plan_journey(network, network.groups[0], Caps(Money.of(800, "USD"), 20), DAY)
    read: dict[str, Any] = json.loads(json.dumps(plan_document(plan), allow_nan=False))
    return read


@pytest.fixture
def document_of_doubt() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json.dumps(plan_document(argued(rich_plan())), allow_nan=False))
    return read


def test_the_keys_that_were_promised(document: dict[str, Any]) -> None:
    assert set(TOP) <= set(document)
    assert set(document["caps"]) == {"budget", "days", "max_harm", "walk_hours"}
    assert document["budget_curve"]
    assert all(set(point) == {"budget", "arrive", "arrive_low", "arrive_high"} for point in document["budget_curve"])
    assert all(set(choice) >= set(FRONTIER) for choice in document["frontier"])
    assert set(document["certificate"]) == {"difference", "method"}
    assert "obstacle" not in document


def test_what_was_not_asked_for_is_null_or_empty() -> None:
    some = Evaluation(1.0, 0.0, 0.0, 1234.5, 1235.5, 2000, 1.0, 1.0)
    document = none(Obstacle(ObstacleKind.NO_ROUTE), choices=(Choice(ChoiceName.SAFEST, some),))
    lists = ("tipping", "value_of_information", "alternatives", "margins", "quantiles", "deadline_curve")
    assert [document[key] for key in (*lists, "frontier_points", "arrangements")] == [[]] * 8
    assert (document["caution"], document["regional"]) == (None, None)
    (choice,) = document["frontier"]
    assert [choice[f"{name}_{end}"] for name in ("arrive", "harm", "neither") for end in ("low", "high")] == [None] * 6
    assert (choice["doubt"], choice["cost_distribution"]) == (None, [])


def test_intervals_stand_beside_the_chances(document_of_doubt: dict[str, Any]) -> None:
    first = document_of_doubt["frontier"][0]
    assert first["arrive_low"] == pytest.approx(0.8832)
    assert first["arrive_high"] == pytest.approx(0.9632)
    assert (first["harm_low"], first["harm_high"]) == (0.01, 0.07)
    assert (first["neither_low"], first["neither_high"]) == (0.02, 0.05)
    assert first["cost_distribution"][1] == {"cost": "11000.00", "chance": 0.5}
    assert len(first["arrive_by_slot"]) == len(first["arrive_by_slot_low"]) == len(first["arrive_by_slot_high"]) == 121
    stage = document_of_doubt["plan"]["stages"][1]
    assert stage["reach_low"] == pytest.approx(0.9 * stage["reach"])
    assert {stage["decisions"][0]["chance_low"], stage["decisions"][0]["chance_high"]} == {None}
    point = document_of_doubt["budget_curve"][-1]
    assert point["arrive_high"] == pytest.approx(1.02 * point["arrive"])


def test_the_chosen_is_a_name_of_the_frontier(document: dict[str, Any]) -> None:
    names = [choice["name"] for choice in document["frontier"]]
    assert names[:4] == ["safest", "careful", "cheapest", "fastest"]
    assert document["chosen"] == "safest"


def test_money_is_a_decimal_string_in_the_major_unit(document: dict[str, Any]) -> None:
    assert document["caps"] == {"budget": "800.00", "days": 20.0, "max_harm": None, "walk_hours": None}
    assert (document["budget_curve"][0]["budget"], document["budget_curve"][0]["arrive"]) == ("0.00", 0.0)
    assert {choice["currency"] for choice in document["frontier"]} == {"USD"}
    for choice in document["frontier"]:
        for key in ("cost_expected", "cost_expected_arrived", "cost_max"):
            whole, _, cents = choice[key].partition(".")
            assert whole.isdigit()
            assert len(cents) == 2


def test_a_stage_and_its_decisions(document: dict[str, Any]) -> None:
    first = document["plan"]["stages"][0]
    assert (first["place"], first["reach"], first["spent_max"]) == ("A", 1.0, "0.00")
    assert first["decisions"][0]["action"] == "leg"
    assert first["decisions"][0]["leg"] == "ab"
    assert set(first["decisions"][0]) >= {"when", "from_day", "until_day", "in_company", "when_asked", "chance"}


def none(obstacle: Obstacle, **more: Any) -> dict[str, Any]:
    certificate = Certificate(0.0, "none")
    plan = Plan(
        "g",
        "n",
        DAY,
        DAY,
        Caps(),
        "KRW",
        (),
        more.pop("choices", ()),
        None,
        (),
        more.pop("ruled_out", ()),
        certificate,
        obstacle,
    )
    read: dict[str, Any] = json.loads(json.dumps(plan_document(plan), allow_nan=False))
    return read


def test_no_plan_has_an_empty_frontier_and_an_obstacle() -> None:
    reason = RuledOut("L7", ReasonCode.WALKING, "9", "4")
    document = none(Obstacle(ObstacleKind.GROUP, blocking=(reason,)), ruled_out=(reason,))
    told = {"id": "L7", "reason": "walking", "value": "9", "limit": "4"}
    assert (document["frontier"], document["chosen"], document["plan"]) == ([], None, {"stages": []})
    assert document["ruled_out"] == [told]
    assert document["obstacle"]["kind"] == "group"
    assert document["obstacle"]["blocking"] == [told]
    assert document["obstacle"]["smallest_budget"] is None


def test_the_smallest_change_is_in_the_major_unit() -> None:
    obstacle = Obstacle(ObstacleKind.BUDGET_AND_DAYS, Money(5000, "KRW"), 12.5)
    found = none(obstacle)["obstacle"]
    assert (found["kind"], found["smallest_budget"], found["smallest_days"]) == ("budget_and_days", "5000", 12.5)


def test_what_no_journey_has_is_null() -> None:
    nobody = Evaluation(0.0, 0.0, 1.0, 0.5, math.nan, 0, math.nan, math.nan)
    some = Evaluation(1.0, 0.0, 0.0, 1234.5, 1235.5, 2000, 1.0, 1.0)
    choices = (Choice(ChoiceName.SAFEST, nobody), Choice(ChoiceName.CAREFUL, some))
    first, second = none(Obstacle(ObstacleKind.NO_ROUTE), choices=choices)["frontier"]
    assert [first[key] for key in ("cost_expected_arrived", "days_expected", "days_p90")] == [None, None, None]
    assert (first["cost_expected"], second["cost_expected"], second["cost_expected_arrived"]) == ("0", "1234", "1236")


def test_a_refusal_names_the_rules() -> None:
    refused = GroupRefusedError("g", (BrokenRule(Rule.CONSENT), BrokenRule(Rule.ASSESSMENT, "t2")))
    assert json.loads(json.dumps(refusal_document(refused))) == {
        "group": "g",
        "frontier": [],
        "refused": [{"rule": "consent", "traveller": None}, {"rule": "assessment", "traveller": "t2"}],
    }
