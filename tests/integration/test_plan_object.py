"""The page on a plan's JSON object names every key the command prints, and no other."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.briefs.arguments import argued
from tests.unit.briefs.conftest import blocked_plan, rich_plan

from waystation.cli.document import plan_document
from waystation.engine.journeys.argument import Arrangement, CompanyRule, Regional

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "plan-object.md"
BY_CONDITION = {"start_levels", "observed_on", "when"}
"""Below these the keys are names of the network's conditions."""


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inside in value.items():
            yield key
            if key not in BY_CONDITION:
                yield from keys(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from keys(inside)


@pytest.fixture(scope="module")
def printed() -> set[str]:
    arrangement = Arrangement((("t1",),), CompanyRule.NEVER, 0.9, 0.9, 0.0, 1.0, 0.0, 1.0, 1.0, 1, 0)
    full = replace(argued(rich_plan()), arrangements=(arrangement,), regional=Regional(96, 0.9, 0.0, 0.1, 0.0, 100))
    documents = [plan_document(plan) for plan in (full, blocked_plan())]
    json.dumps(documents, allow_nan=False)
    return set(keys(documents))


def test_every_key_is_named(printed: set[str]) -> None:
    page = PAGE.read_text("utf-8")
    named = set(re.findall(r"`([a-z_0-9]+)`", page))
    shortened = {f"{name}_{end}" for name in ("arrive", "harm", "neither") for end in ("low", "high")}
    assert printed - named - shortened == set()


def test_no_key_is_named_that_is_not_printed(printed: set[str]) -> None:
    rows = [line.split("|")[1] for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    first_column = {key for row in rows for key in re.findall(r"`([a-z_0-9]+)`", row)}
    assert first_column - printed == set()
