"""Scenarios of the simulation: a TOML file each, what may befall and what is assumed of the organisation."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from waystation.engine.simulation.organisation import OPENING, Organisation
from waystation.engine.simulation.scenario import MOST_CHANGES, Change, ChangeKind, Scenario
from waystation.formats.faults import Fault
from waystation.kernel import BadInputError, closest

_NUMBERS = {"factor": (0.0, 1e6), "begins": (0.0, 1.0), "ends": (0.0, 1.0)}
_WEEKS = {"from_week": 0, "weeks": 1}
_LISTS = ("legs", "partners")
_TOP = ("name", "note", "organisation", "change")
_KNOWN = ("kind", *_NUMBERS, *_WEEKS, *_LISTS, "note")
_SETTINGS = {field.name: field.type for field in fields(Organisation)}
_PLACE = re.compile(r"\s*\(at line (\d+), column (\d+)\)$")


def read_scenario(text: str, file: str) -> tuple[Scenario | None, list[Fault]]:
    """Read a scenario; with any fault there is none, and every fault is named with its place.

    Parameters
    ----------
    file
        What the file is called in faults.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _PLACE.search(str(error))
        line, column = (int(match[1]), int(match[2])) if match else (1, 1)
        what = f"this is not TOML: {_PLACE.sub('', str(error))}"
        return None, [Fault(file, line, column, what, 'write lines such as name = "crackdown"')]
    reader = _Reader(text, file, data)
    scenario = reader.scenario()
    return (None, sorted(reader.faults)) if reader.faults else (scenario, [])


@dataclass
class _Reader:
    text: str
    file: str
    data: dict[str, Any]

    def __post_init__(self) -> None:
        self.faults: list[Fault] = []
        self.lines = self.text.splitlines()

    def scenario(self) -> Scenario | None:
        self._unknown(self.data, _TOP, 0)
        name = self.data.get("name")
        if not isinstance(name, str) or not name.strip():
            self._fault("name", 0, "a scenario needs a name", 'write a line such as name = "crackdown"')
        settings = tuple(self._settings())
        changes = [change for n, table in enumerate(self._tables()) if (change := self._change(table, n)) is not None]
        if len(changes) > MOST_CHANGES:
            self._fault(
                "change",
                0,
                f"{len(changes)} changes",
                f"write at most {MOST_CHANGES}: every set of them is planned for",
            )
        if self.faults:
            return None
        return Scenario(str(name), tuple(changes), settings, str(self.data.get("note", "")))

    def _settings(self) -> Iterator[tuple[str, float]]:
        table = self.data.get("organisation", {})
        if not isinstance(table, dict):
            self._fault("organisation", 0, "organisation is no table", "write [organisation] on a line of its own")
            return
        self._unknown(table, tuple(_SETTINGS), 0)
        for name, value in table.items():
            if name not in _SETTINGS:
                continue
            if not _is_number(value) or (_SETTINGS[name] in {"int", int} and not isinstance(value, int)):
                self._fault(
                    name, 0, f"{value!r} is no number that {name} takes", f"write a number such as {_default(name)}"
                )
                continue
            try:
                Organisation(**{name: value})
            except BadInputError as error:
                self._fault(name, 0, str(error), f"write a number such as {_default(name)}")
            yield name, value

    def _tables(self) -> list[dict[str, Any]]:
        tables = self.data.get("change", [])
        if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
            self._fault("change", 0, "change is no list of tables", "write [[change]] before each change")
            return []
        return tables

    def _change(self, table: dict[str, Any], n: int) -> Change | None:
        before = len(self.faults)
        self._unknown(table, _KNOWN, n)
        kinds = [kind.value for kind in ChangeKind]
        if table.get("kind") not in kinds:
            what = "a change needs a kind" if "kind" not in table else f"there is no kind {table['kind']!r}"
            self._fault("kind", n, what, f"write one of {', '.join(kinds)}")
        values = {name: self._number(table, name, n) for name in _NUMBERS if name in table}
        weeks = {name: self._week(table, name, n) for name in _WEEKS if name in table}
        named = {name: self._ids(table, name, n) for name in _LISTS if name in table}
        if table.get("kind") == ChangeKind.PARTNER_LOST and not table.get("partners"):
            self._fault("kind", n, "no partner is named", 'write partners = ["d1"]')
        if table.get("kind") in {ChangeKind.RISK, ChangeKind.PRICE} and "factor" not in table:
            self._fault("kind", n, "no factor is given", "write factor = 2.0")
        if table.get("begins") and weeks:
            self._fault("begins", n, "begins goes without from_week and weeks", "leave out begins, or the weeks")
        if len(self.faults) > before:
            return None
        return Change(kind=ChangeKind(table["kind"]), **values, **weeks, **named)  # type: ignore[arg-type]

    def _number(self, table: dict[str, Any], name: str, n: int) -> float:
        least, most = _NUMBERS[name]
        value = table[name]
        if not _is_number(value) or not least <= value <= most or (name == "factor" and value == 0):
            self._fault(
                name,
                n,
                f"{value!r} is no {name}",
                f"write a number {'above' if name == 'factor' else 'from'} 0 to {most:g}",
            )
            return least
        return float(value)

    def _week(self, table: dict[str, Any], name: str, n: int) -> int:
        value = table[name]
        if isinstance(value, bool) or not isinstance(value, int) or value < _WEEKS[name]:
            self._fault(name, n, f"{value!r} is no number of weeks", f"write a whole number from {_WEEKS[name]}")
            return _WEEKS[name]
        return value

    def _ids(self, table: dict[str, Any], name: str, n: int) -> frozenset[str]:
        value = table[name]
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self._fault(name, n, f"{value!r} is no list of ids", f'write {name} = ["a", "b"]')
            return frozenset()
        return frozenset(value)

    def _unknown(self, table: dict[str, Any], known: tuple[str, ...], n: int) -> None:
        for key in table:
            if key not in known:
                meant = closest(key, known)
                right = f"did you mean {meant}?" if meant else f"write one of {', '.join(known)}"
                self._fault(key, n, f"there is no key {key!r}", right)

    def _fault(self, key: str, n: int, what: str, right: str) -> None:
        """Note a fault at the key in the n-th change, or at its first line where it is not written."""
        begin = 0
        if n or key in _KNOWN:
            headers = [at for at, line in enumerate(self.lines) if line.strip().startswith("[[change]]")]
            begin = headers[n] if n < len(headers) else 0
        for at, line in enumerate(self.lines[begin:], begin):
            if re.match(rf"\s*[\[\"']*{re.escape(key)}\b", line):
                self.faults.append(Fault(self.file, at + 1, 1, what, right))
                return
        self.faults.append(Fault(self.file, begin + 1, 1, what, right))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _default(name: str) -> str:
    value = getattr(Organisation(), name)
    return f"{OPENING if value is None else value:g}"
