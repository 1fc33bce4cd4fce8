"""One change to the chosen cases of a list, or to all that match, and undo. A long one shows how far it is."""

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, may, receivable_tiers
from waystation.accounts.queries import colleagues, people_here
from waystation.cases.index.chosen import matching
from waystation.cases.models import FLAG_REASONS, KIND
from waystation.cases.services.many import Changed, TakenBack, Way, change_many, take_back
from waystation.cases.steps.vocabulary import Priority
from waystation.continuity.jobs import Job, Jobs, State
from waystation.kernel import BadInputError
from waystation.store.keyring import Keyring
from waystation.store.models import Record
from waystation.store.tiers import Tier
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, caught_up, see_other
from waystation.web.views.cases.choosing import chosen_by
from waystation.web.wording import say, say_lazy

UNDO = "cases.undo"
"""Where the session, which lives in this process's memory, keeps the way back of the last change."""
FEW = 50
"""Cases that are changed while the page waits: one second. More are a piece of work of its own."""
CHANGES = Jobs()
"""The changes of many cases that run in this process, one at a time."""
_KIND = "many"
_ERROR, _WARNING = 40, 30


class ManyForm(forms.Form):
    """What to do with the chosen cases: ``kind:to``, each a coded word or an id."""

    do = forms.ChoiceField(label=say_lazy("lists.many.do"))

    def __init__(self, keyring: Keyring, person: Person, *args: Any, **options: Any) -> None:
        """Offer what the reader may do at all; whether they may with each case is asked for each."""
        super().__init__(*args, **options)
        groups: list[tuple[Any, list[tuple[str, Any]]]] = [
            (
                say_lazy("lists.many.priority"),
                [(f"priority:{each}", say_lazy(f"lists.priority.{each}")) for each in Priority],
            ),
            (
                say_lazy("lists.many.flag"),
                [(f"flag:{each}", say_lazy(f"lists.flag.{each}.name")) for each in FLAG_REASONS],
            ),
        ]
        if may(person, Action.CASE_HAND_OVER):
            owners = sorted(_owners(keyring).items(), key=lambda each: each[1])
            groups.append((say_lazy("lists.many.owner"), [(f"owner:{pk}", name) for pk, name in owners]))
        self.fields["do"].choices = [("", say_lazy("lists.many.choose")), *groups]  # type: ignore[attr-defined] # a ChoiceField


@require_POST
@answering_refusals
def change_chosen(request: AskedRequest) -> HttpResponseBase:
    """Change the cases that were chosen, or all that match the list's filter."""
    form = ManyForm(request.keyring, request.person, request.POST)
    if not form.is_valid():
        return _back(request, say("lists.many.what"), _ERROR)
    if request.POST.get("all") and not caught_up(request).progress.done:
        return _back(request, say("lists.many.not_yet"), _ERROR)
    chosen = _chosen(request)
    if not chosen:
        return _back(request, say("lists.many.which"), _ERROR)
    kind, _, to = form.cleaned_data["do"].partition(":")
    change = partial(change_many, keyring=request.keyring, case_ids=chosen, kind=kind, to=to, at=timezone.now())
    if len(chosen) > FEW:
        return _in_background(request, change)
    try:
        return _told(request, change())
    except BadInputError:
        return _back(request, say("lists.many.what"), _ERROR)


@require_POST
@answering_refusals
def undo(request: AskedRequest) -> HttpResponseBase:
    """Take the last change back, where nobody has changed it since."""
    kept = request.session.pop(UNDO, None)
    if kept is None:
        return _back(request, say("lists.many.nothing"), _WARNING)
    changed = Changed(kept["kind"], kept["to"], tuple(Way(UUID(pk), before) for pk, before in kept["ways"]))
    back = partial(take_back, keyring=request.keyring, changed=changed, at=timezone.now())
    return _in_background(request, back) if len(changed.ways) > FEW else _told(request, back())


@require_safe
@answering_refusals
def work(request: AskedRequest, job_id: UUID) -> HttpResponseBase:
    """Show how far a change of many cases is; once it is done, the list says what came of it."""
    job = _job(request, job_id)
    here = reverse("cases.many.work", args=[job_id])
    if job.state is not State.RUNNING:
        if "HX-Request" in request.headers:
            return HttpResponse(headers={"HX-Redirect": here})
        return _ended(request, job)
    context = {
        "job": job,
        "text": say(f"lists.many.step.{job.step or 'change'}"),
        "done": job.done,
        "total": job.total or 1,
        "poll": here,
    }
    part = "HX-Request" in request.headers
    return render(request, "web/parts/progress.html" if part else "web/cases/work.html", context)


@require_POST
@answering_refusals
def stop(request: AskedRequest, job_id: UUID) -> HttpResponseBase:
    """Stop a change of many cases at the next one; what was changed by then can be undone."""
    CHANGES.stop(_job(request, job_id).id)
    return see_other("cases.many.work", job_id)


def _in_background(request: AskedRequest, change: Callable[..., Changed | TakenBack]) -> HttpResponseBase:
    if CHANGES.is_running(_KIND):
        return _back(request, say("lists.many.busy"), _WARNING)
    job = CHANGES.start(_KIND, request.person.pk, lambda steps: change(steps=steps))
    return see_other("cases.many.work", job.id)


def _job(request: AskedRequest, job_id: UUID) -> Job:
    job = CHANGES.find(job_id)
    if job is None or job.by != request.person.pk:
        raise Http404
    return job


def _ended(request: AskedRequest, job: Job) -> HttpResponseBase:
    """Say once what came of it."""
    result, job.result = job.result, None
    if job.state is State.FAILED:
        return _back(request, say("lists.many.failed"), _ERROR)
    return _told(request, result) if result is not None else see_other("cases.list")


def _told(request: AskedRequest, result: Changed | TakenBack) -> HttpResponseBase:
    """Say what came of a change, with the way back, or of taking one back."""
    if isinstance(result, TakenBack):
        text = say("lists.many.undone", count=result.done)
        return _back(request, f"{text} {say('lists.many.left', count=result.stayed)}" if result.stayed else text, 25)
    request.session[UNDO] = _kept(result)
    texts = [say("lists.many.done", count=len(result.ways))]
    texts += [say("lists.many.refused", count=result.refused)] if result.refused else []
    texts += [say("lists.many.stopped", count=result.left)] if result.left else []
    notify(request, " ".join(texts), undo_url=reverse("cases.many.undo") if result.ways else "")
    return see_other("cases.list")


def _chosen(request: AskedRequest) -> list[UUID]:
    """Return the cases that were chosen, among those the reader may see."""
    index = caught_up(request)
    if request.POST.get("all"):
        return [each.id for each in matching(index, chosen_by(request))]
    found = []
    for text in request.POST.getlist("case"):
        try:
            case_id = UUID(text)
        except ValueError:
            continue
        found += [case_id] if index.get(case_id) else []
    return found


def _owners(keyring: Keyring) -> dict[UUID, str]:
    """Return the colleagues whose roles let them carry some case, with their names."""
    everybody = list(people_here())
    able = [
        each for each in everybody if Tier.WELFARE in receivable_tiers(each, Record(kind=KIND, team_id=each.team_id))
    ]
    return colleagues(keyring, able)


def _kept(done: Changed) -> dict[str, Any]:
    return {**asdict(done), "ways": [(str(way.case_id), way.before) for way in done.ways]}


def _back(request: AskedRequest, text: str, level: int) -> HttpResponseBase:
    notify(request, text, level=level)
    return see_other("cases.list")
