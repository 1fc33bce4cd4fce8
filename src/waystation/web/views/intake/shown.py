"""A form that is being filled in, as a flat list of what a page shows: no condition of it is left to the browser."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from waystation.intake.forms.answers import MOST_INSTANCES, Answers, Place, answer_at, path_of, places, put_answer
from waystation.intake.forms.filling import Filled
from waystation.intake.forms.form import UNASKED, Form, Kind, Question, Section
from waystation.web.wording import say

PREFIX = "q/"
FEW = 7
"""So many choices at most are shown as rounds to press; more are a list to open."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing the page shows.

    Attributes
    ----------
    what
        ``section``, ``repeat``, ``instance``, ``note``, ``line``, ``lines``, ``one``, ``list``, ``several`` or ``check``.
    name
        Of the input, and with other signs its id.
    choices
        Value, label, and whether it is chosen.
    """

    what: str
    name: str
    label: str
    level: int = 2
    hint: str = ""
    value: str = field(default="", repr=False)
    error: str = ""
    required: bool = False
    read_only: bool = False
    mode: str = ""
    place: str = ""
    choices: tuple[tuple[str, str, bool], ...] = ()

    @property
    def id(self) -> str:
        """The element's id."""
        return self.name.replace("/", "-")


def items(filled: Filled, language: str, *, checked: bool) -> list[Item]:
    """Return what a page shows of a form now; what is wrong is said only if ``checked``."""
    return list(_items(filled, language, checked))


def _items(filled: Filled, language: str, checked: bool) -> Iterator[Item]:
    for place, part in places(filled.form, filled.answers):
        if not filled.shows(place):
            continue
        if isinstance(part, Question):
            if len(place) > 1 and isinstance(place[-2], int) and part is _first(filled.form, place[:-2]):
                yield _instance(filled, place, language)
            if part.kind not in UNASKED:
                yield _question(filled, place, part, language, checked)
        else:
            if len(place) > 1 and isinstance(place[-2], int) and part is _first(filled.form, place[:-2]):
                yield _instance(filled, place, language)
            yield _section(filled, place, part, language)


def _first(form: Form, place: Place) -> object:
    part = form.parts.get(path_of(place))
    return part.children[0] if isinstance(part, Section) and part.children else None


def _section(filled: Filled, place: Place, part: Section, language: str) -> Item:
    label = filled.text(part.labels, place, language) or part.name
    open_count = part.repeats and not part.count
    return Item(
        "repeat" if open_count else "section",
        input_name(place),
        label,
        level=min(2 + len(path_of(place)), 6) - 1,
        place=input_name(place),
    )


def _instance(filled: Filled, place: Place, language: str) -> Item:
    above = place[:-2]
    part = filled.form.parts[path_of(above)]
    number = place[-2]
    label = filled.text(part.labels, above, language) or part.name
    text = say("intake.instance", label=label, number=int(number) + 1)
    counted = isinstance(part, Section) and bool(part.count)
    return Item(
        "counted" if counted else "instance", input_name(place[:-1]), text, level=4, place=input_name(place[:-1])
    )


def _question(filled: Filled, place: Place, part: Question, language: str, checked: bool) -> Item:
    answer = answer_at(filled.answers, place)
    value = answer if isinstance(answer, str) else ""
    code = filled.problems.get(place) if checked else None
    what, choices = _look(filled, place, part, value, language)
    return Item(
        what=what,
        name=input_name(place),
        label=filled.text(part.labels, place, language) or part.name,
        hint=filled.text(part.hints, place, language),
        value=value,
        error=_error(filled, part, place, language, code.value) if code else "",
        required=place in filled.required,
        read_only=part.read_only or bool(part.calculation),
        mode={Kind.INTEGER: "numeric", Kind.DECIMAL: "decimal"}.get(part.kind, ""),
        place={Kind.DATE: "2026-03-05", Kind.TIME: "09:30", Kind.MOMENT: "2026-03-05T09:30"}.get(part.kind, ""),
        choices=choices,
    )


