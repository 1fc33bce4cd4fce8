"""A folder with more joint levels than can be kept in mind at once, planned by the real command."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.oracle.small_journeys import ALONE, START, leg, network, place

from waystation.briefs.regional import regional_value
from waystation.briefs.voice import Voice
from waystation.engine.journeys.planner import plan_journey
from waystation.engine.model import Caps, Chain, Condition, LevelFactor, LevelRef, Observation, PlaceKind

REGIONS = ("coast", "plain", "hills", "border")
Answer = dict[str, Any]


def _rows(header: str, rows: Iterator[str] | list[str]) -> str:
    return "\n".join([header, *rows, ""])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a network of four regions with two conditions each: 256 joint levels, at most 4 in any region."""
    path = tmp_path_factory.mktemp("regions")
    places = ["start,origin,coast,-10,100,0,0.001,5,yes,yes", "end,destination,,-18,108,0,,,,"]
    legs = []
    for number, region in enumerate(REGIONS):
        near = "start" if number == 0 else f"{region}-in"
        after = "end" if region == "border" else f"{REGIONS[number + 1]}-in"
        if number:
            places.append(f"{near},safe_house,{region},{-10 - 2 * number},{100 + 2 * number},20,0.001,5,yes,yes")
        places.append(f"{region}-out,safe_house,{region},{-11 - 2 * number},{101 + 2 * number},20,0.001,5,yes,yes")
        risk, shut = f"{region}-patrols.many=4", f"{region}-weather.bad"
        legs.append(f"{region}-road,{near},{region}-out,bus,1,1,1,100,0.03,8,0.05,8,{risk},")
        legs.append(f"{region}-pass,{region}-out,{after},foot,1,1,2,150,0.02,8,0.1,8,{risk},{shut}")
        legs.append(f"{region}-car,{region}-out,{after},car,1,1,1,400,0.01,8,0.02,8,,{shut}")
    conditions = [
        f"{region}-{kind},{levels},0.8,"
        for region in REGIONS
        for kind, levels in (("patrols", "few|many"), ("weather", "good|bad"))
    ]
    texts = {
        "places.csv": _rows("id,kind,region,lat,lon,stay_cost,discovery,discovery_weight,may_wait,may_stop", places),
        "legs.csv": _rows(
            "id,from,to,mode,days_low,days_likely,days_high,cost_group,intercepted,intercepted_weight,"
            "turned_back,turned_back_weight,intercepted_when,closed_when",
            legs,
        ),
        "conditions.csv": _rows("id,levels,persistence,note", conditions),
        "groups.csv": "id,place,urgency,asked_on,consent_on\npair,start,normal,2026-10-01,2026-10-05\n",
        "travellers.csv": "id,group,age_band,mobility\np1,pair,18-59,full\np2,pair,18-59,full\n",
        "network.toml": 'name = "Four regions of an invented country"\nslot_hours = 24\nhorizon_days = 24\n'
        'currency = "USD"\nas_of = 2026-11-01\n\n[sources]\nINVENTED = "Everything here is invented"\n',
    }
    for name, text in texts.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "waystation.cli.main", *options[:1], str(folder), *options[1:]]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=240)


def answered(folder: Path, *options: str, status: int = 0) -> Answer:
    ended = run(folder, "plan", "--group", "pair", "--json", *options)
    assert ended.returncode == status, ended.stderr
    document: Answer = json.loads(ended.stdout)
    return document


@pytest.fixture(scope="module")
def answer(folder: Path) -> Answer:
    return answered(folder)


def of(answer: Answer, name: str) -> Answer:
    found: Answer = next(each for each in answer["frontier"] if each["name"] == name)
    return found


def test_the_plan_stands_beside_its_simulated_value(answer: Answer) -> None:
    found, safest = answer["regional"], of(answer, "safest")
    assert found["joint_levels"] == 256
    assert found["journeys"] == 100_000
    assert 0.0 < found["arrive_error"] < 0.002
    # Nobody comes back to a region here, and no two conditions are tied: nothing is lost by forgetting.
    assert abs(found["arrive"] - safest["arrive"]) < 4.0 * found["arrive_error"]
    assert abs(found["harm"] - safest["harm"]) < 4.0 * found["harm_error"]


def test_each_stage_names_the_conditions_of_its_region(answer: Answer) -> None:
    named: dict[str, set[str]] = {}
    for stage in answer["plan"]["stages"]:
        region = "coast" if stage["place"] == "start" else stage["place"].partition("-")[0]
        named.setdefault(region, set()).update(name for each in stage["decisions"] for name in each["when"])
    assert set(named) == {*REGIONS, "end"}
    for region in REGIONS:
        assert f"{region}-weather" in named[region]
        assert all(name.startswith(f"{region}-") for name in named[region])
    assert named["end"] == set()


