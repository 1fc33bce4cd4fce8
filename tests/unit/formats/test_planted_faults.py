"""Many different faults in one folder: each is found at its place, and nothing else is reported."""

from collections.abc import Callable
from pathlib import Path

from waystation.formats import read_folder

# What stood there, what stands there now, and of each cell marked by ¶ what is wrong and what would be right.
PLANTED: list[tuple[str, str, str, list[tuple[str, str]]]] = [
    ("network.toml", "horizon_days = 40", "horizon_days = ¶0", [("horizon_days: '0' is out of range", "1 to 1000")]),
    ("network.toml", 'x_author = "', 'autor = ¶"', [("no key 'autor'", "free keys begin with x_")]),
    ("places.csv", "B,safe_house", "B,¶safehouse", [("kind: 'safehouse' is not one", "did you mean safe_house?")]),
    ("places.csv", "40,125", "¶95,125", [("lat: '95' is out of range", "-90 to 90")]),
    ("places.csv", "0.001,20", "¶1.5,20", [("discovery: '1.5' is out of range", "from 0 to 1")]),
    ("places.csv", "C,crossing,,,TH", "C,crossing,,,¶XX", [("country: 'XX' is not a country", "two letters")]),
    ("places.csv", "D,desti", "¶E,destination,,,,1,2\nD,desti", [("nobody can reach the destination E", "add legs")]),
    ("conditions.csv", "0.8 0.15 0.05|", "¶0.8 0.15 0.06|", [("row 1 of the matrix sums to 1.01", "sum to 1")]),
    (
        "conditions.csv",
        "few|many,0.8,,,",
        "few|many,0.8,,¶2|3,",
        [("patrols holds in month 1, 4", "leave months blank")],
    ),
    (
        "observations.csv",
        "2026-11-18,high",
        "¶2026-11-21,¶hgh",
        [("later than as_of 2026-11-20", "correct the date"), ("river has no level hgh", "did you mean high?")],
    ),
    ("legs.csv", "AB,A,B,G1,", "AB,A,B,¶G11,", [("partners.csv has no row G11", "did you mean G1?")]),
    ("legs.csv", "1,1.5,3,300", "2,¶1.5,3,300", [("days_likely 1.5 is below days_low 2", "days_low <= days_likely")]),
    (
        "legs.csv",
        "patrols.many=2|river.high=3",
        "¶river.high=3|rivr.high=2",
        [("condition rivr", "did you mean river?")],
    ),
    ("legs.csv", "2026-11-01..", "¶2027-11-01..", [("ends before it begins", "2027-03-31..2027-11-01")]),
    ("legs.csv", "100.50,USD", "¶100.505,USD", [("more decimals than USD has", "at most 2")]),
    ("legs.csv", "200,0.5,0.5,1", "200,¶,,", [("the leg has no duration", "give days_low")]),
    ("legs.csv", "CD,C,D,G1", "¶AB,C,D,G1", [("the id AB stands in line 2 already", "an id of its own")]),
    ("legs.csv", "0.5,,0.4", "¶0.7,,0.4", [("sum to more than 1", "lower the chances")]),
    (
        "legs.csv",
        "2,1.1,,,,,,,,,,",
        "¶2,1.1,1,,,,,,,1.2,¶,",
        [("customary_party 2 is above largest_party 1", "can carry"), ("without company_price_factor", "both factors")],
    ),
    ("partners.csv", "500,USD", "500,¶EUR", [("no rate from EUR to USD", "base EUR and quote USD")]),
    (
        "groups.csv",
        "F2,B,,,2026-11-20",
        "¶F3,D,,,\nF2,B,¶now,,¶2026-11-22",
        [
            ("the group F3 has no travellers", "travellers.csv"),
            ("urgency: 'now' is not one", "emergency, urgent, normal"),
            ("consent_on 2026-11-22 is later", "as_of"),
        ],
    ),
    ("travellers.csv", "F1c,F1,75+", "f1A,F1,75+", []),
    ("travellers.csv", "f1A,F1", "¶f1A,F1", [("differs from F1a in line 2 by capitals only", "another id")]),
    ("travellers.csv", "oxygen,F1a", "oxygen,¶F1b", [("F1b is a child", "name an adult")]),
    (
        "travellers.csv",
        "F2a,F2,60-74,,,",
        "F2a,F2,¶Dec-17,,,¶F1a",
        [("took for a date", "5-11 or 12-17"), ("F1a travels with the group F1", "a traveller of F2")],
    ),
    ("outcomes.csv", "2025-04-02", "¶03/04/2025", [("could be two days", "year-month-day")]),
    ("budget.csv", "2027-Q1", "¶2027-Q5", [("is not a period", "2027-Q1")]),
    ("rates.csv", "33.5", '¶"33,5"', [("is not a number while", "write 33.5")]),
    (
        "sources.csv",
        "AB,km,assumed,as the crow flies",
        "AB,¶kms,assumed,¶",
        [("has no column 'kms'", "did you mean km?"), ("without a reason", "say why")],
    ),
    ("sources.csv", "legs.csv,AB,int", "¶leg.csv,AB,int", [("no file 'leg.csv'", "did you mean legs.csv?")]),
    ("sources.csv", "x_seen,FACT-1", "x_seen,¶FACT-2", [("no source FACT-2", "did you mean FACT-1?")]),
    ("sources.csv", "observations.csv,2", "observations.csv,¶3", [("has no row '3'", "the number of one of its rows")]),
]


def test_every_planted_fault_is_found_at_its_place(
    full: dict[str, str], write: Callable[[dict[str, str]], Path]
) -> None:
    expected: dict[tuple[str, int, int], tuple[str, str]] = {}
    for file, before, after, _ in PLANTED:
        assert full[file].count(before) == 1, (file, before)
        full[file] = full[file].replace(before, after)
    for file in full:
        by_place = {full[file].find(after): wrongs for name, _, after, wrongs in PLANTED if name == file and wrongs}
        wrongs_in_order = [wrong for place in sorted(by_place) for wrong in by_place[place]]
        places = []
        for number, line in enumerate(full[file].split("\n"), start=1):
            places += [(file, number, len(piece) + 1) for piece in accumulated(line.split("¶"))]
        expected |= dict(zip(places, wrongs_in_order, strict=True))
        full[file] = full[file].replace("¶", "")
    assert len(expected) >= 35
    faults = read_folder(write(full)).faults
    assert {(fault.file, fault.line, fault.column) for fault in faults} == expected.keys()
    for fault in faults:
        what, right = expected[fault.file, fault.line, fault.column]
        assert what in fault.what
        assert right in fault.right


def accumulated(pieces: list[str]) -> list[str]:
    """Return what stands before each mark."""
    return ["".join(pieces[: count + 1]) for count in range(len(pieces) - 1)]