def _look(
    filled: Filled, place: Place, part: Question, value: str, language: str
) -> tuple[str, tuple[tuple[str, str, bool], ...]]:
    if part.kind is Kind.NOTE:
        return "note", ()
    if part.kind is Kind.ACKNOWLEDGE:
        return "check", (("OK", "", value == "OK"),)
    if part.kind not in {Kind.ONE, Kind.SEVERAL}:
        return ("lines" if part.lines else "line"), ()
    chosen = set(value.split()) if part.kind is Kind.SEVERAL else {value}
    rows = filled.choices(place, part, language)
    choices = tuple(
        (row.name, filled.text(row.labels, place, language) or row.name, row.name in chosen) for row in rows
    )
    if part.kind is Kind.SEVERAL:
        return "several", choices
    return ("one" if len(choices) <= FEW else "list"), choices


def _error(filled: Filled, part: Question, place: Place, language: str, code: str) -> str:
    words = {"value_constraint": part.constraint_words, "value_missing": part.required_words}.get(code, {})
    return filled.text(words, place, language) or say(f"exchange.fault.{code}")


def input_name(place: Place) -> str:
    """Return what the input at a place is called."""
    return PREFIX + "/".join(str(step) for step in place)


def place_of(form: Form, name: str) -> Place | None:
    """Return the place an input is for; None for what the form does not have."""
    if not name.startswith(PREFIX):
        return None
    place: Place = tuple(
        int(step) if step.isascii() and step.isdigit() else step for step in name[len(PREFIX) :].split("/")
    )
    numbers = [step for step in place if isinstance(step, int)]
    path = path_of(place)
    fits = path in form.parts and len(numbers) <= len(form.repeats_above(path))
    return place if fits and all(step < MOST_INSTANCES for step in numbers) else None


def answers_from(form: Form, kept: Mapping[str, Any], posted: QueryDict) -> Answers:
    """Return the answers as they were kept, with what was posted put in: what the page did not show stays as it was."""
    answers: Answers = _copied(kept)
    for name in posted:
        place = place_of(form, name)
        part = form.parts.get(path_of(place)) if place is not None else None
        if place is None or not isinstance(part, Question) or part.read_only or _is_lost(form, place):
            continue
        values = [value for value in posted.getlist(name) if value]
        put_answer(answers, place, " ".join(values) if part.kind is Kind.SEVERAL else (values or [""])[-1])
    _instances(form, answers, posted)
    return answers


def _is_lost(form: Form, place: Place) -> bool:
    """Tell whether a place lies in a repeat without saying in which instance."""
    return sum(isinstance(step, int) for step in place) != len(form.repeats_above(path_of(place)))


def _instances(form: Form, answers: Answers, posted: QueryDict) -> None:
    added = place_of(form, posted.get("add", ""))
    part = form.parts.get(path_of(added)) if added is not None else None
    if added is not None and isinstance(part, Section) and part.repeats and part.children:
        now = answer_at(answers, added)
        put_answer(answers, (*added, len(now) if isinstance(now, list) else 0, part.children[0].name), "")
    gone = place_of(form, posted.get("remove", ""))
    if gone is not None and isinstance(gone[-1], int):
        now = answer_at(answers, gone[:-1])
        if isinstance(now, list) and gone[-1] < len(now):
            del now[gone[-1]]


def _copied(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {str(key): _copied(value) for key, value in node.items()}
    return [_copied(value) for value in node] if isinstance(node, list) else node


def facts(filled: Filled, language: str) -> list[tuple[str, str]]:
    """Return what was answered, question by question, in words: choices by their labels."""
    found: list[tuple[str, str]] = []
    for place, part in places(filled.form, filled.answers):
        value = answer_at(filled.answers, place)
        if not isinstance(part, Question) or not isinstance(value, str) or not value or part.kind is Kind.NOTE:
            continue
        names = filled.form.labels.get(part.choices, {})
        given = value.split() if part.kind is Kind.SEVERAL else [value]
        words = [filled.text(names[each].labels, place, language) if each in names else each for each in given]
        numbers = "".join(f" {step + 1}" for step in place if isinstance(step, int))
        found.append((f"{filled.text(part.labels, place, language) or part.name}{numbers}", ", ".join(words)))
    return found
