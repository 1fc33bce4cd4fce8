from functools import lru_cache

from waystation.intake.expressions.functions import FUNCTIONS
from waystation.intake.expressions.syntax import (
    Call,
    Expression,
    ExpressionError,
    Here,
    Negation,
    Number,
    Operation,
    Path,
    Reference,
    Text,
)
from waystation.intake.expressions.tokens import Token, tokens_of
from waystation.intake.faults import FaultCode

DEEPEST = 60
"""Levels of brackets and operators."""

_LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
)
"""Operators from the loosest to the tightest; those of one level bind from the left."""


@lru_cache(maxsize=4096)
def parse(expression: str) -> Expression:
    """Read an expression of a form.

    Supported are numbers, texts, ``${name}``, ``.``, paths of names and ``..``, the operators of XPath 1.0 but ``|``, and the
    functions of `FUNCTIONS`. Predicates, axes, ``//`` and attributes are not.

    Raises
    ------
    ExpressionError
        If it cannot be read, or uses a function that is not there.
    """
    reader = _Reader(tokens_of(expression))
    return reader.whole()


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Expression:
        if not self._tokens:
            raise ExpressionError(FaultCode.EXPRESSION_UNREADABLE, "")
        found = self._level(0)
        if self._at < len(self._tokens):
            raise self._lost()
        return found

    def _level(self, level: int) -> Expression:
        if level == len(_LEVELS):
            return self._signed()
        left = self._level(level + 1)
        chained = 0
        while self._peek("operator") in _LEVELS[level]:
            operator = self._take()
            left = Operation(operator, left, self._level(level + 1))
            chained += 1
            if chained > DEEPEST * 5:
                raise self._lost()
        return left

    def _signed(self) -> Expression:
        signs = 0
        while self._peek("operator") == "-":
            self._take()
            signs += 1
        found = self._operand()
        return Negation(found) if signs % 2 else found

    def _operand(self) -> Expression:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionError(FaultCode.EXPRESSION_UNREADABLE, f"{DEEPEST} levels")
        try:
            return self._primary()
        finally:
            self._depth -= 1

    def _primary(self) -> Expression:
        if self._at == len(self._tokens):
            raise ExpressionError(FaultCode.EXPRESSION_UNREADABLE, "…")
        kind, text = self._tokens[self._at]
        if kind == "number":
            self._take()
            return Number(float(text))
        if kind == "text":
            self._take()
            return Text(text[1:-1])
        if kind == "reference":
            self._take()
            return Reference(text.removeprefix("last-saved#"))
        if text == "(":
            self._take()
            inner = self._level(0)
            self._demand(")")
            return inner
        if kind == "name" and self._follows("("):
            return self._call(text)
        return self._path()

    def _call(self, name: str) -> Expression:
        self._at += 2
        arguments: list[Expression] = []
        if not self._is(")"):
            arguments.append(self._level(0))
            while self._is(","):
                self._take()
                arguments.append(self._level(0))
        self._demand(")")
        if name == "current" and not arguments:
            return self._after_current()
        function = FUNCTIONS.get(name)
        if function is None:
            raise ExpressionError(FaultCode.FUNCTION_UNSUPPORTED, f"{name}()")
        if not function.fewest <= len(arguments) <= function.most:
            raise ExpressionError(FaultCode.EXPRESSION_UNREADABLE, f"{name}()")
        return Call(name, tuple(arguments))

    def _after_current(self) -> Expression:
        """Return what ``current()/../name`` means: the same as ``../name``, outside of a choice filter."""
        if not self._is("/"):
            return Here()
        self._take()
        return self._path()

    def _path(self) -> Expression:
        absolute = self._is("/")
        if absolute:
            self._take()
        steps: list[str] = []
        while True:
            steps.append(self._step())
            if not self._is("/"):
                break
            self._take()
        if self._is("[") or self._is("//") or self._is("|") or self._is("::"):
            raise ExpressionError(FaultCode.EXPRESSION_UNREADABLE, self._tokens[self._at].text)
        if steps == ["."]:
            return Here()
        return Path(tuple(step for step in steps if step != "."), absolute)

    def _step(self) -> str:
        if self._at == len(self._tokens):
            raise ExpressionError(FaultCode.EXPRESSION_UNREADABLE, "…")
        kind, text = self._tokens[self._at]
        if kind == "name" or text in {".", ".."}:
            return self._take()
        raise self._lost()

    def _peek(self, kind: str) -> str:
        if self._at < len(self._tokens) and self._tokens[self._at].kind == kind:
            return self._tokens[self._at].text
        return ""

    def _is(self, sign: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at] == Token("sign", sign)

    def _follows(self, sign: str) -> bool:
        return self._at + 1 < len(self._tokens) and self._tokens[self._at + 1] == Token("sign", sign)

    def _take(self) -> str:
        text = self._tokens[self._at].text
        self._at += 1
        return text

    def _demand(self, sign: str) -> None:
        if not self._is(sign):
            raise self._lost()
        self._take()

    def _lost(self) -> ExpressionError:
        rest = " ".join(token.text for token in self._tokens[self._at : self._at + 5])
        return ExpressionError(FaultCode.EXPRESSION_UNREADABLE, rest or "…")
