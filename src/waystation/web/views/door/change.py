import math

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from waystation.kernel import BadInputError, RuleRefusedError
from waystation.vault import WrongSecretError
from waystation.web.notices import notify
from waystation.web.views.door.forms import ChangeForm
from waystation.web.views.door.set_up import draw_if_asked, same_words
from waystation.web.views.door.steps import PASSPHRASE, desk_of, sent_to
from waystation.web.wording import say


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Replace one's passphrase on this device by one that is drawn and shown here."""
    asked_anew = bool(request.POST.get("another") or request.POST.get("more"))
    if request.method != "POST" or asked_anew:
        return _page(request, ChangeForm(), draw_if_asked(request))
    drawn = str(request.session.get(PASSPHRASE, ""))
    form = ChangeForm(request.POST)
    if form.is_valid() and not (drawn and same_words(form.cleaned_data["typed"], drawn)):
        form.add_error("typed", say("door.repeat.differs"))
    if not form.is_valid():
        return _page(request, form, drawn)
    try:
        desk_of(request).change_passphrase(form.cleaned_data["old"], drawn, at=timezone.now())
    except WrongSecretError:
        form.add_error("old", say("door.wrong"))
    except BadInputError:
        form.add_error("typed", say("door.repeat.another"))
    except RuleRefusedError as error:
        seconds = float(getattr(error, "seconds", 1))
        form.add_error(None, say("door.wait", count=max(1, math.ceil(seconds))))
    if form.errors:
        return _page(request, form, drawn)
    request.session.pop(PASSPHRASE, None)
    notify(request, say("door.change.done"))
    return sent_to("preferences")


def _page(request: HttpRequest, form: ChangeForm, drawn: str) -> HttpResponse:
    context = {"form": form, "words": drawn.split(" ")}
    return render(request, "web/door/change.html", context, status=422 if form.errors else 200)


urlpatterns = [path("passphrase", change, name="door.change")]
