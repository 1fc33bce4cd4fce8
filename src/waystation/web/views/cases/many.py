"""One change to the chosen cases of a list, or to all that match; and undo."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django import forms
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, may, receivable_tiers
from waystation.accounts.queries import colleagues, people_here
from waystation.cases.index.chosen import matching
from waystation.cases.models import FLAG_REASONS, KIND
from waystation.cases.services.many import MOST, Changed, Way, change_many, take_back
from waystation.cases.steps.vocabulary import Priority
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
    if len(chosen) > MOST:
        return _back(request, say("lists.many.too_many", most=MOST, chosen=len(chosen)), _ERROR)
    kind, _, to = form.cleaned_data["do"].partition(":")
    try:
        done = change_many(keyring=request.keyring, case_ids=chosen, kind=kind, to=to, at=timezone.now())
    except BadInputError:
        return _back(request, say("lists.many.what"), _ERROR)
    request.session[UNDO] = _kept(done)
    text = say("lists.many.done", count=len(done.ways))
    if done.refused:
        text = f"{text} {say('lists.many.refused', count=done.refused)}"
    notify(request, text, undo_url=reverse("cases.many.undo") if done.ways else "")
    return see_other("cases.list")


@require_POST
@answering_refusals
def undo(request: AskedRequest) -> HttpResponseBase:
    """Take the last change back, where nobody has changed it since."""
    kept = request.session.pop(UNDO, None)
    if kept is None:
        return _back(request, say("lists.many.nothing"), _WARNING)
    changed = Changed(kept["kind"], kept["to"], tuple(Way(UUID(pk), before) for pk, before in kept["ways"]))
    done = take_back(keyring=request.keyring, changed=changed, at=timezone.now())
    left = len(changed.ways) - done
    text = say("lists.many.undone", count=done)
    return _back(request, f"{text} {say('lists.many.left', count=left)}" if left else text, 25)


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
