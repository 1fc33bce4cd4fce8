from dataclasses import replace

from waystation.intake.expressions.parse import parse
from waystation.intake.expressions.patterns import PatternError, matches
from waystation.intake.expressions.syntax import (
    Call,
    Expression,
    ExpressionError,
    Path,
    Text,
    parts_of,
    references_in,
)
from waystation.intake.faults import Fault, FaultCode, fault
from waystation.intake.forms.form import OTHER_COLUMNS, Form, Question, Section
from waystation.intake.forms.scope import resolved
from waystation.intake.xlsform.build import SURVEY

_OF_QUESTIONS = ("required", "relevant", "constraint", "calculation", "choice_filter", "default")
_OF_SECTIONS = ("relevant", "count")


def check_expressions(form: Form) -> tuple[Form, list[Fault]]:
    """Return a form in which every expression can be evaluated, and those that could not be, each with its row.

    Without its condition a question is always asked, without its constraint every answer is taken, without its calculation it
    stays empty, without its filter it offers the whole list: that is what the fault stands for.
    """
    checker = _Checker(form)
    children = tuple(checker.part(child) for child in form.children)
    checked = replace(form, children=children)
    checked, circles = _without_circles(checked)
    return checked, checker.faults + circles


class _Checker:
    def __init__(self, form: Form) -> None:
        self._form = form
        self._twice = _names_twice(form)
        self.faults: list[Fault] = []

    def part(self, part: Question | Section) -> Question | Section:
        if isinstance(part, Section):
            kept = {name: self._kept(part, name) for name in _OF_SECTIONS}
            children = tuple(self.part(child) for child in part.children)
            return replace(part, children=children, relevant=kept["relevant"], count=kept["count"])
        names = [name for name in _OF_QUESTIONS if name != "default" or part.default_is_expression]
        changed = {name: self._kept(part, name) for name in names}
        if part.default_is_expression and not changed["default"]:
            return replace(part, **changed, default_is_expression=False)  # type: ignore[arg-type] # texts alone
        return replace(part, **changed)  # type: ignore[arg-type] # texts alone

    def _kept(self, part: Question | Section, name: str) -> str:
        text = getattr(part, name)
        if not text:
            return ""
        try:
            self._demand_known(parse(text), part, filtering=name == "choice_filter")
        except ExpressionError as error:
            about = {"part": name, "about": error.about}
            self.faults.append(fault(error.code, sheet=SURVEY, row=part.row, column=part.name, **about))
            return ""
        return str(text)

    def _demand_known(self, expression: Expression, part: Question | Section, filtering: bool) -> None:
        for name in sorted(references_in(expression)):
            if name not in self._form.paths or name in self._twice:
                raise ExpressionError(FaultCode.REFERENCE_UNKNOWN, f"${{{name}}}")
        for each in parts_of(expression):
            if isinstance(each, Call):
                _demand_pattern(each)
            if isinstance(each, Path) and not self._leads_somewhere(each, part, filtering):
                raise ExpressionError(FaultCode.REFERENCE_UNKNOWN, "/".join(each.steps))

    def _leads_somewhere(self, path: Path, part: Question | Section, filtering: bool) -> bool:
        if filtering and not path.absolute and len(path.steps) == 1 and path.steps[0] != "..":
            rows = self._form.choices.get(part.choices, ()) if isinstance(part, Question) else ()
            return path.steps[0] in OTHER_COLUMNS or any(path.steps[0] in row.columns for row in rows)
        return resolved(self._form, part.path, path.steps, path.absolute) is not None


def _demand_pattern(call: Call) -> None:
    """Refuse a regular expression that is not supported; one that is computed is refused when it is asked for."""
    pattern = call.arguments[1] if call.name == "regex" else None
    if isinstance(pattern, Text):
        try:
            matches(pattern.value, "")
        except PatternError as error:
            raise ExpressionError(FaultCode.FUNCTION_UNSUPPORTED, f"regex(): {error}") from None


def _names_twice(form: Form) -> frozenset[str]:
    names = [path[-1] for path in form.parts]
    return frozenset(name for name in names if names.count(name) > 1) if len(set(names)) < len(names) else frozenset()


def _without_circles(form: Form) -> tuple[Form, list[Fault]]:
    """Take away the calculations that wait for each other."""
    needs = {
        part.path: _needed(form, part)
        for part in form.parts.values()
        if isinstance(part, Question) and part.calculation
    }
    circling = {path for path in needs if _reaches(path, needs)}
    if not circling:
        return form, []
    faults = [
        fault(FaultCode.CIRCLE, sheet=SURVEY, row=part.row, column=part.name)
        for path, part in form.parts.items()
        if path in circling
    ]
    return replace(form, children=tuple(_without(child, circling) for child in form.children)), faults


def _needed(form: Form, part: Question) -> frozenset[tuple[str, ...]]:
    """Return what a calculation reads; its own last value (``.`` in ``once``) is no circle."""
    expression = parse(part.calculation)
    named = {form.paths[name] for name in references_in(expression)}
    paths = (each for each in parts_of(expression) if isinstance(each, Path))
    found = {resolved(form, part.path, each.steps, each.absolute) for each in paths}
    return frozenset(named | {path for path in found if path is not None})


def _reaches(start: tuple[str, ...], needs: dict[tuple[str, ...], frozenset[tuple[str, ...]]]) -> bool:
    seen: set[tuple[str, ...]] = set()
    waiting = list(needs[start])
    while waiting:
        path = waiting.pop()
        if path == start:
            return True
        if path not in seen:
            seen.add(path)
            waiting += needs.get(path, ())
    return False


def _without(part: Question | Section, circling: set[tuple[str, ...]]) -> Question | Section:
    if isinstance(part, Section):
        return replace(part, children=tuple(_without(child, circling) for child in part.children))
    return replace(part, calculation="") if part.path in circling else part
