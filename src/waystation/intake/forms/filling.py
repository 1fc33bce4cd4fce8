"""What becomes of a form while it is filled in: what is asked, what is computed, what is wrong."""

import copy
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from waystation.intake.expressions.evaluate import evaluate
from waystation.intake.expressions.parse import parse
from waystation.intake.expressions.values import Value, to_number, to_text, to_truth
from waystation.intake.faults import FaultCode
from waystation.intake.forms.answers import MOST_INSTANCES, Answers, Place, answer_at, path_of, places, put_answer
from waystation.intake.forms.form import UNASKED, Choice, Form, Kind, Question, Section, Words, said
from waystation.intake.forms.kinds import fits
from waystation.intake.forms.scope import FormScope

MOST_PASSES = 12
"""A form whose calculations have not come to rest by then leads in a circle; what was last computed stands."""

LONGEST_ANSWER = 20_000
_INSERTED = re.compile(r"\$\{\s*([\w.-]+)\s*\}")


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with answers, at one moment.

    Attributes
    ----------
    answers
        As given, with what the form computes put in and what is not relevant left where it is.
    hidden
        Places that are not relevant now; what lies below them is not either.
    problems
        What is wrong with an answer, by its place.
    required
        Places whose answer may not be empty.
    """

    form: Form
    answers: Answers = field(repr=False)
    now: datetime
    hidden: frozenset[Place] = frozenset()
    problems: Mapping[Place, FaultCode] = field(default_factory=dict)
    required: frozenset[Place] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong or missing."""
        return not self.problems

    def shows(self, place: Place) -> bool:
        """Tell whether what is at a place is relevant."""
        return not any(place[:length] in self.hidden for length in range(1, len(place) + 1))

    def kept(self) -> Answers:
        """Return the relevant answers alone, as they are filed: no empty ones."""
        found: Answers = {}
        for place, part in places(self.form, self.answers):
            value = answer_at(self.answers, place)
            if isinstance(part, Question) and self.shows(place) and isinstance(value, str) and value != "":
                put_answer(found, place, value)
        return found

    def scope(self, place: Place, language: str = "") -> FormScope:
        """Return what an expression at a place sees."""
        scope = FormScope(self.form, self.answers, place, self.now, self.hidden)
        scope.language = language or scope.language
        return scope

    def choices(self, place: Place, question: Question, language: str = "") -> list[Choice]:
        """Return the choices a question offers now, after its filter."""
        rows = self.form.choices.get(question.choices, ())
        if not question.choice_filter:
            return list(rows)
        scope, filter_ = self.scope(place, language), parse(question.choice_filter)
        found = []
        for row in rows:
            scope.choice = row
            if to_truth(evaluate(filter_, scope)):
                found.append(row)
        return found

    def text(self, words: Words, place: Place, language: str) -> str:
        """Return a label or hint with the answers put in where it says ``${name}``."""
        text = said(words, language)
        if "${" not in text:
            return text
        scope = self.scope(place, language)
        return _INSERTED.sub(lambda match: to_text(scope.named(match[1]))[:200], text)


def fill(form: Form, answers: Mapping[str, Any], now: datetime) -> Filled:
    """Compute what a form's expressions come to with these answers. It never fails and always ends.

    Parameters
    ----------
    answers
        As a person or a file gave them; names the form does not have are dropped, and what is too long is cut.
    now
        Aware; ``today()`` is its day.

    Notes
    -----
    O(passes x expressions). Two or three passes are usual, `MOST_PASSES` the most.
    """
    work = _known(form, answers)
    _give_defaults(form, work, now)
    hidden: frozenset[Place] = frozenset()
    for _ in range(MOST_PASSES):
        before = copy.deepcopy(work)
        _count_instances(form, work, now, hidden)
        _calculate(form, work, now, hidden)
        found = _hidden(form, work, now, hidden)
        if found == hidden and before == work:
            break
        hidden = found
    filled = Filled(form, work, now, hidden)
    required = frozenset(_required(filled))
    problems = dict(_problems(filled, required))
    return Filled(form, work, now, hidden, problems, required)


