from math import ceil

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from waystation.accounts.queries import colleagues, team_names
from waystation.kernel import BadInputError, RuleRefusedError
from waystation.vault import TamperedError, WrongSecretError, generate_passphrase
from waystation.web.notices import notify
from waystation.web.views.people.forms import PassphraseForm
from waystation.web.views.people.seated import SeatedRequest, see_other
from waystation.web.views.people.shown import role_words
from waystation.web.wording import say


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: SeatedRequest) -> HttpResponse:
    """Show one's own place here, and change one's passphrase."""
    form = PassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            request.desk.change_passphrase(form.cleaned_data["old"], form.cleaned_data["new"], at=now())
        except WrongSecretError:
            form.add_error("old", say("people.passphrase.wrong"))
        except TamperedError:
            form.add_error(None, say("people.passphrase.device"))
        except BadInputError:
            form.add_error("new", say("people.passphrase.weak"))
        except RuleRefusedError:
            form.add_error(None, say("people.passphrase.too_soon", count=ceil(request.desk.seconds_to_wait())))
        else:
            notify(request, say("people.passphrase.changed"))
            return see_other("people.own")
    teams = team_names(request.keyring)
    me = request.person
    context = {
        "form": form,
        "suggestion": generate_passphrase("ko" if me.language == "ko" else "en"),
        "facts": [
            (say("people.name"), colleagues(request.keyring, [me])[me.pk]),
            (say("people.roles"), ", ".join(role_words(me))),
            (say("people.team"), teams.get(me.team_id, "") if me.team_id else say("people.team.none")),
        ],
    }
    return render(request, "web/people/own.html", context, status=422 if form.errors else 200)
