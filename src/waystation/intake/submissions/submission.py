from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from waystation.intake.faults import Fault, FaultCode, fault
from waystation.intake.forms.answers import Answers, Place, path_of
from waystation.intake.forms.filling import Filled, fill
from waystation.intake.forms.form import Form, Question, said


@dataclass(frozen=True, slots=True)
class Submission:
    """A form that somebody filled in elsewhere.

    Attributes
    ----------
    key
        What the other program calls it; the same submission has the same key each time. Empty if the file names none.
    row
        Where it stands in its file; 0 in XML.
    answers
        Nested as the form is.
    faults
        What of it could not be taken.
    case
        Code of the case it is about, where the file says one.
    """

    key: str
    row: int
    answers: Answers = field(repr=False)
    faults: tuple[Fault, ...] = ()
    case: str = ""


def checked(form: Form, submission: Submission, now: datetime) -> tuple[Filled, tuple[Fault, ...]]:
    """Fill the form with a submission's answers; return it with all that is wrong, by row and question.

    What the form computes is computed again: what came of it elsewhere is not believed.
    """
    filled = fill(form, submission.answers, now)
    wrong = tuple(
        fault(code, row=submission.row, column=place_words(place), **_right(filled, place, code))
        for place, code in sorted(filled.problems.items(), key=str)
    )
    return filled, (*submission.faults, *wrong)


def _right(filled: Filled, place: Place, code: FaultCode) -> dict[str, Any]:
    """Return what would be right at a place, as the form says it: never what was answered."""
    part = filled.form.parts.get(path_of(place))
    if not isinstance(part, Question):
        return {}
    if code is FaultCode.VALUE_KIND:
        bounds = {"low": part.lowest, "high": part.highest}
        return {"wants": part.kind.value, **{name: f"{each:g}" for name, each in bounds.items() if each is not None}}
    if code is FaultCode.VALUE_CHOICE:
        return {"choices": ", ".join(choice.name for choice in filled.choices(place, part))}
    if code is FaultCode.VALUE_CONSTRAINT:
        return {"rule": said(part.constraint_words, "") or part.constraint}
    return {}


def place_words(place: Place) -> str:
    """Return where an answer is, as text: names, and the number of an instance from 1."""
    return "/".join(str(step + 1) if isinstance(step, int) else step for step in place)


def leaves(answers: Mapping[str, Any], above: Place = ()) -> list[tuple[Place, str]]:
    """Return every answer with its place."""
    found: list[tuple[Place, str]] = []
    for name, value in answers.items():
        place = (*above, name)
        if isinstance(value, Mapping):
            found += leaves(value, place)
        elif isinstance(value, list):
            for at, instance in enumerate(value):
                found += leaves(instance, (*place, at))
        elif isinstance(value, str):
            found.append((place, value))
    return found


__all__ = ["Submission", "checked", "leaves", "path_of", "place_words"]
