"""A form as plain JSON, so that it can be kept as it was when it was brought in."""

from dataclasses import asdict
from typing import Any

from waystation.intake.forms.form import Choice, Form, Kind, Question, Section
from waystation.kernel import BadInputError

VERSION = 1


def form_document(form: Form) -> dict[str, Any]:
    """Return what `form_of` reads again: texts, numbers, lists and objects, what is empty left out."""
    return {
        "document": VERSION,
        "id": form.id,
        "title": form.title,
        "version": form.version,
        "languages": list(form.languages),
        "children": [_part_document(child) for child in form.children],
        "choices": {name: [_short(asdict(choice)) for choice in rows] for name, rows in form.choices.items()},
    }


def form_of(document: dict[str, Any]) -> Form:
    """Return the form of a document.

    Raises
    ------
    BadInputError
        If it is not one that `form_document` wrote.
    """
    if document.get("document") != VERSION:
        raise BadInputError("this is not a form as this version keeps it")
    try:
        return Form(
            id=document["id"],
            title=document["title"],
            version=document["version"],
            languages=tuple(document["languages"]),
            children=tuple(_part(child) for child in document["children"]),
            choices={name: tuple(Choice(**row) for row in rows) for name, rows in document["choices"].items()},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadInputError("this is not a form as this version keeps it") from error


def _part_document(part: Question | Section) -> dict[str, Any]:
    if isinstance(part, Question):
        return _short(asdict(part) | {"path": list(part.path), "kind": part.kind.value})
    plain = {name: getattr(part, name) for name in ("row", "labels", "relevant", "repeats", "count")}
    children = [_part_document(child) for child in part.children]
    return _short(plain | {"path": list(part.path)}) | {"children": children}


def _part(document: dict[str, Any]) -> Question | Section:
    path = tuple(document["path"])
    if "children" in document:
        children = tuple(_part(child) for child in document["children"])
        return Section(**document | {"path": path, "children": children})
    return Question(**document | {"path": path, "kind": Kind(document["kind"])})


def _short(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: dict(value) if hasattr(value, "items") else value
        for key, value in values.items()
        if value not in ("", None, False, 0) and value != {}
    }
