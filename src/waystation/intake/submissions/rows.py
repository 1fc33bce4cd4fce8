import math
from collections.abc import Iterator, Sequence

from waystation.intake.expressions.values import to_number
from waystation.intake.faults import Fault, FaultCode, fault
from waystation.intake.forms.answers import MOST_INSTANCES, Answers, Place, put_answer
from waystation.intake.forms.form import Form, Kind, Question
from waystation.intake.submissions.mapping import CASE, INDEX, KEY, PARENT, FormMapping, SheetMapping
from waystation.intake.submissions.submission import Submission, leaves
from waystation.intake.tables.row import Headed, Row
from waystation.intake.writing.harmless import restored

_TICKED = frozenset({"1", "1.0", "true", "yes", "x"})


def submissions_in(form: Form, sheets: Sequence[Headed], mapping: FormMapping) -> Iterator[Submission | Fault]:
    """Yield the submissions of a table, row by row; a fault stands for a row that could not be read at all.

    Memory holds the rows of repeats, and one submission. A row of a repeat whose parent is not there is named at the end.
    """
    read = [(sheet, each) for sheet in sheets if (each := mapping.for_sheet(sheet.sheet)) is not None]
    repeats = _Repeats(form, [(sheet, each) for sheet, each in read if each.repeat])
    yield from repeats.faults
    for sheet, each in read:
        if each.repeat:
            continue
        for at, row in enumerate(sheet.rows(), start=1):
            if isinstance(row, Fault):
                yield row
            else:
                yield _submission(form, sheet, each, row, repeats, at)
    yield from repeats.orphans()


def _submission(form: Form, sheet: Headed, mapping: SheetMapping, row: Row, repeats: "_Repeats", at: int) -> Submission:
    answers, roles, faults = _read(form, sheet, mapping, row, ())
    names = {roles.get(KEY, ""), roles.get(INDEX, ""), str(at) if INDEX not in roles else ""} - {""}
    for name in sorted(names):
        faults += repeats.put_into(answers, name, ())
    return Submission(roles.get(KEY, ""), row.number, answers, tuple(faults), roles.get(CASE, ""))


def _read(
    form: Form, sheet: Headed, mapping: SheetMapping, row: Row, above: Place
) -> tuple[Answers, dict[str, str], list[Fault]]:
    """Return the answers of one row, relative to the form's root, the roles' values and what is wrong."""
    answers: Answers = {}
    roles: dict[str, str] = {}
    ticked: dict[str, list[str]] = {}
    for column, cell in zip(sheet.columns, row.cells, strict=True):
        target, text = mapping.columns.get(column, ""), restored(cell.strip())
        if target in {KEY, CASE, INDEX, PARENT}:
            roles[target] = text.strip() or roles.get(target, "")
        elif target and not target.startswith("@") and text:
            path, mark, choice = target.partition("=")
            if not mark:
                _put(form, answers, path, text, mapping.repeat, above)
            elif text.lower() in _TICKED or text == choice:
                ticked.setdefault(path, []).append(choice)
    for path, names in ticked.items():
        _put(form, answers, path, " ".join(names), mapping.repeat, above)
    return answers, roles, list(row.faults)


def _put(form: Form, answers: Answers, path: str, text: str, repeat: tuple[str, ...], above: Place) -> None:
    part = form.parts.get(tuple(path.split("/")))
    if isinstance(part, Question):
        below: Place = part.path[len(repeat) :]
        put_answer(answers, (*above, *below), as_answered(form, part, text))


def as_answered(form: Form, question: Question, text: str) -> str:
    """Return a cell as the form itself would keep the answer: a choice by its name, a day without time, a bare whole number."""
    text = text.strip()
    if question.kind in {Kind.ONE, Kind.SEVERAL}:
        return _chosen(form, question, text)
    if question.kind is Kind.INTEGER and text.endswith(".0"):
        number = to_number(text)
        return str(int(number)) if math.isfinite(number) and number.is_integer() else text
    if question.kind is Kind.DATE and len(text) > 10 and text[10] in "T ":
        return text[:10]
    return text


def _chosen(form: Form, question: Question, text: str) -> str:
    known = form.labels.get(question.choices, {})
    by_label = {label.strip().casefold(): choice.name for choice in known.values() for label in choice.labels.values()}
    if text in known:
        return text
    if question.kind is Kind.ONE:
        bare = text.removesuffix(".0")
        return bare if bare in known else by_label.get(text.casefold(), text)
    names = text.split()
    if all(name in known for name in names):
        return " ".join(names)
    return by_label.get(text.casefold(), text)


class _Repeats:
    """The rows of the repeats' sheets, by the parent each one names."""

    def __init__(self, form: Form, sheets: list[tuple[Headed, SheetMapping]]) -> None:
        self.faults: list[Fault] = []
        self._rows: dict[tuple[str, str], list[tuple[SheetMapping, Answers, str, int, list[Fault]]]] = {}
        self._repeats = {mapping.repeat: mapping.sheet for _, mapping in sheets}
        for sheet, mapping in sheets:
            for row in sheet.rows():
                if isinstance(row, Fault):
                    self.faults.append(row)
                    continue
                answers, roles, faults = _read(form, sheet, mapping, row, ())
                key = (mapping.sheet, roles.get(PARENT, ""))
                self._rows.setdefault(key, []).append((mapping, answers, roles.get(INDEX, ""), row.number, faults))

    def put_into(self, answers: Answers, parent: str, outer: tuple[str, ...]) -> list[Fault]:
        """Put the instances that name ``parent`` into its answers; those of a repeat within a repeat into theirs."""
        faults: list[Fault] = []
        for repeat, sheet in self._repeats.items():
            inner = repeat[: len(outer)] == outer and not any(
                other != repeat and len(outer) < len(other) < len(repeat) and repeat[: len(other)] == other
                for other in self._repeats
            )
            if len(repeat) <= len(outer) or not inner:
                continue
            for at, (_, inside, index, row, wrong) in enumerate(self._rows.pop((sheet, parent), [])):
                faults += wrong
                if at >= MOST_INSTANCES:
                    faults.append(fault(FaultCode.TOO_MANY_ROWS, sheet=sheet, row=row, most=MOST_INSTANCES))
                    break
                if index:
                    faults += self.put_into(inside, index, repeat)
                for place, text in leaves(inside):
                    put_answer(answers, (*repeat[len(outer) :], at, *place), text)
        return faults

    def orphans(self) -> Iterator[Fault]:
        """Yield the rows whose parent never came."""
        for (sheet, _), rows in self._rows.items():
            for _, _, _, row, _ in rows:
                yield fault(FaultCode.PARENT_UNKNOWN, sheet=sheet, row=row)