def test_choices_curve_and_doubt_are_there(answer: Answer) -> None:
    safest = of(answer, "safest")["arrive"]
    assert {each["name"] for each in answer["frontier"]} >= {"safest", "careful", "cheapest", "fastest"}
    assert all(each["arrive"] >= 0.95 * safest - 1e-9 for each in answer["frontier"] if each["name"] != "balanced")
    curve = [point["arrive"] for point in answer["budget_curve"]]
    assert curve == sorted(curve)
    assert curve[0] == 0.0
    assert 0.99 * safest < curve[-1] <= safest + 1e-9


def test_a_budget_and_a_cap_on_harm_are_kept(folder: Path, answer: Answer) -> None:
    within = of(answered(folder, "--budget", "1500USD"), "safest")
    assert float(within["cost_max"]) <= 1500.0
    assert 0.0 < within["arrive"] < of(answer, "safest")["arrive"]
    curve = answer["budget_curve"]
    below = max(point["arrive"] for point in curve if float(point["budget"]) <= 1500.0)
    above = min(point["arrive"] for point in curve if float(point["budget"]) >= 1500.0)
    assert below - 0.02 <= within["arrive"] <= above + 1e-9  # the curve's money steps are coarser
    capped = of(answered(folder, "--max-harm", "0.1"), "safest")
    assert 0.05 < capped["harm"] <= 0.1 + 1e-12
    assert 0.0 < capped["arrive"] < of(answer, "safest")["arrive"]


def test_the_smallest_budget_with_a_plan_is_named(folder: Path) -> None:
    refused = answered(folder, "--budget", "100USD", status=1)
    assert refused["regional"] is None
    assert refused["obstacle"]["kind"] == "budget"
    least = refused["obstacle"]["smallest_budget"]
    assert float(least) == 1000.0  # four roads at 100 and four passes at 150, on coming there without a night's wait
    assert of(answered(folder, "--budget", f"{least}USD"), "safest")["arrive"] > 0.0
    answered(folder, "--budget", "999USD", status=1)


def test_both_values_are_said_in_both_languages(folder: Path) -> None:
    told = " ".join(run(folder, "plan", "--group", "pair").stdout.split())
    assert told.count("The conditions have 256 joint levels") == 1
    assert "The two agree within chance." in told
    assert "지역별로 기억" in run(folder, "plan", "--group", "pair", "--language", "ko").stdout


def test_a_model_checker_gets_the_whole_model_or_none(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "journey.drn"
    ended = run(folder, "export", "--group", "pair", "--days", "3", "--out", str(out))
    assert ended.returncode == 0, ended.stderr
    # All 256 joint levels are told apart at the start, not the 4 of its region.
    first = out.read_text(encoding="utf-8").partition("@nr_states\n")[2].partition("\n")[0]
    assert int(first) > 256


def test_where_forgetting_flatters_the_plan_the_answer_says_so() -> None:
    # A gate in the north that is open or shut for good, and six other things that change on the way there. Who finds it
    # shut goes south, forgets it and comes again: five visits are counted on, each with an even chance; one is true.
    law = Condition("law", ("open", "shut"), (Chain(((1.0, 0.0), (0.0, 1.0))),))
    others = [Condition(f"c{k}", ("low", "high"), (Chain.persistent(2, 0.9),)) for k in range(6)]
    factors = tuple(LevelFactor(LevelRef(each.id, "high"), 1.5) for each in others)
    world = network(
        [
            leg("there", "origin", "gate", intercepted=0.001, intercepted_factors=factors),
            leg("back", "gate", "origin"),
            leg("on", "gate", "goal", closed_at=frozenset({LevelRef("law", "shut")})),
        ],
        places=[place("origin", PlaceKind.ORIGIN, region="south"), place("gate", region="north", may_wait=False)],
        conditions=[law, *others],
        seen=[Observation("law", START, "open", confidence=0.5)],
    )
    plan = plan_journey(world, ALONE, Caps(days=10), START)
    assert plan.regional is not None
    assert plan.choice is not None
    assert plan.regional.joint_levels == 128
    assert plan.choice.evaluation.arrive > 0.95
    assert plan.certificate.difference < 1e-12
    assert plan.regional.arrive == pytest.approx(0.5, abs=0.01)
    told = regional_value(plan, Voice("en", world, ALONE, START))
    assert "it comes to 49" in told or "it comes to 50" in told
    assert "differ by more than chance: go by the simulated values" in told