def _known(form: Form, answers: Mapping[str, Any]) -> Answers:
    found: Answers = {}
    for place, part in places(form, answers):
        value = answer_at(answers, place)
        if isinstance(part, Question) and isinstance(value, str):
            put_answer(found, place, value[:LONGEST_ANSWER].replace("\0", ""))
        elif isinstance(part, Section) and part.repeats and isinstance(value, list):
            for at in range(min(len(value), MOST_INSTANCES)):
                put_answer(found, (*place, at, part.children[0].name), "") if part.children else None
    for place, part in places(form, answers):  # a second time: to make an instance sets its first answer to nothing
        value = answer_at(answers, place)
        if isinstance(part, Question) and isinstance(value, str):
            put_answer(found, place, value[:LONGEST_ANSWER].replace("\0", ""))
    return found


def _value(text: str, scope: FormScope) -> Value:
    return evaluate(parse(text), scope)


def _give_defaults(form: Form, work: Answers, now: datetime) -> None:
    for place, part in list(places(form, work)):
        if not isinstance(part, Question) or answer_at(work, place) is not None:
            continue
        if part.default_is_expression:
            put_answer(work, place, to_text(_value(part.default, FormScope(form, work, place, now))))
        elif part.default:
            put_answer(work, place, part.default)
        elif part.kind is Kind.TODAY:
            put_answer(work, place, now.date().isoformat())
        elif part.kind in {Kind.START, Kind.END}:
            put_answer(work, place, now.isoformat(timespec="seconds"))


def _count_instances(form: Form, work: Answers, now: datetime, hidden: frozenset[Place]) -> None:
    """Give a repeat as many instances as its count says; take away those beyond it that hold nothing."""
    for place, part in list(places(form, work)):
        if not isinstance(part, Section) or not part.repeats or not part.count or not part.children:
            continue
        number = to_number(_value(part.count, FormScope(form, work, place, now, hidden)))
        wanted = max(0, min(MOST_INSTANCES, int(number))) if math.isfinite(number) else 0
        have = answer_at(work, place)
        have = have if isinstance(have, list) else []
        if len(have) < wanted:
            put_answer(work, (*place, wanted - 1, part.children[0].name), "")
        while len(have) > wanted and not any(have[-1].values()):
            have.pop()


def _calculate(form: Form, work: Answers, now: datetime, hidden: frozenset[Place]) -> None:
    for place, part in list(places(form, work)):
        if isinstance(part, Question) and part.calculation:
            scope = FormScope(form, work, place, now, hidden)
            put_answer(work, place, to_text(_value(part.calculation, scope))[:LONGEST_ANSWER])


def _hidden(form: Form, work: Answers, now: datetime, hidden: frozenset[Place]) -> frozenset[Place]:
    found = set()
    for place, part in places(form, work):
        if part.relevant and not to_truth(_value(part.relevant, FormScope(form, work, place, now, hidden))):
            found.add(place)
    return frozenset(found)


def _required(filled: Filled) -> list[Place]:
    found = []
    for place, part in places(filled.form, filled.answers):
        asked = isinstance(part, Question) and part.kind not in UNASKED | {Kind.NOTE} and bool(part.required)
        if asked and isinstance(part, Question) and to_truth(_value(part.required, filled.scope(place))):
            found.append(place)
    return found


def _problems(filled: Filled, required: frozenset[Place]) -> list[tuple[Place, FaultCode]]:
    found = []
    for place, part in places(filled.form, filled.answers):
        if not isinstance(part, Question) or not filled.shows(place) or part.kind is Kind.NOTE:
            continue
        answer = answer_at(filled.answers, place)
        text = answer if isinstance(answer, str) else ""
        code = _problem(filled, place, part, text, place in required)
        if code is not None:
            found.append((place, code))
    return found


def _problem(filled: Filled, place: Place, part: Question, text: str, required: bool) -> FaultCode | None:
    if text.strip() == "":
        return FaultCode.VALUE_MISSING if required else None
    if part.kind in UNASKED:
        return None
    if not fits(part, text):
        return FaultCode.VALUE_KIND
    if part.kind in {Kind.ONE, Kind.SEVERAL} and not _offered(filled, place, part, text):
        return FaultCode.VALUE_CHOICE
    if part.constraint and not to_truth(_value(part.constraint, filled.scope(place))):
        return FaultCode.VALUE_CONSTRAINT
    return None


def _offered(filled: Filled, place: Place, part: Question, text: str) -> bool:
    names = {choice.name for choice in filled.choices(place, part)}
    given = text.split() if part.kind is Kind.SEVERAL else [text.strip()]
    return set(given) <= names


def children_of(form: Form, place: Place) -> tuple[Question | Section, ...]:
    """Return what stands below a section; the whole form's for an empty place."""
    part = form.parts.get(path_of(place))
    return form.children if not place else part.children if isinstance(part, Section) else ()
