from collections.abc import Collection
from typing import TYPE_CHECKING, Literal, TypedDict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from waystation.kernel import RuleRefusedError
from waystation.vault import generate_passphrase, same_share
from waystation.web.middleware.desk import take_seat
from waystation.web.views.door.forms import OrganisationForm, RepeatForm
from waystation.web.views.door.steps import DETAILS, PASSPHRASE, desk_of, go_on, is_next, sent_to
from waystation.web.wording import active_language, say

if TYPE_CHECKING:
    from waystation.accounts.roles import Role

USUAL_WORDS, MOST_WORDS = 7, 12
STEPS = ("organisation", "passphrase", "shares", "done")


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """Say what this is, and ask for the language."""
    if desk_of(request).has_device:
        return go_on(request)
    return render(request, "web/door/welcome.html", {"begin": reverse("door.organisation")})


@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest) -> HttpResponse:
    """Ask for the organisation's name and the founder's."""
    resumed = is_next(request, "door.organisation") and desk_of(request).has_device
    if not resumed and not is_next(request, "door.organisation", "door.passphrase"):
        return go_on(request)
    if request.method != "POST":
        form = OrganisationForm(initial=request.session.get(DETAILS))
        return _page(request, "organisation", form)
    form = OrganisationForm(request.POST)
    if not form.is_valid():
        return _page(request, "organisation", form)
    request.session[DETAILS] = form.cleaned_data
    if resumed:
        desk_of(request).found(**_details(request), at=timezone.now())
        del request.session[DETAILS]
    return go_on(request)


@require_http_methods(["GET", "HEAD", "POST"])
def passphrase(request: HttpRequest) -> HttpResponse:
    """Show seven words drawn at random, to be written down; others, or more, for the asking."""
    if not is_next(request, "door.passphrase"):
        return go_on(request)
    drawn = draw_if_asked(request)
    if request.method == "POST":
        return sent_to("door.passphrase")
    return render(request, "web/door/passphrase.html", {"words": drawn.split(" "), "steps": steps("passphrase")})


@require_http_methods(["GET", "HEAD", "POST"])
def repeat(request: HttpRequest) -> HttpResponse:
    """Ask for the words once; then make the keys and the store, and found the organisation."""
    drawn = request.session.get(PASSPHRASE, "")
    if not drawn or not is_next(request, "door.passphrase"):
        return go_on(request)
    form = RepeatForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "repeat", form)
    if not same_words(form.cleaned_data["typed"], drawn):
        form.add_error("typed", say("door.repeat.differs"))
        return _page(request, "repeat", form)
    desk = desk_of(request)
    try:
        desk.set_up(drawn, **_details(request), at=timezone.now())
    except RuleRefusedError:
        form.add_error(None, say("door.not_empty"))
        return _page(request, "repeat", form)
    request.session.flush()
    take_seat(request, desk)
    return go_on(request)


def draw_if_asked(request: HttpRequest) -> str:
    """Return the passphrase drawn for this browser; a post draws another one, of more words if asked."""
    drawn = str(request.session.get(PASSPHRASE, ""))
    if not drawn or request.method == "POST":
        words = len(drawn.split()) or USUAL_WORDS
        if request.POST.get("more"):
            words = min(words + 1, MOST_WORDS)
        language: Literal["en", "ko"] = "ko" if active_language() == "ko" else "en"
        drawn = request.session[PASSPHRASE] = generate_passphrase(language, words)
    return drawn


def same_words(typed: str, drawn: str) -> bool:
    """Tell whether the same words were typed, whatever their case, spaces and way of writing Hangul."""
    return same_share(typed, drawn)


def steps(now: str) -> list[tuple[str, str]]:
    """Return the strip of steps with one of them as the present one."""
    at = STEPS.index(now)
    states = ["done"] * at + ["now"] + ["later"] * (len(STEPS) - at - 1)
    return [(say(f"door.step.{name}"), state) for name, state in zip(STEPS, states, strict=True)]


class _Details(TypedDict):
    name: str
    person_name: str
    roles: "Collection[Role]"
    language: str


def _details(request: HttpRequest) -> _Details:
    from waystation.accounts.roles import Role

    given = request.session[DETAILS]
    roles = {Role.DIRECTOR, Role.CASE_LEAD} if given["works_on_cases"] else {Role.DIRECTOR}
    return {
        "name": given["organisation"],
        "person_name": given["person"],
        "roles": roles,
        "language": active_language(),
    }


def _page(request: HttpRequest, name: str, form: OrganisationForm | RepeatForm) -> HttpResponse:
    context = {"form": form, "steps": steps("passphrase" if name == "repeat" else name)}
    return render(request, f"web/door/{name}.html", context, status=422 if form.errors else 200)


urlpatterns = [
    path("welcome", welcome, name="door.welcome"),
    path("set-up/organisation", organisation, name="door.organisation"),
    path("set-up/passphrase", passphrase, name="door.passphrase"),
    path("set-up/repeat", repeat, name="door.repeat"),
]
