import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from waystation.intake.expressions.values import Nodes, Scalar, Value, to_date, to_number
from waystation.intake.forms.answers import Place, path_of
from waystation.intake.forms.form import Choice, Form, Kind, Question, Section, said


class FormScope:
    """What an expression of one question sees: the answers that are relevant, typed by their questions' kinds."""

    def __init__(
        self,
        form: Form,
        answers: Mapping[str, Any],
        place: Place,
        now: datetime,
        hidden: frozenset[Place] = frozenset(),
    ) -> None:
        """Look from ``place``; what lies at or below a place in ``hidden`` counts as not answered."""
        self._form = form
        self._answers = answers
        self._place = place
        self._now = now
        self._hidden = hidden
        self.choice: Choice | None = None
        self.language = form.languages[0] if form.languages else ""

    @property
    def now(self) -> datetime:
        """The moment at which the form is filled in."""
        return self._now

    def here(self) -> Value:
        """Return the answer to the question itself."""
        return self._collect(path_of(self._place), inner=False)

    def named(self, name: str) -> Nodes:
        """Return the answers to a name; with ``*`` before it those of every instance of its innermost repeat."""
        path = self._form.paths.get(name.removeprefix("*"))
        return Nodes() if path is None else self._collect(path, inner=name.startswith("*"))

    def at_path(self, steps: tuple[str, ...], absolute: bool) -> Nodes:
        """Return the answers at a path, or the column of the choice that a filter looks at."""
        if self.choice is not None and not absolute and len(steps) == 1 and steps[0] != "..":
            return Nodes((column_of(self.choice, steps[0], self.language),))
        path = resolved(self._form, path_of(self._place), steps, absolute)
        return Nodes() if path is None else self._collect(path, inner=False)

    def position(self) -> float:
        """Return which instance of its innermost repeat the question is in, from 1."""
        numbers = [step for step in self._place if isinstance(step, int)]
        return float(numbers[-1] + 1) if numbers else 1.0

    def choice_label(self, value: str, name: str) -> str:
        """Return what a choice is called, in the form's first language."""
        path = self._form.paths.get(name)
        part = self._form.parts.get(path) if path is not None else None
        if not isinstance(part, Question):
            return ""
        choice = self._form.labels.get(part.choices, {}).get(value)
        return said(choice.labels, self.language) if choice is not None else ""

    def _collect(self, path: tuple[str, ...], inner: bool) -> Nodes:
        found: list[Scalar] = []
        part = self._form.parts.get(path)
        innermost = self._form.repeats_above(path)[-1:]
        self._gather(self._answers, path, (), innermost if inner else (), part, found)
        return Nodes(tuple(found))

    def _gather(
        self,
        node: Any,
        path: tuple[str, ...],
        place: Place,
        every: tuple[tuple[str, ...], ...],
        part: Question | Section | None,
        found: list[Scalar],
    ) -> None:
        """Follow a path through the answers; in a repeat, into the instance one is in oneself, or else into each."""
        if place in self._hidden and place:
            return
        if not path:
            if isinstance(node, list):
                found.extend("" for _ in node)
            else:
                found.append(typed(part, node))
            return
        inside = node.get(path[0]) if isinstance(node, Mapping) else None
        below = (*place, path[0])
        if below in self._hidden:
            return
        if not isinstance(inside, list):
            section = self._form.parts.get(path_of(below))
            if isinstance(section, Section) and section.repeats:
                return
            self._gather(inside, path[1:], below, every, part, found)
        elif len(path) == 1 and path_of(below) == getattr(part, "path", None):
            found.extend("" for _ in inside)
        else:
            at = self._own_instance(below)
            wanted = range(len(inside)) if at is None or path_of(below) in every else [at]
            for index in wanted:
                if index < len(inside):
                    self._gather(inside[index], path[1:], (*below, index), every, part, found)

    def _own_instance(self, repeat: Place) -> int | None:
        mine = self._place
        if mine[: len(repeat)] == repeat and len(mine) > len(repeat):
            step = mine[len(repeat)]
            return step if isinstance(step, int) else None
        return None


def resolved(form: Form, origin: tuple[str, ...], steps: tuple[str, ...], absolute: bool) -> tuple[str, ...] | None:
    """Return the path that steps lead to from a question; None if there is nothing.

    An absolute path begins with the root's own name, which differs from form to form.
    """
    path = list(steps[1:]) if absolute else list(origin)
    if not absolute:
        for step in steps:
            if step != "..":
                path.append(step)
            elif path:
                path.pop()
            else:
                return None
    return tuple(path) if tuple(path) in form.parts else None


def column_of(choice: Choice, name: str, language: str) -> str:
    """Return what a choice has in a column: its name, its label, or what the form's author added."""
    if name == "name":
        return choice.name
    return said(choice.labels, language) if name == "label" else choice.columns.get(name, "")


def typed(part: Question | Section | None, answer: Any) -> Scalar:
    """Return an answer as the value its question's kind has; an answer that is none of that kind stays a text."""
    if not isinstance(answer, str) or not isinstance(part, Question):
        return ""
    if part.kind in {Kind.INTEGER, Kind.DECIMAL}:
        number = to_number(answer)
        return answer if math.isnan(number) else number
    if part.kind in {Kind.DATE, Kind.MOMENT, Kind.TODAY, Kind.START, Kind.END}:
        return to_date(answer) or answer
    return answer
