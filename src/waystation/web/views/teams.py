"""Teams: people who share cases."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waystation.accounts.models import Person, Team
from waystation.accounts.permissions import Action, may
from waystation.accounts.queries import colleagues, team_names
from waystation.accounts.services import close_team, make_team, rename_team
from waystation.kernel import RuleRefusedError
from waystation.web.commands import Command
from waystation.web.notices import notify
from waystation.web.views.people.seated import SeatedRequest, see_other
from waystation.web.wording import say, say_lazy


class TeamForm(forms.Form):
    """What a team is called."""

    name = forms.CharField(
        label=say_lazy("teams.name"),
        max_length=100,
        error_messages={"required": say_lazy("teams.name.none")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@require_safe
def teams(request: SeatedRequest) -> HttpResponse:
    """List the teams with their people."""
    return _page(request, TeamForm())


@require_POST
def add(request: SeatedRequest) -> HttpResponse:
    """Make a team."""
    form = TeamForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    make_team(keyring=request.keyring, name=form.cleaned_data["name"], at=now())
    notify(request, say("teams.made"))
    return see_other("people.teams")


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: SeatedRequest, team_id: UUID) -> HttpResponse:
    """Give a team another name."""
    team = _team(team_id)
    form = TeamForm(request.POST or None, initial={"name": team_names(request.keyring).get(team_id, "")})
    if request.method == "POST" and form.is_valid():
        rename_team(keyring=request.keyring, team=team, name=form.cleaned_data["name"], at=now())
        notify(request, say("teams.renamed"))
        return see_other("people.teams")
    return render(request, "web/teams/rename.html", {"form": form, "team": team}, status=422 if form.errors else 200)


@require_POST
def close(request: SeatedRequest, team_id: UUID) -> HttpResponse:
    """Close a team that nobody is in."""
    try:
        close_team(keyring=request.keyring, team=_team(team_id), at=now())
    except RuleRefusedError:
        notify(request, say("teams.not_empty"), level=30)
    else:
        notify(request, say("teams.closed"))
    return see_other("people.teams")


def _page(request: SeatedRequest, form: TeamForm) -> HttpResponse:
    names = team_names(request.keyring)
    people = list(Person.objects.filter(active=True).select_related("record").order_by("joined_at", "pk"))
    called = colleagues(request.keyring, people)
    rows = [
        {
            "id": team_id,
            "name": name,
            "people": [(person.pk, called[person.pk]) for person in people if person.team_id == team_id],
        }
        for team_id, name in names.items()
    ]
    alone = [(person.pk, called[person.pk]) for person in people if person.team_id is None]
    context = {"teams": rows, "alone": alone, "form": form, "may_manage": may(request.person, Action.TEAM_MANAGE)}
    return render(request, "web/teams/list.html", context, status=422 if form.errors else 200)


def _team(team_id: UUID) -> Team:
    found = Team.objects.select_related("record").filter(pk=team_id, closed_at=None).first()
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("teams", teams, name="people.teams"),
    path("teams/add", add, name="people.teams.add"),
    path("teams/<uuid:team_id>/name", rename, name="people.teams.rename"),
    path("teams/<uuid:team_id>/close", close, name="people.teams.close"),
]
COMMANDS = [Command("teams.title", "people.teams", key="g t")]
