"""A scope with declared answers, for tests of expressions."""

from dataclasses import dataclass, field
from datetime import datetime

from tests.unit.intake.books import NOW
from waystation.intake.expressions.evaluate import evaluate
from waystation.intake.expressions.parse import parse
from waystation.intake.expressions.values import Nodes, Scalar, Value, to_text, to_truth


@dataclass
class Declared:
    answers: dict[str, tuple[Scalar, ...]] = field(default_factory=dict)
    own: Scalar = ""
    now: datetime = NOW

    def here(self) -> Value:
        return self.own

    def named(self, name: str) -> Nodes:
        return Nodes(self.answers.get(name.removeprefix("*"), ()))

    def at_path(self, steps: tuple[str, ...], absolute: bool) -> Nodes:
        return Nodes(self.answers.get(steps[-1], ()))

    def position(self) -> float:
        return 2.0

    def choice_label(self, value: str, name: str) -> str:
        return f"{name}:{value}"


def text_of(expression: str, own: Scalar = "", **answers: Scalar | tuple[Scalar, ...]) -> str:
    return to_text(value_of(expression, own, **answers))


def truth_of(expression: str, own: Scalar = "", **answers: Scalar | tuple[Scalar, ...]) -> bool:
    return to_truth(value_of(expression, own, **answers))


def value_of(expression: str, own: Scalar = "", **answers: Scalar | tuple[Scalar, ...]) -> Value:
    several = {name: value if isinstance(value, tuple) else (value,) for name, value in answers.items()}
    return evaluate(parse(expression), Declared(several, own))
