from pathlib import Path

import pytest

from waystation.engine.simulation.hindcast import Shock
from waystation.formats.arrivals_file import read_arrivals

FILE = Path(__file__).parents[3] / "examples" / "arrivals" / "arrivals.csv"
HEAD = "year,people,shock,factor,source\n"


def test_the_published_rows_are_whole_and_close_on_the_published_totals() -> None:
    arrivals, shocks, faults = read_arrivals(FILE.read_text("utf-8"), FILE.name)
    assert faults == []
    assert sorted(arrivals) == list(range(1998, 2026))
    since_1999 = sum(people for year, people in arrivals.items() if year >= 1999)
    assert 947 + since_1999 == 34_537  # everybody up to 1998 and since: the Ministry's total at the end of 2025
    assert [shock.year for shock in shocks] == [2012, 2020, 2021, 2023]


def test_a_row_is_read() -> None:
    arrivals, shocks, faults = read_arrivals(HEAD + "2012,1502,closed,0.5,a paper\n2013,1514,,,a paper\n", "a.csv")
    assert (arrivals, shocks, faults) == ({2012: 1502, 2013: 1514}, (Shock(2012, "closed", 0.5),), [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a.csv:1:1: these are not the columns"),
        ("year,people\n", "a.csv:1:1: these are not the columns"),
        (HEAD + "2012,1502\n", "a.csv:2:1: 2 cells"),
        (HEAD + "2012,many,,,x\n", "a.csv:2:1: '2012' and 'many' are no year and people"),
        (HEAD + "2012,0,,,x\n", "a.csv:2:1: '2012' and '0'"),
        (HEAD + "2012,3,,,\n", "a.csv:2:1: no source is named"),
        (HEAD + "2012,3,,,x\n2012,4,,,x\n", "a.csv:3:1: 2012 stands there twice"),
        (HEAD + "2012,3,closed,none,x\n", "a.csv:2:1: 'none' is no factor"),
        (HEAD + "2012,3,closed,-1,x\n", "a.csv:2:1: '-1' is no factor"),
    ],
)
def test_faults_have_their_place(text: str, said: str) -> None:
    _, _, faults = read_arrivals(text, "a.csv")
    assert len(faults) == 1
    assert str(faults[0]).startswith(said)
