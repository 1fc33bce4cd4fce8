import json
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.briefs.arguments import argued, doubt_about
from tests.unit.briefs.conftest import rich_plan

from waystation.cli.argument.document import argument_document, bounds, doubt_document
from waystation.engine.journeys.argument import Arrangement, CompanyRule, Interval, Regional


@pytest.fixture
def document() -> dict[str, Any]:
    plan = replace(
        argued(rich_plan()),
        arrangements=(
            Arrangement(
                (("t1", "t2"), ("t3",)), CompanyRule.NEVER, 0.9, 0.95, 0.04, 2.8, 0.1, 1234567.0, float("nan"), 2, 0
            ),
        ),
        regional=Regional(96, 0.94, 0.001, 0.03, 0.0005, 20000),
    )
    read: dict[str, Any] = json.loads(json.dumps(argument_document(plan), allow_nan=False))
    return read


def test_money_is_a_string_and_no_number_is_null(document: dict[str, Any]) -> None:
    last, first, _ = document["alternatives"]
    assert (last["legs"], last["days_expected"], last["cost_expected"]) == ([], None, "0.00")
    assert first == {
        "without": "L1",
        "place": "cn-ne",
        "legs": ["L10", "L2", "L3", "L4", "L6", "L7"],
        "arrive": 0.91,
        "harm": 0.05,
        "cost_expected": "13000.00",
        "days_expected": 26.2,
    }
    assert [each["amount"] for each in document["margins"]] == ["1000.00", 1.0, 2.0, 1.0, 1.0, 2.0]
    assert document["quantiles"][1:] == [{"arrive": 0.9, "budget": "13000.00"}, {"arrive": 0.99, "budget": None}]


def test_a_tipping_value_names_its_belief(document: dict[str, Any]) -> None:
    assert document["tipping"][2] == {
        "kind": "intercepted",
        "id": "L3",
        "believed": 0.06,
        "weight": 10.0,
        "value": 0.113,
        "above": True,
        "instead": ["L1", "L2", "L5", "L6", "L7"],
        "arrive": 0.93,
    }


def test_the_worth_of_asking_and_of_waiting_are_one_list(document: dict[str, Any]) -> None:
    told = document["value_of_information"]
    assert [(each["kind"], round(each["gain"], 4)) for each in told] == [
        ("asking", 0.0),
        ("asking", 0.012),
        ("waiting", -0.0132),
    ]


def test_caution_frontier_and_the_rest(document: dict[str, Any]) -> None:
    assert (document["caution"]["guaranteed"], document["caution"]["cost_expected"]) == (0.87, "12000.00")
    assert document["caution"]["doubt"]["draws"] == 2000
    assert document["frontier_points"][4] == {
        "arrive": 0.6,
        "harm": 0.01,
        "cost_expected": "7000.00",
        "days_expected": 20.0,
    }
    assert document["deadline_curve"][1] == {"days": 14.0, "arrive": 0.1}
    (arrangement,) = document["arrangements"]
    assert (arrangement["parties"], arrangement["company"]) == ([["t1", "t2"], ["t3"]], "never")
    assert (arrangement["days_expected"], arrangement["cost_expected"]) == (None, "12345.67")
    assert document["regional"]["arrive_error"] == 0.001


def test_doubt_has_its_means_and_what_carries_it() -> None:
    choice = rich_plan().choices[0]
    told = doubt_document(doubt_about(choice), "USD")
    assert told["cost_expected"] == {"low": "10800.00", "mean": "11000.00", "high": "11499.50"}
    assert told["arrive"]["mean"] == choice.evaluation.arrive - 0.01
    assert len(told["arrive_quantiles"]) == 21
    assert told["carried_by"][0]["share"] == 0.41


def test_unknown_bounds_are_null() -> None:
    assert bounds("x", None) == {"x_low": None, "x_high": None}
    assert bounds("x", Interval(float("nan"), 0.5, 0.6)) == {"x_low": None, "x_high": 0.6}
