"""What the guide's page on exchange says is what the program does."""

import re
from decimal import Decimal
from pathlib import Path

from click.testing import CliRunner

from waystation.cli.import_ import import_
from waystation.formats.attributes import EXPORTED
from waystation.formats.flee import PUBLISHED_FIRST_DAYS, Assumptions
from waystation.formats.flee.network import ClosureType, LocationType

PAGE = (Path(__file__).parents[2] / "docs" / "guide" / "exchange.md").read_text("utf-8")

SPOILT = {
    "locations.csv": "Alder,,Arden,1,2,conflict_zone,0,5\nBirch,,Arden,1,2,camp,,5\n",
    "routes.csv": "#name1,name2,distance,forced_redirection\nAlder,Brich,-100,0\n",
    "closures.csv": "#closure_type,name1,name2,closure_start,closure_end\ncontry,Arden,Arden,0,1\n",
}


def test_the_faults_on_the_page_are_those_of_the_program(tmp_path: Path) -> None:
    for name, text in SPOILT.items():
        (tmp_path / name).write_text(text, "utf-8")
    result = CliRunner().invoke(import_, ["flee", str(tmp_path), str(tmp_path / "out")])
    assert result.exit_code == 2
    shown = re.findall(r"^\w+\.csv:\d+:\d+: .*$", PAGE, re.MULTILINE)
    assert len(shown) == 3
    assert result.stderr.splitlines()[:-1] == shown


def test_what_is_assumed_is_what_the_page_says() -> None:
    usual = Assumptions()
    stated = dict(re.findall(r"^\| `--([a-z-]+)` \| ([0-9.]+) \|", PAGE, re.MULTILINE))
    assert {option.replace("-", "_"): float(number) for option, number in stated.items()} == {
        name: getattr(usual, name) for name in ("km_per_day", "intercepted", "turned_back", "discovery")
    }
    chance = Assumptions(intercepted=0.01).chances(Decimal(250))[0]
    assert f"on 250 km, 0.01 becomes {chance}" in PAGE


def test_every_type_of_flee_is_on_the_page() -> None:
    for word in (
        *LocationType,
        *(each for each in ClosureType if each is not ClosureType.LINKS),
        *PUBLISHED_FIRST_DAYS,
    ):
        assert f"`{word}`" in PAGE, word


def test_every_file_that_never_leaves_is_on_the_page() -> None:
    assert set(EXPORTED) == {"places.csv", "legs.csv"}
    said = PAGE.split("## What never leaves")[1]
    for word in (
        "Travellers",
        "groups",
        "outcomes",
        "observations",
        "money",
        "partners",
        "sources",
        "comments",
        "notes",
        "free columns",
    ):
        assert word in said
