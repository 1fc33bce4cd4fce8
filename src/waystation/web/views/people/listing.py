from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from waystation.accounts.models import Person
from waystation.accounts.queries import colleagues, in_good_standing, team_names
from waystation.web.views.people.seated import SeatedRequest
from waystation.web.views.people.shown import role_words


@require_safe
def people(request: SeatedRequest) -> HttpResponse:
    """List who is here, and who was."""
    everybody = list(Person.objects.select_related("record", "team").order_by("joined_at", "pk"))
    names, teams = colleagues(request.keyring, everybody), team_names(request.keyring)
    good = in_good_standing(request.keyring)
    rows = [
        (
            person.active,
            {
                "person": person,
                "name": names[person.pk],
                "roles": role_words(person),
                "team": teams.get(person.team_id) if person.team_id else "",
                "doubtful": person.active and person.pk not in good,
            },
        )
        for person in everybody
    ]
    here, left = ([row for active, row in rows if active is wanted] for wanted in (True, False))
    return render(request, "web/people/list.html", {"here": here, "left": left})
