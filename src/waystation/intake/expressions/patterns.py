"""Regular expressions of forms, matched in time linear in the text: a form cannot make the desk wait."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

LONGEST_PATTERN = 300
MOST_STATES = 4_000
MOST_REPEATS = 200
DEEPEST = 20
LONGEST_SUBJECT = 2_000

Test = re.Pattern[str] | None
"""What one character must match; None for any character."""

_CLASSES = {"d": r"\d", "D": r"\D", "w": r"\w", "W": r"\W", "s": r"\s", "S": r"\S"}
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
_PLAIN_ESCAPES = frozenset("\\.^$|()[]{}*+?-/\"'&@#%!:;,=<>~` ")


class PatternError(ValueError):
    """The pattern uses something that is not supported here, or is too large."""


@dataclass(slots=True)
class _Machine:
    """A nondeterministic automaton: each state has one test to the next, or empty moves."""

    tests: dict[int, tuple[Test, int]] = field(default_factory=dict)
    moves: dict[int, list[int]] = field(default_factory=dict)
    count: int = 0

    def new(self) -> int:
        self.count += 1
        if self.count > MOST_STATES:
            raise PatternError("too large")
        return self.count - 1

    def move(self, origin: int, target: int) -> None:
        self.moves.setdefault(origin, []).append(target)

    def closure(self, states: set[int]) -> set[int]:
        found, waiting = set(states), list(states)
        while waiting:
            for target in self.moves.get(waiting.pop(), ()):
                if target not in found:
                    found.add(target)
                    waiting.append(target)
        return found


# A piece of a pattern: one test, a sequence, alternatives, or a piece repeated.
@dataclass(frozen=True, slots=True)
class _One:
    test: Test


@dataclass(frozen=True, slots=True)
class _Sequence:
    parts: tuple["_Piece", ...]


@dataclass(frozen=True, slots=True)
class _Either:
    options: tuple["_Piece", ...]


@dataclass(frozen=True, slots=True)
class _Repeated:
    piece: "_Piece"
    fewest: int
    most: int | None


_Piece = _One | _Sequence | _Either | _Repeated


def matches(pattern: str, text: str) -> bool:
    r"""Tell whether all of ``text`` matches a pattern, as ``regex()`` in a form asks.

    Supported are characters, ``.``, classes in brackets, ``\d \w \s`` and their opposites, groups, ``|``, ``* + ?``,
    ``{m,n}``, and ``^`` and ``$`` at the ends. Thompson's construction (1968): at most states times characters.

    Raises
    ------
    PatternError
        If it uses anything else (references back, looking around), or is too large.
    """
    machine, last = _compiled(pattern)
    if len(text) > LONGEST_SUBJECT:
        return False
    states = machine.closure({0})
    for sign in text:
        reached = {
            target
            for state in states
            if state in machine.tests
            for test, target in (machine.tests[state],)
            if test is None or test.fullmatch(sign)
        }
        if not reached:
            return False
        states = machine.closure(reached)
    return last in states


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> tuple[_Machine, int]:
    if len(pattern) > LONGEST_PATTERN:
        raise PatternError("too long")
    bare = pattern.removeprefix("^")
    if bare.endswith("$") and not bare.endswith("\\$"):
        bare = bare[:-1]
    piece = _Parser(bare).whole()
    machine = _Machine()
    start = machine.new()
    return machine, _build(machine, piece, start)


def _build(machine: _Machine, piece: _Piece, start: int) -> int:
    if isinstance(piece, _One):
        end = machine.new()
        machine.tests[start] = (piece.test, end)
        return end
    if isinstance(piece, _Sequence):
        for part in piece.parts:
            fresh = machine.new()
            machine.move(start, fresh)
            start = _build(machine, part, fresh)
        return start
    end = machine.new()
    if isinstance(piece, _Either):
        for option in piece.options:
            fresh = machine.new()
            machine.move(start, fresh)
            machine.move(_build(machine, option, fresh), end)
        return end
    return _build_repeated(machine, piece, start, end)


def _build_repeated(machine: _Machine, piece: _Repeated, start: int, end: int) -> int:
    for _ in range(piece.fewest):
        fresh = machine.new()
        machine.move(start, fresh)
        start = _build(machine, piece.piece, fresh)
    machine.move(start, end)
    if piece.most is None:
        loop = machine.new()
        machine.move(start, loop)
        after = _build(machine, piece.piece, loop)
        machine.move(after, end)
        again = machine.new()
        machine.move(after, again)
        machine.move(again, loop)
        return end
    for _ in range(piece.most - piece.fewest):
        fresh = machine.new()
        machine.move(start, fresh)
        start = _build(machine, piece.piece, fresh)
        machine.move(start, end)
    return end


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def whole(self) -> _Piece:
        found = self._either()
        if self._at < len(self._text):
            raise PatternError("a bracket too many")
        return found

    def _either(self) -> _Piece:
        self._depth += 1
        if self._depth > DEEPEST:
            raise PatternError("too deep")
        options = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            options.append(self._sequence())
        self._depth -= 1
        return options[0] if len(options) == 1 else _Either(tuple(options))

    def _sequence(self) -> _Piece:
        parts: list[_Piece] = []
        while self._peek() not in {"", "|", ")"}:
            parts.append(self._repeated(self._atom()))
        return _Sequence(tuple(parts))

    def _repeated(self, piece: _Piece) -> _Piece:
        sign = self._peek()
        if sign in {"*", "+", "?"}:
            self._at += 1
            fewest, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        elif sign == "{":
            fewest, most = self._counts()
        else:
            return piece
        if self._peek() in {"?", "+", "*", "{"}:
            raise PatternError("a repeat of a repeat")
        return _Repeated(piece, fewest, most)

    def _counts(self) -> tuple[int, int | None]:
        match = re.compile(r"\{(\d{0,3})(,?)(\d{0,3})\}").match(self._text, self._at)
        if match is None or not (match[1] or match[3]):
            raise PatternError("a brace")
        self._at = match.end()
        fewest = int(match[1] or 0)
        most = fewest if not match[2] else (int(match[3]) if match[3] else None)
        if fewest > MOST_REPEATS or (most is not None and not fewest <= most <= MOST_REPEATS):
            raise PatternError("too many repeats")
        return fewest, most

    def _atom(self) -> _Piece:
        sign = self._text[self._at]
        self._at += 1
        if sign == "(":
            if self._text.startswith("?:", self._at):
                self._at += 2
            inner = self._either()
            if self._peek() != ")":
                raise PatternError("a bracket too few")
            self._at += 1
            return inner
        if sign == "[":
            return self._class()
        if sign == ".":
            return _One(re.compile(r"[^\n]"))
        if sign == "\\":
            return _One(re.compile(self._escaped()))
        if sign in "*+?{}^$":
            raise PatternError(sign)
        return _One(re.compile(re.escape(sign)))

    def _class(self) -> _Piece:
        opposite = self._peek() == "^"
        self._at += opposite
        parts = ""
        while self._peek() != "]" or not parts:
            sign = self._peek()
            if sign == "":
                raise PatternError("a class is not closed")
            self._at += 1
            if sign == "\\":
                parts += self._escaped()
            else:
                parts += sign if sign == "-" else re.escape(sign)
        self._at += 1
        try:
            return _One(re.compile(f"[{'^' if opposite else ''}{parts}]"))
        except re.error:
            raise PatternError("a class") from None

    def _escaped(self) -> str:
        sign = self._peek()
        self._at += 1
        if sign in _CLASSES:
            return _CLASSES[sign]
        if sign in _ESCAPED or sign in _PLAIN_ESCAPES:
            return re.escape(_ESCAPED.get(sign, sign))
        raise PatternError(f"\\{sign}")

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]
