import re
import textwrap
from pathlib import Path

from waystation.formats.folder import replace_folder, require_free
from waystation.formats.kinds import Chance, Number, Whole
from waystation.formats.tables import CSV_TABLES, SETTINGS, Column, Table

_WIDTH = 100
_FIRST_STEPS = (
    "A network folder: what is known of the routes, and who asks to use them. Fill in the files with a spreadsheet or an "
    "editor, save them as CSV UTF-8, and run 'waystation check FOLDER' until it names no fault."
)
_FIRST_RULES = (
    "Required: network.toml, places.csv and legs.csv. A file without rows may be removed. Ids are short codes, never names. "
    "Lists inside a cell separate their parts by |. A line that begins with # is a comment. Columns that begin with x_ are "
    "free."
)


def new_folder(path: Path) -> None:
    """Write a network folder with nothing filled in: headers, explained keys, and a README.txt of every column.

    Checking it names what has to be filled in.

    Raises
    ------
    BadInputError
        If something is there already, or the folder cannot be written.
    """
    require_free(path)
    replace_folder(path, {name: text.encode() for name, text in empty_folder().items()})


def empty_folder() -> dict[str, str]:
    """Return the files of an empty network folder by their names, each with its explanation."""
    files = {SETTINGS.file: _settings()}
    for table in CSV_TABLES:
        files[table.file] = f"# One row is {table.row}. README.txt explains the columns.\n{','.join(table.names)}\n"
    return files | {"README.txt": _readme()}


def _settings() -> str:
    lines = []
    for column in SETTINGS.columns:
        lines += textwrap.wrap(_explained(column), _WIDTH, initial_indent="# ", subsequent_indent="# ")
        value = column.default if isinstance(column.kind, Number | Whole | Chance) else f'"{column.default}"'
        unsaid = "" if value else "# "  # a number that may be left out has no empty form in TOML
        lines += [f"{unsaid}{column.name} = {value or column.example}", ""]
    lines += ["# Where each source of sources.csv was published.", "[sources]"]
    return "\n".join([*lines, '# FACT-1 = "title, publisher, date, address"', ""])


def _explained(column: Column) -> str:
    span = f": {column.kind.span}" if column.kind.span else ""
    unit = f" ({column.unit})" if column.unit else ""
    blank = "Required." if column.required else f"Blank: {column.when_blank}."
    text = f"{column.meaning} {column.kind.title.capitalize()}{span}{unit}. {blank} Example: {column.example}"
    return re.sub(r"`(\W)`", r'"\1"', text).replace("`", "")


def _readme() -> str:
    paragraphs = (_FIRST_STEPS, _FIRST_RULES)
    lines = ["\n\n".join(textwrap.fill(paragraph, _WIDTH) for paragraph in paragraphs)]
    lines += [_chapter(table) for table in (SETTINGS, *CSV_TABLES)]
    return "\n\n".join(lines) + "\n"


def _chapter(table: Table) -> str:
    required = "required" if table.required else "may be missing"
    lines = [f"{table.file} ({required})", "=" * len(table.file)]
    lines += textwrap.wrap(f"One row is {table.row}.", _WIDTH)
    lines.append("")
    for column in table.columns:
        lines += textwrap.wrap(_explained(column), _WIDTH, initial_indent=f"{column.name}: ", subsequent_indent="    ")
    for note in table.notes:
        lines += ["", *textwrap.wrap(note.replace("`", ""), _WIDTH)]
    return "\n".join(lines)
