import re
import tomllib
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from waystation.formats.faults import Fault
from waystation.formats.kinds import PLAIN, CellError, SourceId, did_you_mean, quoted
from waystation.formats.rows import Cell, Settings
from waystation.formats.tables import SETTINGS
from waystation.formats.text import LOST

_FILE = SETTINGS.file
_KEY = re.compile(r"""[ \t]*(?:"([^"\\]*)"|'([^']*)'|([A-Za-z0-9_-]+))[ \t]*=[ \t]*""")
_HEADER = re.compile(r"""[ \t]*\[[ \t]*["']?([^\]"']*?)["']?[ \t]*\][ \t]*(?:#.*)?""")
_PLACE = re.compile(r"\s*\(at line (\d+), column (\d+)\)$")
_DECIMAL = re.compile(r"""^[ \t]*decimal[ \t]*=[ \t]*["']([.,])["']""", re.MULTILINE)
_LARGEST_WHOLE = 10**18


def blank_settings(*, whole: bool) -> Settings:
    """Return settings that say nothing: every key blank, defaults in place."""
    cells = {column.name: Cell("", column.default_value, 1, 1) for column in SETTINGS.columns}
    return Settings(cells, whole=whole)


def read_settings(text: str) -> tuple[Settings, list[Fault]]:
    """Read the text of network.toml; what cannot be read is a fault, with the place of its key."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return _without_toml(text), [_not_toml(text, error)]
    reader = _SettingsReader(text, data)
    return reader.read(), sorted(reader.faults)


def _without_toml(text: str) -> Settings:
    """Return settings that say nothing but the decimal sign, so that numbers elsewhere are not complained of wrongly."""
    settings = blank_settings(whole=False)
    match = _DECIMAL.search(text)
    if match is None:
        return settings
    return replace(settings, cells={**settings.cells, "decimal": Cell(match[1], match[1], 1, 1)})


def _not_toml(text: str, error: Exception) -> Fault:
    message = (
        str(error).replace("\n", " ")
        if isinstance(error, tomllib.TOMLDecodeError)
        else "a value is too large or too deep"
    )
    match = _PLACE.search(message)
    line, column = (int(match[1]), int(match[2])) if match else (text.rstrip("\n").count("\n") + 1, 1)
    what = _PLACE.sub("", message).removesuffix(" (at end of document)")
    return Fault(_FILE, line, column, f"this is not TOML: {what}", 'write lines such as name = "Mekong routes"')


class _SettingsReader:
    def __init__(self, text: str, data: dict[str, Any]) -> None:
        self._data = data
        self._layout = _Layout(text)
        self.faults: list[Fault] = []

    def read(self) -> Settings:
        cells = dict(blank_settings(whole=True).cells)
        extra = {}
        for key, value in self._data.items():
            if key == "sources":
                continue
            if key in SETTINGS.by_name:
                cells[key] = self._cell(key, value)
            elif key.startswith("x_"):
                extra[key] = self._free(key, value)
            else:
                known = (*SETTINGS.names, "sources")
                self._complain(
                    key,
                    f"network.toml has no key {quoted(key)}",
                    f"{did_you_mean(key, known)} (free keys begin with x_)",
                )
        layout = self._layout
        return Settings(cells, extra, self._sources(), layout.comments, layout.remarks)

    def _complain(self, key: str, what: str, right: str) -> None:
        line, column = self._layout.places.get(key, (1, 1))
        self.faults.append(Fault(_FILE, line, column, what, right))

    def _cell(self, key: str, value: Any) -> Cell:
        column = SETTINGS.by_name[key]
        line, place = self._layout.places.get(key, (1, 1))
        text = _plain_text(value)
        if text is None or LOST in text:
            self._complain(key, f"{key} is {_sort_of(value)}", f"write {key} = {column.example}")
            return Cell("?", None, line, place)
        if not text:
            return Cell("", column.default_value, line, place)
        try:
            return Cell(text, column.kind.read(text, PLAIN), line, place)
        except CellError as error:
            self._complain(key, f"{key}: {error.what}", error.right)
            return Cell(text, None, line, place)

    def _free(self, key: str, value: Any) -> Any:
        if _plain_text(value) is None and not isinstance(value, bool | float | time):
            self._complain(
                key, f"the free key {key} is {_sort_of(value)}", "give it a text, a number, a date, true or false"
            )
        return value

    def _sources(self) -> dict[str, Cell]:
        table = self._data.get("sources", {})
        if not isinstance(table, dict):
            self._complain(
                "sources",
                "sources is not a table",
                'write [sources], then lines such as FACT-1 = "where it was published"',
            )
            return {}
        return {key: self._source(key, value) for key, value in table.items()}

    def _source(self, key: str, value: Any) -> Cell:
        place = f"sources.{key}"
        line, column = self._layout.places.get(place, (1, 1))
        text = value.strip() if isinstance(value, str) else ""
        try:
            if SourceId().read(key, PLAIN) == "assumed":
                self._complain(
                    place, "the source id 'assumed' is taken: it stands for no source", "give the source another id"
                )
        except CellError as error:
            self._complain(place, f"sources: {error.what}", error.right)
        if not key or not text or LOST in text:
            right = f'write {key or "ID"} = "title, publisher, date, address"'
            self._complain(place, f"the source {quoted(key)} does not say where it was published", right)
        return Cell(text, text or None, line, column)


def _plain_text(value: Any) -> str | None:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float | date):
        return None
    if isinstance(value, int) and abs(value) >= _LARGEST_WHOLE:
        return None
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return str(value)


def _sort_of(value: Any) -> str:
    if isinstance(value, str):
        return "a text that was damaged when the file was saved"
    if isinstance(value, bool):
        return "true or false"
    return {int: "too large a number", list: "a list", dict: "a table"}.get(type(value), "of another type")


class _Layout:
    """Where the keys of a TOML text stand, and its comments: what a TOML parser does not keep."""

    def __init__(self, text: str) -> None:
        self.places: dict[str, tuple[int, int]] = {}
        self.comments: dict[str, tuple[str, ...]] = {}
        self.remarks: dict[str, str] = {}
        table = ""
        pending: list[str] = []
        for number, line in enumerate(text.split("\n"), start=1):
            if line.lstrip().startswith("#"):
                pending.append(line.strip())
                continue
            if match := _HEADER.fullmatch(line):
                table = f"{match[1]}."
                key, column = match[1], line.index("[") + 1
                comment_key = f"[{key}]"
            elif match := _KEY.match(line):
                key, column = table + next(group for group in match.groups() if group is not None), match.end() + 1
                comment_key = key
            else:
                continue
            self.places.setdefault(key, (number, column))
            self.comments[comment_key], pending = tuple(pending), []
            if remark := _remark(line):
                self.remarks[comment_key] = remark
        self.comments[""] = tuple(pending)


def _remark(line: str) -> str:
    """Return the comment that ends a line which is whole TOML by itself, or nothing."""
    for position, sign in enumerate(line):
        if sign == "#":
            try:
                tomllib.loads(line[:position])
            except (ValueError, RecursionError):
                continue
            return line[position:].strip()
    return ""
