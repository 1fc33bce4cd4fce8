"""What is to be done in all cases: mine, the team's, all; what is overdue first; by code, never by name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from waystation.accounts.permissions import Action, may
from waystation.cases.index.index import index_of
from waystation.cases.models import Case
from waystation.cases.services import finish_task, reopen_task
from waystation.cases.to_do import WHOSE, ToDo, tasks_of, with_words
from waystation.web.commands import Command
from waystation.web.notices import notify
from waystation.web.tiles import Tile, TileSource
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, case_of, names_of
from waystation.web.views.desk.refusals import REFUSALS, said
from waystation.web.wording import say

PER_PAGE = 25


@dataclass(frozen=True)
class Line:
    """One task in the reader's language; ``urgent`` says that its day has passed."""

    id: UUID
    case_id: UUID
    code: str
    what: str
    words: str = field(repr=False)
    owner: str
    due: str
    urgent: bool
    why: str


@dataclass(frozen=True)
class Paged:
    """Which page of how many this is, and where the ones beside it are: empty where there is none."""

    page: int
    pages: int
    previous: str
    next: str


@require_safe
@answering_refusals
def tasks(request: AskedRequest) -> HttpResponseBase:
    """List the open tasks of the cases that the reader may open."""
    now, book, index = timezone.now(), tasks_of(request.keyring), index_of(request.keyring)
    progress = book.catch_up(request.person, at=now)
    whose = asked if (asked := request.GET.get("whose", "")) in WHOSE else WHOSE[0]
    found = book.to_do(index, whose)
    paged = _paged(request, whose, len(found))
    start = (paged.page - 1) * PER_PAGE
    shown = with_words(keyring=request.keyring, shown=found[start : start + PER_PAGE], at=now)
    context = {
        "lines": _lines(request, shown),
        "paged": paged,
        "count": len(found),
        "late": sum(1 for each in found if each.late),
        "whose": whose,
        "views": [(each, say(f"lists.whose.{each}"), _address(each)) for each in WHOSE],
        "progress": progress,
        "may_change": may(request.person, Action.CASE_CHANGE),
    }
    return render(request, "web/tasks/list.html", context)


@require_POST
@answering_refusals
def done(request: AskedRequest, case_id: UUID, row_id: UUID) -> HttpResponseBase:
    """Say that a task is done, and come back to the list; it can be taken back."""
    undo = reverse("tasks.again", args=[case_id, row_id])
    return _act(request, case_id, row_id, finish_task, say("desk.task_done.done"), undo)


@require_POST
@answering_refusals
def again(request: AskedRequest, case_id: UUID, row_id: UUID) -> HttpResponseBase:
    """Take back that a task is done."""
    return _act(request, case_id, row_id, reopen_task, say("desk.task_again.done"), "")


def _act(
    request: AskedRequest, case_id: UUID, row_id: UUID, do: Callable[..., object], told: str, undo: str
) -> HttpResponseBase:
    case: Case = case_of(case_id)
    try:
        do(keyring=request.keyring, case=case, task_id=row_id, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except REFUSALS as refusal:
        notify(request, " ".join(said(refusal)), level=40)
    else:
        notify(request, told, undo_url=undo)
    whose = request.POST.get("whose", "")
    answer = redirect(_address(whose if whose in WHOSE else WHOSE[0]))
    answer.status_code = 303
    return answer


def _address(whose: str, page: int = 1) -> str:
    return f"{reverse('tasks.list')}?whose={whose}" + (f"&page={page}" if page > 1 else "")


def _paged(request: HttpRequest, whose: str, count: int) -> Paged:
    pages = max(1, -(-count // PER_PAGE))
    asked = request.GET.get("page", "1")
    page = min(max(int(asked) if asked.isdecimal() and len(asked) < 8 else 1, 1), pages)
    before = _address(whose, page - 1) if page > 1 else ""
    return Paged(page, pages, before, _address(whose, page + 1) if page < pages else "")


def _lines(request: AskedRequest, shown: list[ToDo]) -> list[Line]:
    people = names_of(request, {owner for each in shown if (owner := each.owner) is not None})
    return [
        Line(
            id=each.task.id,
            case_id=each.case.id,
            code=each.case.code,
            what=say(f"desk.task.kind.{each.task.what}"),
            words=each.task.words,
            owner=_owner(each.owner, people, request.person.pk),
            due=each.task.due.isoformat() if each.task.due else "",
            urgent=each.late,
            why=_why(each, request.person.pk),
        )
        for each in shown
    ]


def _owner(owner: UUID | None, people: dict[UUID, str], reader: UUID) -> str:
    if owner is None:
        return say("lists.owner.nobody")
    return say("lists.owner.you") if owner == reader else people.get(owner) or say("lists.owner.somebody")


def _why(each: ToDo, reader: UUID) -> str:
    """Return why a task is in front of the reader."""
    if each.task.owner == reader:
        return say("tasks.why.given")
    if each.owner == reader:
        return say("tasks.why.carried")
    return say("tasks.why.nobody") if each.owner is None else say("tasks.why.seen")


def tiles(request: HttpRequest) -> list[Tile]:
    """Count, for the home page, what is the reader's own to do, and how much of it is overdue."""
    person, keyring = getattr(request, "person", None), getattr(request, "keyring", None)
    if person is None or keyring is None:
        return []
    book, index = tasks_of(keyring), index_of(keyring)
    known = book.catch_up(person, at=timezone.now(), seconds=0.0).done
    mine = book.to_do(index, WHOSE[0])
    late = sum(1 for each in mine if each.late)
    if known and not mine:
        return []
    note = say("tasks.late", count=late) if late else ""
    count: int | str = len(mine) if known else f"{len(mine)}+" if mine else "…"
    return [Tile(say("tasks.tile"), count, _address(WHOSE[0]), "danger" if late else "plain", note)]


_TASK = "tasks/<uuid:case_id>/<uuid:row_id>"

urlpatterns = [
    path("tasks", tasks, name="tasks.list"),
    path(f"{_TASK}/done", done, name="tasks.done"),
    path(f"{_TASK}/again", again, name="tasks.again"),
]
COMMANDS = [Command("tasks.title", "tasks.list", key="g k")]
TILES = [TileSource(tiles, action=Action.TASK_LIST)]
