import re
from typing import NamedTuple

from waystation.intake.expressions.syntax import ExpressionError
from waystation.intake.faults import FaultCode

LONGEST = 10_000
MOST_TOKENS = 2_000

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<reference>\$\{\s*[\w.:#-]+\s*\})
  | (?P<number>\d+(?:\.\d*)?|\.\d+)
  | (?P<text>"[^"]*"|'[^']*')
  | (?P<name>[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?)
  | (?P<sign>\.\.|<=|>=|!=|//|::|[.=<>+*/(),\[\]@|-])
    )""",
    re.VERBOSE,
)
_TYPOGRAPHIC = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xa0": " "})
_OPERATOR_WORDS = frozenset({"and", "or", "div", "mod"})


class Token(NamedTuple):
    """A word of an expression: its kind (``reference``, ``number``, ``text``, ``name``, ``operator`` or ``sign``) and text."""

    kind: str
    text: str


def tokens_of(expression: str) -> list[Token]:
    """Cut an expression into words.

    Quotation marks that a word processor made round are read as straight ones. ``and``, ``or``, ``div``, ``mod`` and ``*`` are
    operators where an operand stands before them, as XPath 1.0 has it (section 3.7).

    Raises
    ------
    ExpressionError
        If it holds something that no expression holds, or is too long.
    """
    text = expression.translate(_TYPOGRAPHIC).strip()
    if len(text) > LONGEST:
        raise ExpressionError(FaultCode.EXPRESSION_UNREADABLE, f"{len(text)} characters")
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ExpressionError(FaultCode.EXPRESSION_UNREADABLE, text[at : at + 20])
        kind = str(match.lastgroup)
        word = match[kind]
        if (_ends_operand(found) and (word in _OPERATOR_WORDS or word == "*")) or (
            kind == "sign" and word in {"=", "!=", "<", "<=", ">", ">=", "+", "-"}
        ):
            kind = "operator"
        found.append(Token(kind, word[2:-1].strip() if kind == "reference" else word))
        at = match.end()
        if len(found) > MOST_TOKENS:
            raise ExpressionError(FaultCode.EXPRESSION_UNREADABLE, f"{MOST_TOKENS} words")
    return found


def _ends_operand(before: list[Token]) -> bool:
    if not before:
        return False
    last = before[-1]
    return last.kind in {"reference", "number", "text", "name"} or last.text in {")", ".", "..", "]"}
