"""The figures of the guide and the method page on simulation: the pages and the command say the same."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "guide" / "look-ahead.md").read_text("utf-8")
METHOD = (ROOT / "docs" / "method" / "simulation.md").read_text("utf-8")
COLUMNS = ("left", "arrived", "harmed", "called_off", "waiting")
BY_URGENCY = ("left", "arrived", "arrived_emergency", "arrived_urgent", "harmed", "waiting")


def answer(*options: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "waystation.cli.main", "simulate", *options, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    read: dict[str, Any] = json.loads(done.stdout)
    return read


def test_the_hindcast_is_the_one_on_the_page_losses_included() -> None:
    found = answer("examples/arrivals", "--hindcast")
    rows = [
        f"| {year['year']} | {year['actual']} | {year['last_year']} | {year['forecast']:.0f} "
        f"| {year['low']:.0f}–{year['high']:.0f} | {year['gain']:+.0f} "
        f"| {'' if year['told'] is None else format(year['told'], '.0f')} | {year['shock']} |"
        for year in found["years"]
    ]
    assert "\n".join(rows) in METHOD
    assert [year["year"] for year in found["years"]] == list(range(2002, 2026))
    assert [year["year"] for year in found["years"] if year["shock"]] == [2012, 2020, 2021, 2023]
    assert f"Nearer in **{found['won']}** of 24 years, further off in **{found['lost']}**" in METHOD
    errors, factors = found["mean_error"], found["mean_factor"]
    assert (
        f"Off by {errors['forecast']:.0f} people on average; the same as last year {errors['last_year']:.0f}; "
        f"told of the shocks {errors['told']:.0f}. As a factor: {factors['forecast']:.2f}, {factors['last_year']:.2f} "
        f"and {factors['told']:.2f}."
    ) in METHOD
    covered = sum(year["covered"] for year in found["years"])
    assert f"within the range in {covered} of 24 years" in METHOD
    late = [year["gain"] for year in found["years"] if year["year"] >= 2012]
    assert f"({sum(gain > 0 for gain in late)} gained, {sum(gain < 0 for gain in late)} lost)" in METHOD
    assert not any(year["covered"] for year in found["years"] if year["shock"])


def test_the_replay_is_the_one_on_the_page() -> None:
    found = answer("examples/queue", "--group", "q02", "--budget", "4000USD")
    counts, exact = found["counts"], found["exact"]
    told = " ".join(GUIDE.split())
    assert (
        f"{counts['arrived']:,} arrive, {counts['intercepted']:,} are intercepted, {counts['discovered']} discovered"
        in told
    )
    assert f"{counts['called_off']} are called off" in told
    assert f"{exact['arrive']:.4f} for arriving and {exact['harm']:.4f} for harm" in told
    assert f"{found['z']['arrive']:.1f} and {abs(found['z']['harm']):.1f} standard errors" in told
    half, most = (float(each) for each in found["cost_quantiles"][1:])
    assert f"cost {half:,.0f} USD, one in twenty more than {most:,.0f} USD" in told


def row_of(arm: dict[str, Any], named_by: str, columns: tuple[str, ...] = COLUMNS) -> str:
    cells = [f"{arm['measures'][name]['mean']:.1f}" for name in columns]
    difference = arm["differences"].get("arrived")
    cells.append("" if difference is None else "{mean:+.1f} ({low:+.1f} … {high:+.1f})".format(**difference))
    return ("| " + " | ".join([arm[named_by], *cells]) + " |").replace("|  |", "| |")


@pytest.mark.long
def test_the_rules_are_the_ones_on_the_page() -> None:
    rules = ("--rule", "first_come", "--rule", "most_urgent", "--rule", "portfolio")
    found = answer("examples/queue", "--organisation", "examples/scenarios/organisation.toml", *rules, "--runs", "200")
    assert [arm["rule"] for arm in found["arms"]] == ["first_come", "most_urgent", "portfolio"]
    assert all(row_of(arm, "rule", BY_URGENCY) in GUIDE for arm in found["arms"])


@pytest.mark.long
def test_the_scenarios_are_the_ones_on_the_page() -> None:
    names = ("crackdown", "border-closed", "price-times-ten", "partner-lost")
    scenarios = [option for name in names for option in ("--scenario", f"examples/scenarios/{name}.toml")]
    assumed = ("--organisation", "examples/scenarios/organisation.toml", "--runs", "500")
    found = answer("examples/queue", *assumed, *scenarios)
    assert all(row_of(arm, "scenario") in GUIDE for arm in found["arms"])
    today = found["arms"][0]["measures"]["arrived"]
    assert f"lies between {today['low']:.0f} and {today['high']:.0f}" in GUIDE


def test_every_setting_and_kind_of_change_is_explained() -> None:
    from dataclasses import fields

    from waystation.engine.simulation.organisation import Organisation
    from waystation.engine.simulation.scenario import Change, ChangeKind

    for field in fields(Organisation):
        assert re.search(rf"^{field.name} = ", GUIDE, re.MULTILINE), field.name
    for name in (*(field.name for field in fields(Change)), *ChangeKind):
        assert re.search(rf"\b{name}\b", GUIDE), name
