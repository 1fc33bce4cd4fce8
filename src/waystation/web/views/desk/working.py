"""Notes, tasks and flags."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from waystation.accounts.models import Person
from waystation.accounts.queries import colleagues, people_here
from waystation.cases.models import FLAG_REASONS, TASKS
from waystation.cases.services import (
    add_task,
    finish_task,
    lower_flag,
    raise_flag,
    raise_flag_again,
    reopen_task,
    write_note,
)
from waystation.store.keyring import Keyring
from waystation.web.views.desk.doing import Act, Asking, DeskForm, Doing, undo
from waystation.web.views.desk.fields import day, lines, one_of
from waystation.web.wording import say, say_lazy


class NoteForm(DeskForm):
    """A note."""

    text = lines("desk.note.text", longest=20_000, rows=8, required=True)


class TaskForm(DeskForm):
    """Something to do."""

    what = one_of("desk.task.what", TASKS, "desk.task.kind", required=True)
    words = lines("desk.words", longest=2_000, rows=3)
    owner = forms.ChoiceField(label=say_lazy("desk.task.owner"), required=False)
    due = day("desk.task.due")

    def prepare(self, asking: Asking) -> None:
        """Offer the people who are here."""
        offer_people(self, "owner", asking.request.keyring)
        self.fields["due"].help_text = say("desk.task.due.hint")


class FlagForm(DeskForm):
    """A mark for others to see."""

    reason = one_of("desk.flag.reason", FLAG_REASONS, "desk.flag.kind", required=True)
    words = lines("desk.words", longest=2_000, rows=3)
    until = day("desk.flag.until")


def offer_people(form: DeskForm, name: str, keyring: Keyring, people: list[Person] | None = None) -> None:
    """Let a field offer colleagues by name, or nobody."""
    here = list(people_here()) if people is None else people
    named = sorted((said, str(pk)) for pk, said in colleagues(keyring, here).items())
    choices = [("", say("desk.nobody_named")), *((pk, said) for said, pk in named)]
    form.fields[name].choices = choices  # type: ignore[attr-defined] # it is a ChoiceField


def _note(asking: Asking, given: Mapping[str, Any]) -> str:
    write_note(keyring=asking.request.keyring, case=asking.case, text=given["text"], at=asking.at)
    return ""


def _task(asking: Asking, given: Mapping[str, Any]) -> str:
    owner = UUID(given["owner"]) if given["owner"] else None
    add_task(keyring=asking.request.keyring, case=asking.case, at=asking.at, **{**given, "owner": owner})
    return ""


def _flag(asking: Asking, given: Mapping[str, Any]) -> str:
    flag = raise_flag(keyring=asking.request.keyring, case=asking.case, at=asking.at, **given)
    return undo("flag_down", asking, flag.pk)


def _task_done(asking: Asking) -> str:
    finish_task(keyring=asking.request.keyring, case=asking.case, task_id=asking.row_id, at=asking.at)
    return undo("task_again", asking, asking.row_id)


def _task_again(asking: Asking) -> str:
    reopen_task(keyring=asking.request.keyring, case=asking.case, task_id=asking.row_id, at=asking.at)
    return undo("task_done", asking, asking.row_id)


def _flag_down(asking: Asking) -> str:
    lower_flag(keyring=asking.request.keyring, case=asking.case, flag_id=asking.row_id, at=asking.at)
    return undo("flag_again", asking, asking.row_id)


def _flag_again(asking: Asking) -> str:
    raise_flag_again(keyring=asking.request.keyring, case=asking.case, flag_id=asking.row_id, at=asking.at)
    return undo("flag_down", asking, asking.row_id)


DOINGS = (
    Doing("note", "notes/new", NoteForm, _note, back="notes"),
    Doing("task", "tasks/new", TaskForm, _task, back="tasks"),
    Doing("flag", "flags/new", FlagForm, _flag),
)
ACTS = (
    Act("task_done", "tasks/<uuid:row_id>/done", _task_done, back="tasks"),
    Act("task_again", "tasks/<uuid:row_id>/again", _task_again, back="tasks"),
    Act("flag_down", "flags/<uuid:row_id>/down", _flag_down),
    Act("flag_again", "flags/<uuid:row_id>/again", _flag_again),
)
