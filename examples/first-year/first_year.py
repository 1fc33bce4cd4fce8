"""A made-up organisation's first year: lived through, learned from, decided anew.

    python examples/first-year/first_year.py OUT

Everything is invented. The organisation is that of ``examples/queue``; the truth, which it does not know, is that the boat is
forty times as dangerous (in odds) as it believes. OUT is a new folder. What is printed stands in ``docs/guide/first-year.md``.
"""

import csv
import io
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from waystation.engine.journeys.planner import plan_journey
from waystation.engine.model import Caps, Network, Outcome, OutcomeKind
from waystation.engine.simulation.organisation import Organisation
from waystation.engine.simulation.portfolio_rule import Portfolio
from waystation.engine.simulation.prepare import Planner, prepare
from waystation.engine.simulation.record import record
from waystation.engine.simulation.rule import FirstCome
from waystation.engine.simulation.scenario import AS_TODAY, Change, ChangeKind, apply
from waystation.engine.simulation.study import Paired, Study, study
from waystation.formats import read_folder

HERE = Path(__file__).parent
START = HERE.parent / "queue"
BOAT = "bank-camp-boat"
HIDDEN = Change(ChangeKind.RISK, factor=40.0, legs=frozenset({BOAT}))
ASSUMED = Organisation(requests_per_year=60.0, income_per_year=90_000.0, compromise=0.0)
"""Beside the folder's budget, which is over when the second year begins."""
WHO_ASKS = ("q01", "q02", "q03", "q12")
"""Groups that stand for everybody who asks."""
YEAR, SEED, RUNS, AT_HAND = 52, 3, 300, 9_500.0


def main(out: Path) -> None:
    """Live, learn, decide."""
    out.mkdir()
    believed = network_of(START)
    truth = apply([HIDDEN], believed)

    books = live(believed, truth)
    folder = keep_books(out / "after-one-year", believed, books)
    told = Counter(each.kind for each in books if each.leg == BOAT)
    print(f"year one: {len(books)} passages, {sum(told.values())} of them by the boat:", ", ".join(counted(told)))

    run("learn", str(folder), "--out", str(out / "learned"))
    learned = network_of(out / "learned")
    for name, network in (("believed", believed), ("learned", learned), ("true", truth)):
        print(f"the boat's chance of interception, {name}: {chance(network):.4f}")

    for group in ("q01", "q02"):
        before, after = (boat_share(network, group) for network in (believed, learned))
        print(f"{group}: its plan takes the boat, before {before:.2f}, after {after:.2f} times a journey")

    found = second_year(believed, learned, truth)
    by_old, _, by_learned, together = found.arms
    for name in ("left", "arrived", "harmed"):
        print(
            f"year two, {name}: {by_old.measures[name].mean:.1f} by the old beliefs, "
            f"{between(by_learned.differences[name])} by what was learned, "
            f"{between(together.differences[name])} if chosen together as well"
        )


def network_of(folder: Path) -> Network:
    """Return the network of a folder without faults."""
    network = read_folder(folder).network
    if network is None:
        sys.exit(f"{folder} has faults; run waystation check")
    return replace(network, groups=tuple(group for group in network.groups if group.id in WHO_ASKS))


def live(believed: Network, truth: Network) -> tuple[Outcome, ...]:
    """Live the first year, first come first served, and return its books."""
    made = prepare(Planner(believed, ASSUMED, truth=truth), AS_TODAY, YEAR)
    return record(made, FirstCome(), SEED, 0, believed.as_of)


def keep_books(folder: Path, believed: Network, books: Iterable[Outcome]) -> Path:
    """Write the folder as it stands a year later: the same beliefs, and every passage in outcomes.csv."""
    shutil.copytree(START, folder)
    today = believed.as_of + timedelta(weeks=YEAR)
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["leg", "date", "party_size", "outcome"])
    rows.writerows([each.leg, each.on.isoformat(), each.party_size, each.kind] for each in books if each.on <= today)
    (folder / "outcomes.csv").write_text(text.getvalue(), encoding="utf-8")
    settings = folder / "network.toml"
    told = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"as_of = \S+", f"as_of = {today}", told), encoding="utf-8")
    partners = folder / "partners.csv"
    told = partners.read_text(encoding="utf-8")
    partners.write_text(re.sub(r"2027-(\d\d-\d\d)", r"2029-\1", told), encoding="utf-8")  # vetted anew
    return folder


def run(*arguments: str) -> None:
    """Run a command of the program, quietly; stop if it does not end well."""
    subprocess.run([sys.executable, "-m", "waystation.cli.main", *arguments], check=True, capture_output=True)


def counted(kinds: Counter[OutcomeKind]) -> list[str]:
    """Return counts in words."""
    return [f"{number} {kind.value.replace('_', ' ')}" for kind, number in sorted(kinds.items())]


def chance(network: Network) -> float:
    """Return the boat's chance of interception."""
    return next(leg.intercepted.mean for leg in network.legs if leg.id == BOAT)


def boat_share(network: Network, group: str) -> float:
    """Return how often a journey by the safest plan takes the boat, tries after being turned back included."""
    travellers = next(each for each in network.groups if each.id == group)
    plan = plan_journey(network, travellers, Caps(), network.as_of)
    decisions = [decision for stage in plan.stages for decision in stage.decisions if decision.leg == BOAT]
    return sum(decision.chance for decision in decisions)


def second_year(believed: Network, learned: Network, truth: Network) -> Study:
    """Live the second year by both beliefs and two rules, from the same day, under the same truth and the same luck."""
    by_old = replace(learned, legs=believed.legs, partners=believed.partners)
    really = replace(learned, legs=truth.legs, partners=truth.partners)
    assumed = replace(ASSUMED, opening=AT_HAND)
    worlds = [prepare(Planner(network, assumed, truth=really), AS_TODAY, YEAR) for network in (by_old, learned)]
    return study(worlds, [FirstCome().name, Portfolio()], SEED, RUNS)


def between(paired: Paired) -> str:
    """Return a paired difference with its interval."""
    return f"{paired.mean:+.1f} ({paired.low:+.1f} to {paired.high:+.1f})"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
