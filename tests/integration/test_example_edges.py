"""The command on the examples and on spoilt copies of them: each dead end gets a clear answer and its exit status."""

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
FAMILY = EXAMPLES / "family-of-five"
QUEUE = EXAMPLES / "queue"

DONE, NO_PLAN, BAD_INPUT, REFUSED = 0, 1, 2, 3


@dataclass(frozen=True)
class Run:
    """How the command ended and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.out)
        return document


def plan(folder: Path, *options: str) -> Run:
    """Run the real command in a process of its own."""
    command = [sys.executable, "-m", "waystation.cli.main", "plan", str(folder), *options]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert "Traceback" not in ended.stderr, ended.stderr
    return Run(ended.returncode, ended.stdout, ended.stderr)


Change = Callable[[dict[str, str]], None]


def spoilt(folder: Path, copy: Path, file: str, change: Change) -> Path:
    """Copy a folder and change every row of one file."""
    shutil.copytree(folder, copy)
    with (copy / file).open(encoding="utf-8", newline="") as source:
        table = list(csv.DictReader(source))
    for row in table:
        change(row)
    with (copy / file).open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    return copy


def test_a_closed_last_border_is_named(tmp_path: Path) -> None:
    last_border = {"ford-camp", "bank-camp-boat", "bank-camp-bridge"}

    def close(leg: dict[str, str]) -> None:
        if leg["id"] in last_border:
            leg["closed_when"] = "river.low|river.high|river.flood"

    folder = spoilt(QUEUE, tmp_path / "closed", "legs.csv", close)
    answer = plan(folder, "--group", "q01", "--json")
    assert answer.status == NO_PLAN
    assert answer.json["frontier"] == []
    assert answer.json["chosen"] is None
    obstacle = answer.json["obstacle"]
    assert obstacle["kind"] == "closed"
    assert obstacle["blocking"]
    assert {reason["id"] for reason in obstacle["blocking"]} <= last_border
    said = plan(folder, "--group", "q01")
    assert said.status == NO_PLAN
    assert "river" in said.out


def test_the_family_without_its_river_has_no_way_either(tmp_path: Path) -> None:
    def close(leg: dict[str, str]) -> None:
        if leg["id"] in {"boat", "upstream"}:
            leg["closed_when"] = "river.low|river.high|river.flood"

    answer = plan(spoilt(FAMILY, tmp_path / "closed", "legs.csv", close), "--group", "family", "--json")
    assert answer.status == NO_PLAN
    assert answer.json["obstacle"]["kind"] == "closed"
    closed = {reason["id"] for reason in answer.json["obstacle"]["blocking"]}
    assert closed
    assert closed <= {"boat", "upstream", "nm-mn"}, (
        "any one of the three would open a way: the river's two, or Mongolia"
    )


def test_a_group_that_nobody_can_carry_is_told_why() -> None:
    answer = plan(QUEUE, "--group", "q05", "--json")
    assert answer.status == NO_PLAN
    obstacle = answer.json["obstacle"]
    assert obstacle["kind"] == "group"
    assert {reason["reason"] for reason in obstacle["blocking"]} == {"need"}
    said = plan(QUEUE, "--group", "q05")
    assert said.status == NO_PLAN
    assert "oxygen" in said.out


@pytest.mark.parametrize(("folder", "group"), [(QUEUE, "q12"), (FAMILY, "family")], ids=["queue", "family"])
def test_a_budget_one_unit_too_small_is_told_the_smallest_that_would_do(folder: Path, group: str) -> None:
    far_too_small = plan(folder, "--group", group, "--budget", "1USD", "--json")
    assert far_too_small.status == NO_PLAN
    assert far_too_small.json["obstacle"]["kind"] == "budget"
    smallest = Decimal(far_too_small.json["obstacle"]["smallest_budget"])

    one_cent_short = plan(folder, "--group", group, "--budget", f"{smallest - Decimal('0.01')}USD", "--json")
    assert one_cent_short.status == NO_PLAN
    assert Decimal(one_cent_short.json["obstacle"]["smallest_budget"]) == smallest

    enough = plan(folder, "--group", group, "--budget", f"{smallest}USD", "--json")
    assert enough.status == DONE
    assert all(Decimal(choice["cost_max"]) <= smallest for choice in enough.json["frontier"])


@pytest.mark.parametrize(("folder", "group"), [(QUEUE, "q12"), (FAMILY, "family")], ids=["queue", "family"])
def test_a_deadline_one_slot_too_short_is_told_the_shortest_that_would_do(folder: Path, group: str) -> None:
    far_too_short = plan(folder, "--group", group, "--days", "1", "--json")
    assert far_too_short.status == NO_PLAN
    assert far_too_short.json["obstacle"]["kind"] == "days"
    shortest = far_too_short.json["obstacle"]["smallest_days"]

    one_slot_short = plan(folder, "--group", group, "--days", str(shortest - 0.5), "--json")
    assert one_slot_short.status == NO_PLAN
    assert one_slot_short.json["obstacle"]["smallest_days"] == shortest

    enough = plan(folder, "--group", group, "--days", str(shortest), "--json")
    assert enough.status == DONE
    assert enough.json["frontier"][0]["arrive"] > 0.0


@pytest.mark.parametrize(("group", "rule", "traveller"), [("q06", "determination", "q06-1"), ("q10", "consent", None)])
def test_a_rule_refuses(group: str, rule: str, traveller: str | None) -> None:
    answer = plan(QUEUE, "--group", group, "--json")
    assert answer.status == REFUSED
    assert answer.json["refused"] == [{"rule": rule, "traveller": traveller}]
    assert answer.json["frontier"] == []
    assert plan(QUEUE, "--group", group).status == REFUSED


def test_a_folder_with_faults_gives_no_plan_and_writes_nothing(tmp_path: Path) -> None:
    def misspell(leg: dict[str, str]) -> None:
        if leg["id"] == "bank-camp-boat":
            leg["from"], leg["intercepted"] = "bnak", "1.5"

    folder = spoilt(QUEUE, tmp_path / "faulty", "legs.csv", misspell)
    answer = plan(folder, "--group", "q12", "--brief", str(tmp_path / "brief"))
    assert answer.status == BAD_INPUT
    assert "bank" in answer.out + answer.err
    assert answer.err.count("legs.csv:") + answer.out.count("legs.csv:") >= 2
    assert not (tmp_path / "brief").exists()


def test_an_unknown_group_is_bad_input() -> None:
    answer = plan(QUEUE, "--group", "q21")
    assert answer.status == BAD_INPUT
    assert "q21" in answer.err


def test_every_group_of_the_queue_gets_a_line() -> None:
    answer = plan(QUEUE, "--all", "--json")
    assert answer.status == DONE
    answers = {each["group"]: each for each in answer.json["groups"]}
    assert sorted(answers) == [f"q{number:02d}" for number in range(1, 13)]
    assert {group for group, each in answers.items() if "refused" in each} == {"q06", "q10"}
    assert {group for group, each in answers.items() if "obstacle" in each} == {"q05"}
    for group, each in answers.items():
        if each["frontier"]:
            assert each["frontier"][0]["arrive"] > 0.9, group
