from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from waystation.accounts.errors import LastOneError, NotPermittedError, RolesRefusedError
from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, may
from waystation.accounts.queries import colleagues, in_good_standing, keys_held_in_common, team_names
from waystation.accounts.roles import Role
from waystation.accounts.services import Taking, change_roles, remove_person
from waystation.kernel import BadInputError
from waystation.web.notices import notify
from waystation.web.views.people.forms import RolesForm
from waystation.web.views.people.seated import SeatedRequest, see_other
from waystation.web.views.people.shown import role_words
from waystation.web.wording import say


@require_safe
def person_page(request: SeatedRequest, person_id: UUID) -> HttpResponse:
    """Show one person: what they do here, and how many parts of records both of us hold keys of."""
    person = _person(person_id)
    teams = team_names(request.keyring)
    held = keys_held_in_common(request.keyring, person) if person.active else None
    context = {
        "person": person,
        "name": colleagues(request.keyring, [person])[person.pk],
        "facts": [
            (say("people.roles"), ", ".join(role_words(person))),
            (say("people.team"), teams.get(person.team_id, "") if person.team_id else say("people.team.none")),
            (say("people.since"), person.joined_at.date().isoformat()),
            *([(say("people.left"), person.left_at.date().isoformat())] if person.left_at else []),
            *([(say("people.held"), say("people.held.count", count=held))] if held is not None else []),
        ],
        "is_me": person.pk == request.person.pk,
        "may_change": person.active and may(request.person, Action.PEOPLE_CHANGE),
        "may_remove": person.active and person.pk != request.person.pk and may(request.person, Action.PEOPLE_REMOVE),
        "doubtful": person.active and person.pk not in in_good_standing(request.keyring),
    }
    return render(request, "web/people/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: SeatedRequest, person_id: UUID) -> HttpResponse:
    """Change what somebody does here."""
    person = _person(person_id, here=True)
    start = {"roles": person.roles, "team": str(person.team_id or "")}
    form = RolesForm(request.POST or None, initial=start, teams=team_names(request.keyring))
    if request.method == "POST" and form.is_valid():
        try:
            taking = change_roles(
                keyring=request.keyring,
                person=person,
                roles=[Role(role) for role in form.cleaned_data["roles"]],
                team_id=UUID(form.cleaned_data["team"]) if form.cleaned_data["team"] else None,
                at=now(),
            )
        except LastOneError:
            form.add_error("roles", say("people.last_one"))
        except RolesRefusedError:
            form.add_error("roles", say("people.roles.refused"))
        except BadInputError:
            form.add_error("team", say("people.team.gone"))
        else:
            _tell_what_became(request, say("people.changed"), taking)
            return see_other("people.person", person.pk)
    context = {"form": form, "person": person, "name": colleagues(request.keyring, [person])[person.pk]}
    return render(request, "web/people/roles.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SeatedRequest, person_id: UUID) -> HttpResponse:
    """Say plainly what it does and what it cannot do; then let somebody go."""
    person = _person(person_id, here=True)
    refusal = ""
    if request.method == "POST":
        try:
            taking = remove_person(keyring=request.keyring, person=person, at=now())
        except LastOneError:
            refusal = say("people.last_one")
        except NotPermittedError:
            raise PermissionDenied from None
        else:
            request.desk.drop_person(person.pk)
            _tell_what_became(request, say("people.removed"), taking)
            return see_other("people.list")
    context = {"person": person, "name": colleagues(request.keyring, [person])[person.pk], "refusal": refusal}
    return render(request, "web/people/remove.html", context, status=422 if refusal else 200)


def _person(person_id: UUID, *, here: bool = False) -> Person:
    found = Person.objects.select_related("record", "team").filter(pk=person_id).first()
    if found is None or (here and not found.active):
        raise Http404
    return found


def _tell_what_became(request: HttpRequest, done: str, taking: Taking) -> None:
    notify(request, done)
    if taking.owed:
        messages.warning(request, say("people.owed", count=taking.owed))
