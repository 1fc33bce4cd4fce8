"""The comparison worked out by hand in the guide: the page, exact fractions and the command say the same."""

import json
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "guide" / "compare.md").read_text("utf-8")
LOW, HIGH, WAITED = Fraction("0.99"), Fraction("0.9"), Fraction("0.90846")


def arrival(ride: str, low: str, at_high: Fraction) -> Fraction:
    """The ride gets through; then the river is low, or high."""
    return Fraction(ride) * (Fraction(low) * LOW + (1 - Fraction(low)) * at_high)


BASE = arrival("0.98", "0.42", WAITED)
ALONE = {
    "the ride is worse": arrival("0.96", "0.42", WAITED) - BASE,
    "the river was low": arrival("0.98", "0.58", WAITED) - BASE,
    "the guide asks for more": arrival("0.98", "0.42", HIGH) - BASE,
}
TOGETHER = arrival("0.96", "0.58", HIGH) - BASE
ROWS = ALONE | {"all together": TOGETHER, "beyond the sum of each alone": TOGETHER - sum(ALONE.values())}


@pytest.mark.parametrize(("row", "exact"), ROWS.items())
def test_the_page_gives_the_exact_figures(row: str, exact: Fraction) -> None:
    found = re.search(rf"^\| {row} \|.*\| (-?[0-9.]+) \|$", PAGE, re.MULTILINE)
    assert found is not None
    assert Fraction(found[1]) == exact
    assert f"{float(BASE):.9f}" in PAGE


def command(*options: str) -> dict[str, Any]:
    program = "from waystation.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, *options, "--json"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stderr) == (0, "")
    read: dict[str, Any] = json.loads(done.stdout)
    return read


def test_the_command_on_the_page_gives_the_same() -> None:
    asked = re.search(r"^waystation (compare docs.*)$", PAGE, re.MULTILINE)
    assert asked is not None
    found = command(*asked[1].split())
    effects = {(change["part"], change["field"]): change["effect"] for change in found["changes"]}
    ride, river, demand = (float(exact) for exact in ALONE.values())
    assert list(effects) == [("leg", "intercepted"), ("observation", "level"), ("leg", "demand.group")]
    assert list(effects.values()) == pytest.approx([ride, river, demand], abs=1e-12)
    assert found["together"] == pytest.approx(float(TOGETHER), abs=1e-12)
    assert found["interaction"] == pytest.approx(float(ROWS["beyond the sum of each alone"]), abs=1e-12)


def test_the_plans_part_where_the_river_is_high() -> None:
    asked = re.search(r"^waystation (compare docs.*)$", PAGE, re.MULTILINE)
    assert asked is not None
    high = [each for each in command(*asked[1].split())["otherwise"] if each["when"].get("river") == ["high"]]
    assert [(each["place"], each["first"]["action"], each["second"]["action"]) for each in high] == [
        ("B", "wait", "leg")
    ]
