"""The columns an import of people understands, and what a row of them says."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from waystation.cases.codes import said
from waystation.cases.models import AGE_BANDS, ASKERS, NEEDS, SPOKEN, URGENCIES, WAYS
from waystation.cases.services import FirstCall
from waystation.cases.steps.vocabulary import Priority
from waystation.intake.faults import Fault, FaultCode, fault
from waystation.intake.tables.row import Row
from waystation.intake.writing.harmless import restored

CONSENTS = ("yes", "no", "not_asked")
MOST_HEADS = 200


class CellError(ValueError):
    """A cell does not say what its column asks for; the code says how, ``about`` what would be right."""

    def __init__(self, code: FaultCode, **about: Any) -> None:
        super().__init__(code.value)
        self.code = code
        self.about = about


Read = Callable[[str], object]


def _text(longest: int) -> Read:
    def read(text: str) -> object:
        if len(text) > longest:
            raise CellError(FaultCode.CELL_TOO_LONG, most=longest)
        return text

    return read


def _choice(words: Sequence[str]) -> Read:
    def read(text: str) -> object:
        word = text.casefold().replace(" ", "_")
        if word not in words:
            raise CellError(FaultCode.VALUE_CHOICE, choices=", ".join(words))
        return word

    return read


def _day(text: str) -> object:
    try:
        return date.fromisoformat(text[:10] if text[10:11] in {"T", " "} else text)
    except ValueError:
        raise CellError(FaultCode.VALUE_KIND, wants="date") from None


def _count(text: str) -> object:
    bare = text.removesuffix(".0")
    if not (bare.isascii() and bare.isdigit() and int(bare) <= MOST_HEADS):
        raise CellError(FaultCode.VALUE_KIND, wants="whole", low=0, high=MOST_HEADS)
    return int(bare)


def _needs(text: str) -> object:
    told = {word.strip().casefold().replace(" ", "_") for word in re.split(r"[,;]", text)} - {""}
    if told - set(NEEDS):
        raise CellError(FaultCode.VALUE_CHOICE, choices=", ".join(NEEDS))
    return tuple(need for need in NEEDS if need in told)


def band_of_age(years: int) -> str:
    """Return the age band of somebody so many years old."""
    bounds = ((4, "0-4"), (11, "5-11"), (17, "12-17"), (59, "18-59"), (74, "60-74"))
    return next((band for most, band in bounds if years <= most), "75+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an import: its name, what else it may be called, and how a cell is read."""

    name: str
    read: Read
    aliases: tuple[str, ...] = ()


COLUMNS: tuple[Column, ...] = (
    Column("reference", _text(200), ("id", "number", "참조", "번호")),
    Column("code", said, ("case code", "사건 코드")),
    Column("name", _text(200), ("for whom", "이름")),
    Column("region", _text(200), ("place", "whereabouts", "지역")),
    Column("birth_date", _day, ("date of birth", "born", "생년월일")),
    Column("age", _count, ("나이",)),
    *(Column(f"people {band}", _count, (f"heads {band}", f"인원 {band}")) for band in AGE_BANDS),
    Column("party_size", _count, ("how many", "인원")),
    Column("urgency", _choice(URGENCIES), ("how soon", "긴급")),
    Column("needs", _needs, ("필요",)),
    Column("note", _text(20_000), ("메모",)),
    Column("asker", _choice(ASKERS), ("who asks", "요청자")),
    Column("asker_name", _text(200), ("name of asker", "요청자 이름")),
    Column("answer_way", _choice(WAYS), ("way to answer", "연락 방법")),
    Column("answer_address", _text(300), ("telephone", "address to answer", "연락처")),
    Column("answer_time", _text(300), ("safe time", "안전한 시간")),
    Column("language", _choice(SPOKEN), ("언어",)),
    Column("danger", _text(10_000), ("위험",)),
    Column("deadline", _day, ("기한",)),
    Column("contact_consent", _choice(CONSENTS), ("consent to contact", "연락 동의")),
    Column("priority", _choice([each.value for each in Priority]), ("우선순위",)),
)
"""Every column of an import. A row needs ``name``, and people: an age, or a number in at least one band."""
IN_LINES = frozenset({"danger", "note"})
"""Columns whose lines stay lines."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says: values by column, or its faults.

    Attributes
    ----------
    digest
        Of everything it says, whatever the order of its columns.
    """

    row: int
    values: Mapping[str, object] = field(repr=False)
    faults: tuple[Fault, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of what it says; it is kept sealed only, for few rows are hard to guess."""
        told = "\x1f".join(f"{name}\x1e{value}" for name, value in sorted(self.values.items()))
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def text(self) -> Callable[[str], str]:
        """The text of a column, empty where there is none."""
        return lambda name: str(self.values.get(name, ""))

    def heads(self) -> dict[str, int]:
        """Return how many people of each age band."""
        found = {band: int(str(self.values.get(f"people {band}", 0))) for band in AGE_BANDS}
        if not any(found.values()) and "age" in self.values:
            found[band_of_age(int(str(self.values["age"])))] = 1
        return {band: count for band, count in found.items() if count}

    def beside(self) -> dict[str, object]:
        """Return what the row says of a new case beside its first call, by the case's fields."""
        told = {name: self.values[name] for name in ("birth_date", "urgency", "needs", "note") if name in self.values}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}

    def call(self) -> FirstCall:
        """Return the request that the row stands for."""
        deadline = self.values.get("deadline")
        return FirstCall(
            asker=self.text("asker") or "other",
            for_whom=self.text("name"),
            heads=self.heads(),
            contact_consent=self.text("contact_consent") or "not_asked",
            priority=Priority(self.text("priority") or Priority.NORMAL.value),
            asker_name=self.text("asker_name"),
            answer_way=self.text("answer_way"),
            answer_address=self.text("answer_address"),
            answer_time=self.text("answer_time"),
            language=self.text("language"),
            region=self.text("region"),
            danger=self.text("danger"),
            deadline=deadline if isinstance(deadline, date) else None,
        )


def columns_of(header: Sequence[str], sheet: str = "") -> tuple[dict[int, Column], list[Fault]]:
    """Return which place of a row holds which column, and the names that are no column here."""
    by_name = {_plain(name): column for column in COLUMNS for name in (column.name, *column.aliases)}
    found: dict[int, Column] = {}
    faults: list[Fault] = []
    for at, name in enumerate(header):
        column = by_name.get(_plain(name))
        if column is not None and column not in found.values():
            found[at] = column
        elif name:
            faults.append(fault(FaultCode.COLUMN_UNKNOWN, sheet=sheet, column=name))
    return found, faults


def entry_of(row: Row, columns: Mapping[int, Column]) -> Entry:
    """Read a row: all its faults, or what it says. A row that says too little to enter anybody is not faulty by that alone."""
    values: dict[str, object] = {}
    faults = list(row.faults)
    for at, column in columns.items():
        text = restored(row.cells[at]).strip() if at < len(row.cells) else ""
        text = text if column.name in IN_LINES else " ".join(text.split())
        if text:
            try:
                values[column.name] = column.read(text)
            except CellError as error:
                faults.append(fault(error.code, row=row.number, column=column.name, **error.about))
    return Entry(row.number, values, tuple(faults))


def missing_of(entry: Entry) -> list[Fault]:
    """Return what a row lacks to enter somebody anew."""
    found = [] if entry.text("name") else [fault(FaultCode.VALUE_MISSING, row=entry.row, column="name")]
    if not entry.heads():
        found.append(fault(FaultCode.VALUE_MISSING, row=entry.row, column="age"))
    return found


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).casefold().replace("_", " ")
    return " ".join(text.split())
