"""What was measured, as a table for people and as JSON for programs."""

import json
import os
import platform
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.instances import SIZES
from benchmarks.keeping import keep
from benchmarks.measure import Comparison

QUESTIONS = {
    "arrival": "likeliest arrival, with policy",
    "ties": "the same, ties broken by harm, cost and days (Storm: arrival only)",
    "curve": "arrival for 101 hard budgets, with policies (Storm: one budget, no policy)",
    "frontier": "frontier of arrival and harm to 1e-4, with policies (Storm: no policies)",
}


def table(comparisons: list[Comparison], start: dict[str, float]) -> str:
    """Return the measurements as Markdown."""
    lines = [
        "| journey (places x slots x levels) | question | planner | Storm | Storm / planner | memory for the journey |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for each in comparisons:
        row = [
            str(SIZES[each.size]),
            QUESTIONS[each.question],
            _time(median(each.ours)),
            f"{_time(median(each.theirs))} ({each.settings.replace('_', ' ').lower()})",
            f"**{each.ratio:.3g}**",
            f"{max(1.0, each.our_journey_mb):.0f} / {each.their_journey_mb:.0f} MB",
        ]
        lines.append(f"| {' | '.join(row)} |")
    lines += ["", "| whole process, caches warm | seconds |", "|---|---:|"]
    lines += [f"| `{name}` | {seconds:.2f} |" for name, seconds in start.items()]
    return "\n".join(lines) + "\n"


def machine() -> dict[str, Any]:
    """Describe the machine, without its name."""
    return {
        "system": platform.system(),
        "architecture": platform.machine(),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
    }


def write(folder: Path, comparisons: list[Comparison], facts: dict[str, Any], start: dict[str, float]) -> None:
    """Write ``planner.json`` and ``planner.md`` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    document = {
        "machine": machine(),
        "instances": facts,
        "comparisons": [asdict(each) | {"ratio": each.ratio} for each in comparisons],
        "start_up_seconds": start,
    }
    (folder / "planner.json").write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    (folder / "planner.md").write_text(table(comparisons, start), encoding="utf-8")


def record(comparisons: list[Comparison], start: dict[str, float]) -> None:
    """Put the table into the page of the documents, between its two marks."""
    keep("measured", table(comparisons, start), recorded=True)


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.3g} ms" if seconds < 1.0 else f"{seconds:.3g} s"
