"""Which column of a table answers which question. A person may change it; it is kept and used again."""

import unicodedata
from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from waystation.intake.faults import Fault, FaultCode, fault
from waystation.intake.forms.form import Form, Kind, Question, Section
from waystation.intake.tables.row import Headed
from waystation.kernel import BadInputError

KEY = "@key"
"""The column with a submission's own key."""
INDEX = "@index"
"""The column by which the rows of a repeat's sheet name their parent row."""
PARENT = "@parent"
"""In a repeat's sheet: the parent's index or key."""
CASE = "@case"
"""The column with the code of the case that a submission is about."""
IGNORED = "@ignored"
"""A column that the other program adds and that nobody filled in."""

ROLES = (KEY, CASE, INDEX, PARENT, IGNORED)
"""What a column may be that answers no question."""

_KEYS = ("meta/instanceid", "meta-instanceid", "instanceid", "_uuid", "key", "meta:instanceid")
_CASES = ("case", "case code", "case_code", "사건 코드")
PARENTS = ("parent_key", "_parent_index", "_submission__uuid")
"""Columns by which the rows of a repeat's sheet name their parent; small letters."""
_ADDED = frozenset({
    "_id", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "__version__", "_tags",
    "_index", "_parent_table_name", "_submission__id", "_submission__submission_time", "_submission__validation_status",
    "_submission__notes", "_submission__status", "_submission__submitted_by", "_submission___version__",
    "_submission__tags", "submissiondate", "submitterid", "submittername", "attachmentspresent", "attachmentsexpected",
    "status", "reviewstate", "deviceid", "edits", "formversion", "formhub/uuid", "meta/rootuuid", "_xform_id_string",
    "meta/deprecatedid", "set-of", "meta/instancename", "_attachments", "_geolocation", "_submission__uuid", "_uuid",
    "key", "parent_key",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How one sheet's columns are read.

    Attributes
    ----------
    sheet
        Its name; empty for CSV.
    repeat
        Path of the repeat whose instances its rows are; empty for the sheet of submissions.
    columns
        Target of each column: a question's path joined by ``/``, that and ``=choice`` for one box of several, or one of
        `ROLES`; empty where nothing fits yet.
    """

    sheet: str
    repeat: tuple[str, ...] = ()
    columns: MappingType[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormMapping:
    """How a file of submissions is read: one `SheetMapping` for each sheet that is."""

    sheets: tuple[SheetMapping, ...]

    def for_sheet(self, name: str) -> SheetMapping | None:
        """Return how a sheet is read; None if it is not."""
        return next((each for each in self.sheets if each.sheet == name), None)


def suggest(
    form: Form, sheets: Sequence[Headed], kept: FormMapping | None = None
) -> tuple[FormMapping, tuple[Fault, ...]]:
    """Return what each column is most likely to answer, and the columns that fit nothing.

    Names of ODK (``group-question``), KoBo (``group/question``, ``question/choice``) and labels are understood. A kept mapping
    comes first wherever it names a column.
    """
    found, faults = [], []
    for at, sheet in enumerate(sheets):
        repeat = repeat_of(form, sheet, first=at == 0)
        before = kept.for_sheet(sheet.sheet) if kept is not None else None
        names = _Names(form, repeat, main=not repeat)
        columns = {}
        for column in filter(None, sheet.columns):
            target = before.columns.get(column, "") if before is not None else ""
            columns[column] = target if is_target(form, target) else names.target(column)
            if not columns[column]:
                faults.append(fault(FaultCode.COLUMN_UNKNOWN, sheet=sheet.sheet, row=0, column=column))
        found.append(SheetMapping(sheet.sheet, repeat, columns))
    return FormMapping(tuple(found)), tuple(faults)


def is_target(form: Form, target: str) -> bool:
    """Tell whether a column may be mapped to this: a question of the form, one box of it, or a role."""
    if target in ROLES:
        return True
    path, mark, choice = target.partition("=")
    part = form.parts.get(tuple(path.split("/"))) if path else None
    if not isinstance(part, Question):
        return False
    return not mark or (part.kind is Kind.SEVERAL and choice in form.labels.get(part.choices, {}))


def mapping_document(mapping: FormMapping) -> list[dict[str, Any]]:
    """Return a mapping as plain JSON."""
    return [
        {"sheet": each.sheet, "repeat": list(each.repeat), "columns": dict(each.columns)} for each in mapping.sheets
    ]


def mapping_of(document: list[dict[str, Any]]) -> FormMapping:
    """Return the mapping of a document; raise BadInputError if it is none."""
    try:
        return FormMapping(
            tuple(
                SheetMapping(
                    str(each["sheet"]), tuple(each["repeat"]), {str(k): str(v) for k, v in each["columns"].items()}
                )
                for each in document
            )
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise BadInputError("this is not a mapping") from error


def repeat_of(form: Form, sheet: Headed, first: bool) -> tuple[str, ...]:
    """Return the repeat whose rows a sheet holds: KoBo names the sheet after it, and both name the parent in each row."""
    repeats = [part.path for part in form.parts.values() if isinstance(part, Section) and part.repeats]
    lowered = {column.lower() for column in sheet.columns}
    if first and not lowered & set(PARENTS):
        return ()
    for path in repeats:
        if sheet.sheet.lower().rpartition("-")[2] == path[-1].lower()[:31]:
            return path
    for path in reversed(repeats):
        names = {child.path[-1].lower() for child in form.parts.values() if child.path[: len(path)] == path}
        if names & {column.lower().replace("-", "/").rpartition("/")[2] for column in sheet.columns}:
            return path
    return ()


class _Names:
    """What columns may be called: paths in every spelling, bare names where one question alone has them, labels."""

    def __init__(self, form: Form, repeat: tuple[str, ...], main: bool) -> None:
        self._main = main
        self._exact: dict[str, str] = {}
        self._loose: dict[str, list[str]] = {}
        for question in form.questions:
            if question.kind is Kind.NOTE or form.repeats_above(question.path) != form.repeats_above(repeat):
                continue
            target = "/".join(question.path)
            for path in (question.path, question.path[len(repeat) :]):
                for mark in "/-:.":
                    self._exact.setdefault(_plain(mark.join(path)), target)
            for word in (question.name, *question.labels.values()):
                self._loose.setdefault(_plain(word), []).append(target)
            if question.kind is Kind.SEVERAL:
                self._boxes(form, question, repeat)

    def _boxes(self, form: Form, question: Question, repeat: tuple[str, ...]) -> None:
        for choice in form.choices.get(question.choices, ()):
            target = f"{'/'.join(question.path)}={choice.name}"
            for path in (question.path, question.path[len(repeat) :]):
                for mark in "/-:.":
                    self._exact.setdefault(_plain(mark.join((*path, choice.name))), target)
                    self._exact.setdefault(_plain(mark.join(path) + "/" + choice.name), target)

    def target(self, column: str) -> str:
        name = _plain(column)
        if name in self._exact:
            return self._exact[name]
        if self._main and name in _KEYS:
            return KEY
        if self._main and name in _CASES:
            return CASE
        if name == "_index":
            return INDEX
        if not self._main and name in PARENTS:
            return PARENT if name != "_submission__uuid" else IGNORED
        if not self._main and name == "key":
            return INDEX
        if name in _ADDED or name.startswith("set of "):
            return IGNORED
        loose = self._loose.get(name.rpartition("/")[2], self._loose.get(name, []))
        return loose[0] if len(set(loose)) == 1 else ""


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
