from collections.abc import Callable

import pytest

from waystation.formats import Fault
from waystation.formats.kinds import Code
from waystation.formats.tables import CSV_TABLES

Spoil = Callable[..., tuple[Fault, ...]]
UNKNOWN = [
    ("legs.csv", "BC,B,C", "BC,BB,C", 3, 4, "places.csv has no row BB (from)", "did you mean B?"),
    (
        "legs.csv",
        "BC,B,C",
        "BC,B,Z",
        3,
        6,
        "places.csv has no row Z (to)",
        "add it to places.csv, or use one of A, B, C, D",
    ),
    ("legs.csv", "CD,C,D,G1", "CD,C,D,g1", 4, 8, "partners.csv has no row g1 (partner)", "did you mean G1?"),
    ("groups.csv", "F2,B", "F2,X9", 3, 4, "places.csv has no row X9 (place)", "add it to places.csv"),
    ("travellers.csv", "F2a,F2", "F2a,F22", 5, 5, "groups.csv has no row F22 (group)", "did you mean F2?"),
    (
        "travellers.csv",
        "oxygen,F1a",
        "oxygen,F1x",
        4,
        27,
        "travellers.csv has no row F1x (accompanied_by)",
        "did you mean",
    ),
    ("outcomes.csv", "AB,2025-04", "AA,2025-04", 3, 1, "legs.csv has no row AA (leg)", "add it to legs.csv"),
    ("observations.csv", "patrols,2026", "patrol,2026", 3, 1, "no row patrol (condition)", "did you mean patrols?"),
    (
        "observations.csv",
        "01,few",
        "01,fw",
        3,
        20,
        "the condition patrols has no level fw (level)",
        "did you mean few?",
    ),
    (
        "legs.csv",
        ",river.flood,",
        ",river.flod,",
        4,
        60,
        "river has no level flod (closed_when)",
        "did you mean flood?",
    ),
    (
        "places.csv",
        "patrols.many",
        "police.many",
        3,
        47,
        "nobody declares the condition police",
        "add it to conditions.csv",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "column", "what", "right"), UNKNOWN)
def test_what_is_named_and_does_not_exist(
    spoil: Spoil, file: str, old: str, new: str, line: int, column: int, what: str, right: str
) -> None:
    faults = {(fault.file, fault.line, fault.column): fault for fault in spoil(file, old, new)}
    fault = faults[file, line, column]
    assert what in fault.what
    assert right in fault.right


def test_every_reference_of_the_format_is_tried_above() -> None:
    tried = " ".join(what for *_, what, _ in UNKNOWN)
    for table in CSV_TABLES:
        for column in table.columns:
            if isinstance(column.kind, Code) and column.kind.of:
                assert f"({column.name})" in tried


def test_nothing_is_said_of_a_file_that_could_not_be_read_whole(spoil: Spoil) -> None:
    faults = spoil("partners.csv", "G1,guide", '"G1,guide')
    assert {fault.file for fault in faults} == {"partners.csv"}


def test_without_the_file_its_rows_are_unknown(spoil: Spoil, full: dict[str, str]) -> None:
    del full["partners.csv"]
    faults = spoil("rates.csv", "33.5", "33.5")
    assert [fault.right for fault in faults] == ["add it to partners.csv"] * 3
