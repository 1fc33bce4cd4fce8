"""The journey worked out by hand in the guide: the page, exact fractions and the program say the same."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from waystation.engine.journeys.plan import ActionKind, ObstacleKind, Plan
from waystation.engine.journeys.planner import plan_journey
from waystation.engine.model import Caps
from waystation.formats import read_folder
from waystation.kernel import Money, parse_money

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"
FOLDER = GUIDE / "three-places"
START = date(2026, 12, 2)


@dataclass(frozen=True)
class ByHand:
    """What the page works out, from the numbers of the folder and nothing else."""

    ride: Fraction = Fraction("0.98")
    low: Fraction = Fraction("0.99")
    unseen: Fraction = Fraction("0.98")
    same: Fraction = Fraction("0.7")

    @property
    def high(self) -> Fraction:
        """Getting across a high river: the odds of 0.01 times eleven."""
        odds = Fraction(1, 99) * 11
        return 1 - odds / (1 + odds)

    @property
    def is_high(self) -> Fraction:
        """That the river is high two days after it was."""
        return self.same**2 + (1 - self.same) ** 2

    @property
    def waited(self) -> Fraction:
        """Waiting a day at a high river, then crossing."""
        return self.unseen * (self.same * self.high + (1 - self.same) * self.low)

    @property
    def by_low(self) -> Fraction:
        return self.ride * (1 - self.is_high) * self.low

    @property
    def by_high(self) -> Fraction:
        return self.ride * self.is_high * self.waited

    @property
    def arrive(self) -> Fraction:
        return self.by_low + self.by_high

    @property
    def at_once(self) -> Fraction:
        return self.ride * ((1 - self.is_high) * self.low + self.is_high * self.high)

    @property
    def cost(self) -> Fraction:
        """Of all journeys, in USD."""
        return 100 + self.ride * (
            (1 - self.is_high) * 100 + self.is_high * (20 + self.unseen * (100 + Fraction(40, 2)))
        )

    @property
    def cost_arrived(self) -> Fraction:
        return (self.by_low * 200 + self.by_high * 240) / self.arrive

    @property
    def days(self) -> Fraction:
        return (self.by_low * (2 + 3) / 2 + self.by_high * 3) / self.arrive


HAND = ByHand()
PAGE = (GUIDE / "three-places.md").read_text("utf-8")


def plan(budget: str | None = "260USD", days: float = 3) -> Plan:
    network = read_folder(FOLDER).network
    assert network is not None
    caps = Caps(budget=None if budget is None else parse_money(budget), days=days)
    return plan_journey(network, network.groups[0], caps, START)


def value_of(row: str) -> str:
    """Return the value the page gives in the row of this name."""
    found = re.search(rf"^\| {row} \|(?:.*\|)? ([0-9.]+) \|$", PAGE, re.MULTILINE)
    assert found is not None, row
    return found[1]


def test_the_folder_has_no_fault_and_no_warning() -> None:
    reading = read_folder(FOLDER)
    assert (reading.faults, reading.warnings) == ((), ())


@pytest.mark.parametrize(
    ("row", "exact"),
    [
        ("arrive", HAND.arrive),
        ("harm", 1 - HAND.arrive),
        ("expected cost of all journeys", HAND.cost),
        ("expected cost of those that arrive", HAND.cost_arrived),
        ("expected days of those that arrive", HAND.days),
        ("200 to 259", HAND.at_once),
        ("260 and more", HAND.arrive),
    ],
)
def test_the_page_gives_the_exact_figures_to_its_last_digit(row: str, exact: Fraction) -> None:
    shown = value_of(row)
    digits = len(shown.partition(".")[2])
    assert Fraction(shown) == round(exact, digits)


@pytest.mark.parametrize("fraction", [HAND.cost_arrived, HAND.days])
def test_the_page_names_the_fractions(fraction: Fraction) -> None:
    assert f"\\tfrac{{{fraction.numerator}}}{{{fraction.denominator}}}" in PAGE


def test_the_program_gives_the_figures_worked_out_by_hand() -> None:
    chosen = plan().choice
    assert chosen is not None
    counted = chosen.evaluation
    assert counted.arrive == pytest.approx(float(HAND.arrive), abs=1e-15)
    assert counted.harm == pytest.approx(float(1 - HAND.arrive), abs=1e-15)
    assert counted.neither == 0.0
    assert counted.cost_expected == pytest.approx(float(100 * HAND.cost), rel=1e-14)
    assert counted.cost_expected_arrived == pytest.approx(float(100 * HAND.cost_arrived), rel=1e-14)
    assert counted.cost_max == 26000
    assert counted.days_expected == pytest.approx(float(HAND.days), rel=1e-14)


def test_the_plan_waits_for_a_high_river_only() -> None:
    at_river = next(stage for stage in plan().stages if stage.place == "B")
    waits = [decision for decision in at_river.decisions if decision.action is ActionKind.WAIT]
    assert [dict(decision.when) for decision in waits] == [{"river": ("high",)}]


def test_who_crosses_at_once_refuses_to_pay_and_half_of_them_come_a_day_later() -> None:
    chosen = plan().choice
    assert chosen is not None
    by_slot = [0, 0, float(HAND.by_low / 2), float(HAND.arrive)]
    assert list(chosen.evaluation.arrive_by_slot) == pytest.approx(by_slot, abs=1e-15)


def test_the_curve_of_arrival_has_the_two_steps_of_the_page() -> None:
    curve = [(point.budget.major, point.arrive) for point in plan("400USD").budget_curve]
    best = {budget: max(arrive for at, arrive in curve if at <= budget) for budget in (0, 199, 200, 259, 260, 400)}
    assert best == pytest.approx(
        {0: 0, 199: 0, 200: HAND.at_once, 259: HAND.at_once, 260: HAND.arrive, 400: HAND.arrive}, abs=1e-15
    )


@pytest.mark.parametrize(("budget", "days", "cost_max"), [("259USD", 3, 20000), ("260USD", 2, 24000)])
def test_one_dollar_less_or_one_day_less_is_to_cross_at_once(budget: str, days: float, cost_max: int) -> None:
    chosen = plan(budget, days).choice
    assert chosen is not None
    assert chosen.evaluation.arrive == pytest.approx(float(HAND.at_once), abs=1e-15)
    assert chosen.evaluation.cost_max == cost_max


def test_one_dollar_too_little_names_the_smallest_budget() -> None:
    obstacle = plan("199USD").obstacle
    assert obstacle is not None
    assert (obstacle.kind, obstacle.smallest_budget) == (ObstacleKind.BUDGET, Money.of(200, "USD"))


def test_one_day_too_little_names_the_smallest_deadline() -> None:
    obstacle = plan(days=1).obstacle
    assert obstacle is not None
    assert (obstacle.kind, obstacle.smallest_days) == (ObstacleKind.DAYS, 2)


def test_the_command_on_the_page_prints_the_same() -> None:
    command = re.search(r"^waystation (plan .*) --json$", PAGE, re.MULTILINE)
    assert command is not None
    program = "from waystation.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, *command[1].split(), "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=GUIDE.parents[1],
    )
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    safest = next(choice for choice in answer["frontier"] if choice["name"] == "safest")
    assert answer["chosen"] == "safest"
    assert safest["arrive"] == pytest.approx(float(HAND.arrive), abs=1e-15)
    assert safest["cost_max"] == "260.00"
