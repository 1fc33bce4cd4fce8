from secrets import SystemRandom
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from waystation.accounts.errors import RolesRefusedError
from waystation.accounts.queries import team_names
from waystation.accounts.roles import Role
from waystation.accounts.services import admit_person
from waystation.kernel import BadInputError
from waystation.vault import generate_passphrase, new_identity
from waystation.web.notices import notify
from waystation.web.views.people.forms import NewcomerForm, WordsForm
from waystation.web.views.people.seated import SeatedRequest, see_other
from waystation.web.wording import say

NEWCOMER = "people.newcomer"
"""Where a session, which is in this process's memory alone, keeps somebody who is about to be admitted."""


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SeatedRequest) -> HttpResponse:
    """Ask who joins; then make their passphrase, which exists in this process alone until two of its words were typed back."""
    form = NewcomerForm(request.POST or None, teams=team_names(request.keyring))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        passphrase = generate_passphrase(given["language"])
        places = sorted(SystemRandom().sample(range(len(passphrase.split())), 2))
        request.session[NEWCOMER] = {
            "id": str(uuid4()),
            "name": given["name"],
            "roles": given["roles"],
            "team": given["team"],
            "language": given["language"],
            "passphrase": passphrase,
            "places": places,
        }
        return see_other("people.add.words")
    return render(request, "web/people/add.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def add_words(request: SeatedRequest) -> HttpResponse:
    """Show the newcomer their passphrase once, and admit them when they have typed two of its words back."""
    newcomer = request.session.get(NEWCOMER)
    if not newcomer:
        return see_other("people.add")
    words = newcomer["passphrase"].split()
    expected = [words[place] for place in newcomer["places"]]
    form = WordsForm(request.POST or None, places=newcomer["places"], expected=expected)
    if request.method == "POST" and form.is_valid() and _admitted(request, newcomer, form):
        del request.session[NEWCOMER]
        notify(request, say("people.added"))
        return see_other("people.person", UUID(newcomer["id"]))
    context = {"form": form, "words": words, "name": newcomer["name"]}
    return render(request, "web/people/words.html", context, status=422 if form.errors else 200)


def _admitted(request: SeatedRequest, newcomer: dict[str, Any], form: WordsForm) -> bool:
    identity = new_identity(UUID(newcomer["id"]))
    try:
        request.desk.add_person(identity, newcomer["passphrase"])
        admit_person(
            keyring=request.keyring,
            name=newcomer["name"],
            roles=[Role(role) for role in newcomer["roles"]],
            team_id=UUID(newcomer["team"]) if newcomer["team"] else None,
            identity_or_publics=identity,
            language=newcomer["language"],
            at=now(),
        )
    except (BadInputError, RolesRefusedError):
        request.desk.drop_person(identity.person_id)
        form.add_error(None, say("people.add.failed"))
        return False
    except BaseException:
        request.desk.drop_person(identity.person_id)  # a place on the device that leads to nobody is of no use
        raise
    return True
