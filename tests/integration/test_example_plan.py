"""The family's plan says what its README says of it: money, river, patrols, company and the four choices."""

import json
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

FAMILY = Path(__file__).parents[2] / "examples" / "family-of-five"
README = " ".join((FAMILY / "README.md").read_text(encoding="utf-8").split())

Answer = dict[str, Any]


@pytest.fixture(scope="module")
def answer() -> Answer:
    """Return the plan of the README, made by the real command."""
    options = ["--group", "family", "--budget", "120000USD", "--json"]
    command = [sys.executable, "-m", "waystation.cli.main", "plan", str(FAMILY), *options]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert ended.returncode == 0, ended.stderr
    document: Answer = json.loads(ended.stdout)
    return document


def decisions(answer: Answer, place: str) -> Iterator[Answer]:
    stage = next(stage for stage in answer["plan"]["stages"] if stage["place"] == place)
    yield from stage["decisions"]


def choice(answer: Answer, name: str) -> Answer:
    found: Answer = next(each for each in answer["frontier"] if each["name"] == name)
    return found


def arrival_at(answer: Answer, budget: int) -> float:
    """Return the likeliest arrival with at most this budget."""
    within = [point["arrive"] for point in answer["budget_curve"] if Decimal(point["budget"]) <= budget]
    return float(within[-1])


@pytest.mark.parametrize("budget", [55_000, 65_000, 120_000])
def test_the_curve_is_the_one_the_readme_tells(answer: Answer, budget: int) -> None:
    assert f"{budget:,} USD" in README
    assert f"{arrival_at(answer, budget):.2f}" in README[README.index("**Money.**") :][:500]


def test_below_the_first_step_there_is_no_plan_and_then_there_are_several(answer: Answer) -> None:
    assert arrival_at(answer, 54_999) == 0.0
    steps = [arrival_at(answer, budget) for budget in (55_000, 60_000, 65_000, 75_000, 85_000, 120_000)]
    assert all(more - less > 0.01 for less, more in pairwise(steps))


def test_harm_rests_on_the_defensible_reading(answer: Answer) -> None:
    safest = choice(answer, "safest")
    assert 0.02 < safest["harm"] < 0.04
    assert f"chance of harm of {100 * safest['harm']:.1f} %" in README
    assert safest["arrive"] + safest["harm"] + safest["neither"] == pytest.approx(1.0, abs=1e-12)


def test_the_plan_waits_while_patrols_are_many_and_while_the_river_is_high(answer: Answer) -> None:
    waits = [each for each in decisions(answer, "cn-ne") if each["action"] == "wait"]
    assert waits
    assert all(each["when"]["patrols"] == ["many"] for each in waits)
    at_the_river = {
        (each["action"], each["leg"]) for each in decisions(answer, "la-river") if "high" in each["when"]["river"]
    }
    assert {("wait", None), ("leg", "upstream")} <= at_the_river
    boats = [each for each in decisions(answer, "la-river") if each["leg"] == "boat" and each["chance"] > 0.1]
    assert boats
    assert all(each["when"]["river"] == ["low"] for each in boats)


def test_whether_to_pay_in_the_jungle_depends(answer: Answer) -> None:
    answers = {each["when_asked"] for each in decisions(answer, "vn") if each["leg"] == "vn-la-jungle"}
    assert "depends" in answers or {"pay", "refuse"} <= answers


def test_company_is_used_where_it_helps_and_nowhere_else(answer: Answer) -> None:
    often = {
        (each["leg"], each["in_company"])
        for stage in answer["plan"]["stages"]
        for each in stage["decisions"]
        if each["action"] == "leg" and each["chance"] > 0.5
    }
    assert {("vn-la-jungle", True), ("boat", True)} <= often
    assert not any(
        each["leg"] == "vn-la-road" and each["in_company"]
        for stage in answer["plan"]["stages"]
        for each in stage["decisions"]
    )


def test_what_is_ruled_out_has_its_reason(answer: Answer) -> None:
    reasons = {each["id"]: (each["reason"], each["value"], each["limit"]) for each in answer["ruled_out"]}
    assert reasons["ne-n-train"] == ("party_too_large", "5", "3")
    assert reasons["vn-la-ridge"] == ("walking", "14", "10")
    assert reasons["nm-mn"][0] == "always_closed"
    assert reasons["kp-out"][0] == "no_date"


def test_the_choices_differ_and_keep_the_cap(answer: Answer) -> None:
    assert [each["name"] for each in answer["frontier"]] == ["safest", "careful", "cheapest", "fastest", "balanced"]
    for one, other in combinations(answer["frontier"], 2):
        assert (one["arrive"], one["harm"], one["cost_expected"]) != (
            other["arrive"],
            other["harm"],
            other["cost_expected"],
        )
    safest = choice(answer, "safest")
    assert choice(answer, "careful")["harm"] < safest["harm"] - 0.002
    assert (
        Decimal(choice(answer, "cheapest")["cost_expected_arrived"])
        < Decimal(safest["cost_expected_arrived"]) / 2 + 20_000
    )
    assert choice(answer, "fastest")["days_expected"] < safest["days_expected"] - 5
    assert all(Decimal(each["cost_max"]) <= 120_000 for each in answer["frontier"])
    assert all(each["arrive"] >= 0.95 * safest["arrive"] - 1e-9 for each in answer["frontier"])


def test_the_answer_carries_its_certificate(answer: Answer) -> None:
    assert answer["certificate"]["difference"] < 1e-12
