import math
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from waystation.intake.expressions.functions import FUNCTIONS
from waystation.intake.expressions.syntax import (
    Call,
    Expression,
    Here,
    Negation,
    Number,
    Operation,
    Path,
    Reference,
    Text,
)
from waystation.intake.expressions.values import Nodes, Value, compare, to_number, to_text, to_truth

MOST_STEPS = 50_000
"""Parts of expressions and answers that one evaluation may look at."""


class Scope(Protocol):
    """What an expression sees of the form that is being filled in, from one question of it."""

    @property
    def now(self) -> datetime:
        """The moment at which it is filled in."""

    def here(self) -> Value:
        """Return the answer to the question itself."""

    def named(self, name: str) -> Nodes:
        """Return the answers to ``${name}`` that belong together with this question; for a repeat one for each instance."""

    def at_path(self, steps: tuple[str, ...], absolute: bool) -> Nodes:
        """Return the answers at a path; in a choice filter the choice's column."""

    def position(self) -> float:
        """Return which instance of its repeat this question is in, from 1; 1 outside of any."""

    def choice_label(self, value: str, name: str) -> str:
        """Return what a choice of the question ``name`` is called."""


class TooMuchError(Exception):
    """One evaluation looked at more than `MOST_STEPS` parts."""


def evaluate(expression: Expression, scope: Scope) -> Value:
    """Return what an expression comes to. It never fails: what cannot be computed is NaN or an empty text.

    An evaluation that would look at more than `MOST_STEPS` parts comes to an empty text.
    """
    try:
        return _Evaluation(scope).of(expression)
    except (TooMuchError, RecursionError):
        return ""


class _Evaluation:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._steps = 0

    def of(self, expression: Expression) -> Value:
        self._spend(1)
        if isinstance(expression, Number | Text):
            return expression.value
        if isinstance(expression, Here):
            return self._scope.here()
        if isinstance(expression, Reference):
            return self._counted(self._scope.named(expression.name))
        if isinstance(expression, Path):
            return self._counted(self._scope.at_path(expression.steps, expression.absolute))
        if isinstance(expression, Negation):
            return -to_number(self.of(expression.of))
        if isinstance(expression, Operation):
            return self._operation(expression)
        return self._call(expression)

    def _operation(self, operation: Operation) -> Value:
        operator = operation.operator
        left = self.of(operation.left)
        if operator == "and":
            return to_truth(left) and to_truth(self.of(operation.right))
        if operator == "or":
            return to_truth(left) or to_truth(self.of(operation.right))
        right = self.of(operation.right)
        if operator in {"=", "!=", "<", "<=", ">", ">="}:
            self._spend(_size(left) * _size(right))
            return compare(operator, left, right)
        return _arithmetic(operator, to_number(left), to_number(right))

    def _call(self, call: Call) -> Value:
        work = FUNCTIONS[call.name].work
        if work is not None:
            return work([self.of(argument) for argument in call.arguments])
        return getattr(self, f"_{call.name.replace('jr:', '').replace('-', '_')}")(call.arguments)  # type: ignore[no-any-return] # the table names them

    def _if(self, arguments: Sequence[Expression]) -> Value:
        return self.of(arguments[1] if to_truth(self.of(arguments[0])) else arguments[2])

    def _coalesce(self, arguments: Sequence[Expression]) -> Value:
        for argument in arguments:
            found = self.of(argument)
            if to_text(found) != "":
                return found
        return ""

    def _once(self, arguments: Sequence[Expression]) -> Value:
        before = self._scope.here()
        return before if to_text(before) != "" else self.of(arguments[0])

    def _today(self, _: Sequence[Expression]) -> Value:
        return self._scope.now.date()

    def _now(self, _: Sequence[Expression]) -> Value:
        return self._scope.now

    def _position(self, _: Sequence[Expression]) -> Value:
        return self._scope.position()

    def _choice_name(self, arguments: Sequence[Expression]) -> Value:
        question = arguments[1]
        if isinstance(question, Reference):
            name = question.name
        else:
            name = to_text(self.of(question)).strip().removeprefix("${").removesuffix("}").rpartition("/")[2]
        return self._scope.choice_label(to_text(self.of(arguments[0])).strip(), name.strip())

    def _indexed_repeat(self, arguments: Sequence[Expression]) -> Value:
        wanted, at = arguments[0], to_number(self.of(arguments[2]))
        name = wanted.name if isinstance(wanted, Reference) else ""
        answers = self._scope.named(f"*{name}").values
        self._spend(len(answers))
        return answers[int(at) - 1] if math.isfinite(at) and 1 <= at <= len(answers) else ""

    def _counted(self, nodes: Nodes) -> Nodes:
        self._spend(len(nodes.values))
        return nodes

    def _spend(self, steps: int) -> None:
        self._steps += steps
        if self._steps > MOST_STEPS:
            raise TooMuchError


def _size(value: Value) -> int:
    return len(value.values) if isinstance(value, Nodes) else 1


def _arithmetic(operator: str, left: float, right: float) -> float:
    try:
        if operator == "+":
            return left + right
        if operator == "-":
            return left - right
        if operator == "*":
            return left * right
        return left / right if operator == "div" else math.fmod(left, right)
    except (ZeroDivisionError, ValueError, OverflowError):
        return math.nan
