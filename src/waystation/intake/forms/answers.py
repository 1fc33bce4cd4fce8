"""Answers to a form: nested as the form is. A group is an object, a repeat a list of objects, an answer a text."""

from collections.abc import Iterator, Mapping
from typing import Any

from waystation.intake.forms.form import Form, Question, Section

Answers = dict[str, Any]
Place = tuple[str | int, ...]
"""Where an answer is: names, and after a repeat's name which instance, from 0."""

MOST_INSTANCES = 200
"""Of one repeat."""


def path_of(place: Place) -> tuple[str, ...]:
    """Return the path of the question at a place."""
    return tuple(step for step in place if isinstance(step, str))


def answer_at(answers: Mapping[str, Any], place: Place) -> Any:
    """Return what is at a place: a text, an object, a list; None where nothing is."""
    found: Any = answers
    for step in place:
        if isinstance(step, int):
            found = found[step] if isinstance(found, list) and step < len(found) else None
        else:
            found = found.get(step) if isinstance(found, Mapping) else None
        if found is None:
            return None
    return found


def put_answer(answers: Answers, place: Place, value: str) -> None:
    """Set the text at a place, making the groups and instances on the way; an instance beyond `MOST_INSTANCES` is not made."""
    target: Any = answers
    for at, step in enumerate(place[:-1]):
        follows = place[at + 1]
        if isinstance(step, int):
            if step >= MOST_INSTANCES:
                return
            while len(target) <= step:
                target.append({})
            target = target[step]
        else:
            empty: Any = [] if isinstance(follows, int) else {}
            if not isinstance(target.get(step), type(empty)):
                target[step] = empty
            target = target[step]
    target[place[-1]] = value


def places(form: Form, answers: Mapping[str, Any]) -> Iterator[tuple[Place, Question | Section]]:
    """Yield every question and section there is to answer, in the form's order, a repeat's instance by instance.

    A repeat itself is yielded once, before its instances.
    """
    yield from _places(form.children, answers, ())


def _places(
    children: tuple[Question | Section, ...], answers: Any, above: Place
) -> Iterator[tuple[Place, Question | Section]]:
    for child in children:
        place = (*above, child.name)
        yield place, child
        if isinstance(child, Question):
            continue
        inside = answers.get(child.name) if isinstance(answers, Mapping) else None
        if not child.repeats:
            yield from _places(child.children, inside or {}, place)
        elif isinstance(inside, list):
            for at, instance in enumerate(inside[:MOST_INSTANCES]):
                yield from _places(child.children, instance, (*place, at))
