from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.formats.grid import scan

Told = list[tuple[int, int, str]]


def cut(text: str, known: tuple[str, ...] = ("id", "name", "note")) -> tuple[list[list[tuple[str, int, int]]], Told]:
    told: Told = []
    rows = scan(text, known, lambda line, column, what, right: told.append((line, column, what)))
    return [[(cell.text, cell.line, cell.column) for cell in row.cells] for row in rows if row.comment is None], told


def texts(text: str) -> list[list[str]]:
    return [[cell[0] for cell in row] for row in cut(text)[0]]


def comments(text: str) -> list[str]:
    return [row.comment for row in scan(text, ("id", "name"), lambda *_: None) if row.comment is not None]


def test_cells_know_where_they_begin() -> None:
    assert cut("id,name\nA, b,\n") == (
        [[("id", 1, 1), ("name", 1, 4)], [("A", 2, 1), (" b", 2, 3), ("", 2, 6)]],
        [],
    )


def test_quoted_cells_may_hold_separators_quotes_and_lines() -> None:
    rows, told = cut('id,name,note\nA,"x, ""y""\nz",n\nB,,"q"')
    assert told == []
    assert rows[1] == [("A", 2, 1), ('x, "y"\nz', 2, 3), ("n", 3, 4)]
    assert rows[2] == [("B", 4, 1), ("", 4, 3), ("q", 4, 4)]


def test_the_separator_is_the_one_that_makes_sense_of_the_header() -> None:
    assert texts("id;name\nA,1;x") == [["id", "name"], ["A,1", "x"]]
    assert texts("id\tname\nA,1\tx;y") == [["id", "name"], ["A,1", "x;y"]]
    assert texts("sep=;\nid;name\n")[-1] == ["id", "name"]
    assert texts("# a;b;c;d\n\nid,name\n")[-1] == ["id", "name"]
    assert texts("nothing,known;here,at,all\n") == [["nothing", "known;here", "at", "all"]]


def test_a_quote_that_is_never_closed_is_a_fault_and_spoils_its_cell_only() -> None:
    rows, told = cut('id,name\nA,"x,y\nB,z\n')
    assert [(line, column) for line, column, _ in told] == [(2, 3)]
    assert [[cell[0] for cell in row] for row in rows] == [["id", "name"], ["A", "x", "y"], ["B", "z"]]


def test_text_behind_a_closing_quote_is_a_fault() -> None:
    rows, told = cut('id,name\nA,"x" y,z\n')
    assert [(line, column) for line, column, _ in told] == [(2, 3)]
    assert [cell[0] for cell in rows[1]] == ["A", "xy", "z"]


def test_a_quote_inside_a_cell_is_only_a_character() -> None:
    assert texts('id,name\nA,5" pipe\n')[1] == ["A", '5" pipe']


def test_comments_are_lines_that_begin_with_a_hash() -> None:
    assert comments('# it\'s "a", b\nid,name\n  # c\nA,# no comment\n"# d, e",,\n') == [
        '# it\'s "a", b',
        "  # c",
        "# d, e",
    ]
    assert texts("id,name\nA,# no comment\n") == [["id", "name"], ["A", "# no comment"]]


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet='a,;\t"\n# =sep', max_size=40))
def test_any_text_is_cut_with_true_places(text: str) -> None:
    lines = text.split("\n")
    rows, told = cut(text)
    places = [(line, column) for row in rows for _, line, column in row] + [(line, column) for line, column, _ in told]
    for line, column in places:
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1


@settings(deadline=None, max_examples=200)
@given(st.lists(st.lists(st.text(alphabet='a,;"\n# ', max_size=6), min_size=2, max_size=2), max_size=4))
def test_what_is_quoted_comes_back(rows: list[list[str]]) -> None:
    lines = ["id,name"] + [",".join('"' + cell.replace('"', '""') + '"' for cell in ["x", *row]) for row in rows]
    assert texts("\n".join(lines))[1:] == [["x", *row] for row in rows]
