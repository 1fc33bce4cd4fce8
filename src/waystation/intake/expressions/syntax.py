from dataclasses import dataclass

from waystation.intake.faults import FaultCode


class ExpressionError(Exception):
    """An expression cannot be used. ``code`` says why, ``about`` which part of it.

    Attributes
    ----------
    code
        ``EXPRESSION_UNREADABLE``, ``FUNCTION_UNSUPPORTED`` or ``REFERENCE_UNKNOWN``.
    """

    def __init__(self, code: FaultCode, about: str) -> None:
        super().__init__(f"{code}: {about}")
        self.code = code
        self.about = about


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text in quotation marks."""

    value: str


@dataclass(frozen=True, slots=True)
class Here:
    """``.``, the answer to the question itself."""


@dataclass(frozen=True, slots=True)
class Reference:
    """``${name}``: the answer to a question, or the instances of a repeat."""

    name: str


@dataclass(frozen=True, slots=True)
class Path:
    """``/data/a/b``, ``../a`` or, in a choice filter, the name of a column of the choices.

    Attributes
    ----------
    steps
        Names, and ``..`` for one level up.
    absolute
        Whether it begins at the form's root.
    """

    steps: tuple[str, ...]
    absolute: bool = False


@dataclass(frozen=True, slots=True)
class Negation:
    """Minus something."""

    of: "Expression"


@dataclass(frozen=True, slots=True)
class Operation:
    """Two operands and what is between them, in XPath's words."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments."""

    name: str
    arguments: tuple["Expression", ...]


Expression = Number | Text | Here | Reference | Path | Negation | Operation | Call


def parts_of(expression: Expression) -> list[Expression]:
    """Return an expression and every expression in it."""
    found: list[Expression] = []
    waiting = [expression]
    while waiting:
        each = waiting.pop()
        found.append(each)
        if isinstance(each, Negation):
            waiting.append(each.of)
        elif isinstance(each, Operation):
            waiting += [each.left, each.right]
        elif isinstance(each, Call):
            waiting += each.arguments
    return found


def references_in(expression: Expression) -> frozenset[str]:
    """Return the names that an expression refers to as ``${name}``, also inside the texts that `jr:choice-name` takes."""
    names = {each.name for each in parts_of(expression) if isinstance(each, Reference)}
    for each in parts_of(expression):
        if isinstance(each, Text) and each.value.startswith("${") and each.value.endswith("}"):
            names.add(each.value[2:-1].strip())
    return frozenset(names)
