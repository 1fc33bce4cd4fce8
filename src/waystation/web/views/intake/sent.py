"""Files of submissions as they were sent: several at once, read into sheets and instances."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from django import forms

from waystation.intake.faults import Fault, FaultCode, fault
from waystation.intake.forms.form import Form, Section
from waystation.intake.limits import FORMS
from waystation.intake.submissions.instance import read_instance
from waystation.intake.submissions.mapping import PARENTS, FormMapping, repeat_of
from waystation.intake.submissions.rows import submissions_in
from waystation.intake.submissions.submission import Submission
from waystation.intake.tables.opening import open_table
from waystation.intake.tables.row import Headed, Sheet, headed
from waystation.web.wording import say

MOST_FILES = 100
"""Files that are sent at once."""


class FilesInput(forms.ClearableFileInput):
    """A field that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, at most `MOST_FILES`; cleaned, a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Clean each by itself."""
        given = data if isinstance(data, list | tuple) else [data]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(say("intake.submissions.too_many", most=MOST_FILES))
        found: list[Any] = [super(FilesField, self).clean(each, initial) for each in given]
        if not found:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return found


class Sources:
    """The files that are looked at, let go together."""

    def __init__(self, files: Sequence[BinaryIO]) -> None:
        """Hold ``files``."""
        self.files = tuple(files)

    def close(self) -> None:
        """Let go of all."""
        for each in self.files:
            each.close()


@dataclass
class Read:
    """What was sent: sheets of tables, and single instances; ``code`` is the case of those that name none."""

    sheets: tuple[Headed, ...] = ()
    instances: tuple[Submission, ...] = ()
    faults: tuple[Fault, ...] = ()
    code: str = ""

    def submissions(self, form: Form, mapping: FormMapping) -> Iterator[Submission | Fault]:
        """Yield what is in all of it."""
        yield from submissions_in(form, self.sheets, mapping)
        yield from self.instances


def read_sent(form: Form, files: Sequence[tuple[str, BinaryIO]], code: str) -> Read:
    """Read files, each with the name under which it was sent.

    ODK gives one CSV for the submissions and one for each repeat, which names its parent row in each row: together they are read
    as the sheets of one workbook are. A repeat's sheet is called after the repeat; names of files are not kept.
    """
    tables: list[Sheet] = []
    instances: list[Submission] = []
    faults: list[Fault] = []
    for at, (name, source) in enumerate(files, start=1):
        if _is_xml(source):
            instance, wrong = read_instance(form, source.read(FORMS.bytes + 1))
            instances += [instance if len(files) == 1 else replace(instance, row=at)] if instance is not None else []
        else:
            opened = open_table(source)
            tables += [_called(form, sheet, name) for sheet in opened.sheets if not sheet.hidden]
            wrong = opened.faults
        faults += [replace(each, row=each.row or at) for each in wrong] if len(files) > 1 else wrong
    sheets = sorted((_known_by_columns(form, headed(sheet)) for sheet in tables), key=_names_a_parent)
    taken: set[str] = set()
    for sheet in sheets:
        if sheet.sheet in taken:
            faults.append(fault(FaultCode.SHEET_TWICE, sheet=sheet.sheet))
        taken.add(sheet.sheet)
        faults += sheet.faults
    return Read(tuple(sheets), tuple(instances), tuple(faults), code)


def _is_xml(source: BinaryIO) -> bool:
    head = source.read(64) or b""
    source.seek(0)
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _called(form: Form, sheet: Sheet, file: str) -> Sheet:
    """Return a sheet under the name of the repeat that its file is called after, if it has no name of its own."""
    last = re.split(r"[-~]", PurePosixPath(file).stem.casefold())[-1]
    repeats = [part.name for part in form.parts.values() if isinstance(part, Section) and part.repeats]
    return sheet if sheet.name else replace(sheet, name=next((each for each in repeats if each.casefold() == last), ""))


def _known_by_columns(form: Form, sheet: Headed) -> Headed:
    """Return a repeat's table without a name under that of the repeat whose questions its columns are."""
    repeat = repeat_of(form, sheet, first=False) if not sheet.sheet and _names_a_parent(sheet) else ()
    return replace(sheet, sheet=repeat[-1]) if repeat else sheet


def _names_a_parent(sheet: Headed) -> bool:
    return bool({column.casefold() for column in sheet.columns} & set(PARENTS))
