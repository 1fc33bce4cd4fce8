import pytest

from waystation.formats.faults import Fault
from waystation.formats.flee.sheet import read_flee_sheet
from waystation.formats.flee.tables import LOCATIONS, ROUTES

ROW = "Alder,Birch,100,0\n"


def faults(text: str) -> list[Fault]:
    return read_flee_sheet(ROUTES, text)[1]


def places(text: str) -> list[tuple[int, int, str]]:
    return [(fault.line, fault.column, fault.what) for fault in faults(text)]


@pytest.mark.parametrize(
    "text",
    [
        f"#name1,name2,distance,forced_redirection\n{ROW}",
        f'"#name1","name2","distance [km]","forced_redirection"\n{ROW}'.replace(" [km]", ""),
        f"name1,name2,distance[km],forced_redirection\n{ROW}",
        ROW,
        f"\n# a remark\n{ROW}",
        f"# name1, name2, distance, forced_redirection\n# more\n\n{ROW}\n",
        f"#name1,name2,distance,forced_redirection,road,tarred\n{ROW.rstrip()},a7,yes\n",
        "#Name1,NAME2,distance,Forced Redirection\n Alder , Birch ,100.0,\n",
    ],
)
def test_what_flee_reads_is_read(text: str) -> None:
    rows, mistakes = read_flee_sheet(ROUTES, text)
    assert mistakes == []
    assert [(row["name1"], row["name2"], row["distance"]) for row in rows] == [("Alder", "Birch", 100)]


def test_rows_know_where_they_stand() -> None:
    rows, _ = read_flee_sheet(ROUTES, f"#name1,name2,distance\n\n{ROW}")
    cell = rows[0].cells["distance"]
    assert (cell.line, cell.column, cell.text) == (3, 13, "100")


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        (f"#name1,distance,name2,forced_redirection\n{ROW}", (1, 8), "Flee reads name2 there"),
        (f"#name1,name2,length,forced_redirection\n{ROW}", (1, 14), "column 3 is called 'length'"),
        (f"#name1,name2,distance\n{ROW}", (1, 22), "column 4, forced_redirection, is missing"),
        ("#name1,name2,distance,forced_redirection\nAlder,Birch\n", (2, 12), "the row ends after 2 cells"),
        ("Alder,,100,0\n", (1, 7), "name2 is blank"),
        ("Alder,Birch,-5,0\n", (1, 13), "distance: '-5' is out of range"),
        ("Alder,Birch,far,0\n", (1, 13), "distance: 'far' is not a number"),
        ("Alder,Birch,5,3\n", (1, 15), "forced_redirection: '3' is out of range"),
        ('Alder,"Bir\nch",5,0\n', (1, 7), "name2: 'Bir\\nch' holds a character that is no text"),
        ('Alder,"Birch,5,0\n', (1, 7), "a quotation mark opens here and is never closed"),
        (f"#name1,name2,distance,forced_redirection\n{ROW.rstrip()},a7\n", (2, 19), "no column above it"),
    ],
)
def test_a_mistake_is_named_where_it_is(text: str, where: tuple[int, int], says: str) -> None:
    found = places(text)
    assert any((line, column) == where and says in what for line, column, what in found), found


def test_one_mistake_is_one_fault() -> None:
    assert len(faults("Alder,Birch\n")) == 1
    assert len(faults(f"#name1,distance,name2,forced_redirection\n{ROW}")) == 1


def test_a_misspelt_type_is_nearly_one() -> None:
    _, mistakes = read_flee_sheet(LOCATIONS, "A,R,C,1,2,conflict_zon,0,5\n")
    assert [fault.right for fault in mistakes] == ["did you mean conflict_zone?"]
