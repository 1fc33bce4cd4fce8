import dataclasses
from datetime import date
from pathlib import Path

import pytest
from tests.unit.briefs.arguments import argued
from tests.unit.briefs.conftest import family, network_to_seoul, rich_plan

from waystation.briefs.voice import Voice
from waystation.cli.answer import print_all, print_answer, print_refusal
from waystation.cli.folder import open_folder
from waystation.engine.journeys.argument import Regional
from waystation.engine.journeys.eligibility import BrokenRule, GroupRefusedError, Rule
from waystation.engine.journeys.plan import Plan
from waystation.engine.journeys.planner import plan_journey
from waystation.engine.model import Caps, Network
from waystation.kernel import Money

DAY = date(2026, 11, 20)
REFUSED = GroupRefusedError("F1", (BrokenRule(Rule.CONSENT), BrokenRule(Rule.ASSESSMENT, "F1b")))


@pytest.fixture
def network(three_places: Path) -> Network:
    return open_folder(three_places, as_json=False)


@pytest.fixture
def voice(network: Network) -> Voice:
    return Voice("en", network, network.groups[0], DAY)


def planned(network: Network, budget: int | None = None) -> Plan:
    caps = Caps(None if budget is None else Money.of(budget, "USD"), 20)
    return plan_journey(network, network.groups[0], caps, DAY)


def test_the_answer_its_curve_its_stages_and_its_choices(
    network: Network, voice: Voice, capsys: pytest.CaptureFixture[str]
) -> None:
    print_answer(planned(network, 800), voice, [Path("somewhere/brief.html")])
    said, err = capsys.readouterr()
    assert err == ""
    assert "\x1b" not in said
    assert said.startswith("Group F1 ")
    assert max(map(len, said.splitlines())) <= 130
    for name in ("safest", "careful", "cheapest", "fastest"):
        assert name in said
    assert said.index("A house on the way") < said.index("somewhere/brief.html")
    assert "800 USD" in said


def test_no_plan_says_what_would_help(network: Network, voice: Voice, capsys: pytest.CaptureFixture[str]) -> None:
    plan = planned(network, 1)
    print_answer(plan, voice, [])
    said = capsys.readouterr().out
    assert plan.obstacle is not None
    assert plan.obstacle.smallest_budget is not None
    assert voice.money(plan.obstacle.smallest_budget) in said
    assert "safest" not in said


def test_a_plan_that_costs_nothing_has_no_curve(
    network: Network, voice: Voice, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = planned(network, 800)
    heading = voice.say("section.curve")
    print_answer(plan, voice, [])
    assert heading in capsys.readouterr().out
    print_answer(dataclasses.replace(plan, budget_curve=()), voice, [])
    assert heading not in capsys.readouterr().out


def test_a_refusal_names_every_rule(voice: Voice, capsys: pytest.CaptureFixture[str]) -> None:
    print_refusal(REFUSED, voice)
    said = capsys.readouterr().out
    assert "F1b" in said
    assert said.count("\n- ") + said.count("\n  - ") == 2


def test_a_line_for_each_group(network: Network, voice: Voice, capsys: pytest.CaptureFixture[str]) -> None:
    print_all([planned(network), planned(network, 1), REFUSED], [voice] * 3)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("F1  2 people") for line in lines)
    assert "%" in lines[0]
    assert "USD" in lines[1]
    assert "F1b" in lines[2]


def test_intervals_stand_beside_the_chances(capsys: pytest.CaptureFixture[str]) -> None:
    plan = argued(rich_plan())
    voice = Voice("en", network_to_seoul(), family(), plan.start)
    print_answer(plan, voice, [])
    said = capsys.readouterr().out
    rows = [line.split() for line in said.splitlines()]
    assert ["12,000", "USD", "83", "%", "74.7–84.7", "%"] in rows
    assert ["safest", "94.3", "%", "88.3–96.3", "%", "2.1", "%", "1–7", "%", "11,503", "USD"] in [
        row[:11] for row in rows
    ]
    assert "reached in 98.5 % [88.6–" in said
    assert max(map(len, said.splitlines())) <= 100
    print_all([plan], [voice])
    assert "arrive 94.3 % (80 % interval 88.3 to 96.3 %), harm 2.1 %" in capsys.readouterr().out


def test_a_regional_plan_says_its_simulated_value(capsys: pytest.CaptureFixture[str]) -> None:
    plan = dataclasses.replace(rich_plan(), regional=Regional(96, 0.94, 0.001, 0.02, 0.001, 12345))
    print_answer(plan, Voice("en", network_to_seoul(), family(), plan.start), [])
    assert "12,345" in capsys.readouterr().out
