from collections.abc import Callable
from pathlib import Path

import pytest

from waystation.formats.flee.reader import read_flee

Write = Callable[[dict[str, str]], Path]


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "says", "right"),
    [
        (
            "locations.csv",
            "Birch,North",
            "Alder,North",
            (3, 1),
            "the location Alder stands in line 2 already",
            "keep one",
        ),
        (
            "locations.csv",
            "zone,7,",
            "zone,,",
            (5, 37),
            "conflict_zone Dell does not say since when",
            "0 for the first",
        ),
        ("routes.csv", "Alder,Dell", "Alder,Alder", (5, 7), "the route goes from Alder to itself", "another location"),
        ("routes.csv", "Alder,Dell", "Alder,Del", (5, 7), "has no location Del (name2)", "did you mean Dell?"),
        (
            "routes.csv",
            "Dell,Fern_Camp,120",
            "Dell,Alder,120",
            (6, 1),
            "between Dell and Alder stands in line 5",
            "both ways",
        ),
        (
            "closures.csv",
            "country,Arden,Weir",
            "country,Arden,",
            (2, 15),
            "names one country only",
            "give the other country",
        ),
        (
            "closures.csv",
            "country,Arden,Weir",
            "country,Arden,Wier",
            (2, 15),
            "in the country Wier",
            "did you mean Weir?",
        ),
        (
            "closures.csv",
            "country,Arden",
            "country,Dell",
            (2, 9),
            "no location lies in the country Dell",
            "use a country",
        ),
        (
            "closures.csv",
            "link,Alder,Birch",
            "link,Alder,Crossways",
            (3, 6),
            "no route between Alder and Crossways",
            "routes.csv",
        ),
        (
            "closures.csv",
            "location,Dell",
            "location,Delll",
            (5, 10),
            "has no location Delll (name1)",
            "did you mean Dell?",
        ),
        ("closures.csv", ",5,8", ",5,5", (3, 20), "closure_end 5 is not after closure_start 5", "-1"),
        ("closures.csv", ",5,8", ",5,-2", (3, 20), "'-2' is out of range", "-1"),
    ],
)
def test_a_mistake_between_rows_is_named_where_it_is(
    invented: dict[str, str],
    write: Write,
    file: str,
    old: str,
    new: str,
    where: tuple[int, int],
    says: str,
    right: str,
) -> None:
    assert invented[file].count(old) == 1
    invented[file] = invented[file].replace(old, new)
    reading = read_flee(write(invented))
    assert reading.network is None
    found = [fault for fault in reading.faults if (fault.file, fault.line, fault.column) == (file, *where)]
    assert len(found) == 1, reading.faults
    assert says in found[0].what
    assert right in found[0].right


def test_a_camp_nobody_can_reach_is_named(invented: dict[str, str], write: Write) -> None:
    invented["locations.csv"] += "Far_Camp,East,Weir,1,1,camp,,10\n"
    assert [(fault.line, fault.what) for fault in read_flee(write(invented)).faults] == [
        (8, "no routes lead from a conflict zone to the camp Far_Camp")
    ]


def test_somebody_flees_and_somebody_receives(invented: dict[str, str], write: Write) -> None:
    invented["locations.csv"] = invented["locations.csv"].replace("conflict_zone", "town")
    assert [fault.what for fault in read_flee(write(invented)).faults] == ["no location is a conflict zone"]
    invented["locations.csv"] = invented["locations.csv"].replace("idpcamp", "town").replace("camp", "town")
    whats = {fault.what for fault in read_flee(write(invented)).faults}
    assert whats >= {"no location is a conflict zone", "no location is a camp"}


def test_the_end_of_a_removal_does_not_count(invented: dict[str, str], write: Write) -> None:
    assert ",40,0" in invented["closures.csv"]
    assert read_flee(write(invented)).faults == ()
