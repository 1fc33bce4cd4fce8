"""The format's page, drawn from the declared table: ``python -m waystation.formats.document > docs/format.md``."""

import sys
from importlib.resources import files

from waystation.formats.example import EXAMPLE
from waystation.formats.kinds import Chance, Code, Kind, Number, OneOf, Whole
from waystation.formats.tables import CSV_TABLES, TABLES, Column, Table
from waystation.kernel import CURRENCIES


def format_page() -> str:
    """Return docs/format.md: the prose of ``format_page.md`` with everything that is declared put in."""
    page = files("waystation.formats").joinpath("format_page.md").read_text(encoding="utf-8")
    parts = {
        "{files}": _files(),
        "{kinds}": _kinds(),
        "{currencies}": ", ".join(f"{name} {decimals}" for name, decimals in CURRENCIES.items()),
        "{tables}": "\n\n".join(_section(table) for table in TABLES.values()),
        "{example}": "\n\n".join(f"`{name}`\n\n```\n{text.rstrip()}\n```" for name, text in EXAMPLE.items()),
    }
    for mark, text in parts.items():
        page = page.replace(mark, text)
    return page


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _files() -> str:
    lines = [_row("file", "one row is", "required"), _row("---", "---", "---")]
    lines += [_row(f"`{table.file}`", table.row, "yes" if table.required else "no") for table in TABLES.values()]
    return "\n".join(lines)


def _kinds() -> str:
    shown: dict[str, tuple[Kind, str]] = {}
    for table in CSV_TABLES:
        for column in table.columns:
            if not _is_spelt_out(column.kind):
                shown.setdefault(column.kind.title, (column.kind, column.example))
    lines = [_row("type", "how it is written", "example"), _row("---", "---", "---")]
    lines += [_row(title, kind.span, f"`{example}`") for title, (kind, example) in sorted(shown.items())]
    return "\n".join(lines)


def _is_spelt_out(kind: Kind) -> bool:
    """Tell whether a kind differs from column to column, so that each column says it."""
    return isinstance(kind, Number | Whole | OneOf) or (isinstance(kind, Code) and bool(kind.of))


def _section(table: Table) -> str:
    head = "key" if table.file.endswith(".toml") else "column"
    lines = [f"## `{table.file}`", "", f"One row is {table.row}.", ""]
    if head == "key":
        lines[2] = "What holds for the whole network."
    if table.has_ids:
        lines[2] += " Ids are unique, capitals or not." if not table.ids_repeat else ""
    lines += [_row(head, "type", "unit", "blank means", "meaning", "example"), _row(*["---"] * 6)]
    lines += [_column(column) for column in table.columns]
    for note in table.notes:
        lines += ["", note]
    return "\n".join(lines)


def _column(column: Column) -> str:
    span = column.kind.span if _is_spelt_out(column.kind) or column.kind == Chance(above_zero=True) else ""
    return _row(
        f"`{column.name}`",
        f"{column.kind.title}: {span}" if span else column.kind.title,
        column.unit,
        column.when_blank,
        column.meaning,
        f"`{column.example}`",
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(format_page())
