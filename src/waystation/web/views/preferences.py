"""What a device remembers for whoever uses it: language and theme, in two cookies that say nothing else."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from waystation.web.commands import Command
from waystation.web.frame import THEME_COOKIE, THEMES, theme_of
from waystation.web.notices import notify
from waystation.web.wording import LANGUAGES, say, say_lazy

_YEAR = 365 * 24 * 3600


class ThemeForm(forms.Form):
    """Light, dark, or as the device has it."""

    theme = forms.ChoiceField(
        label=say_lazy("frame.theme"),
        choices=[(theme, say_lazy(f"home.theme.{theme}")) for theme in THEMES],
        widget=forms.RadioSelect,
    )


@require_safe
def preferences(request: HttpRequest) -> HttpResponse:
    """Show what can be chosen."""
    return _page(request, ThemeForm(initial={"theme": theme_of(request)}))


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keep the theme and go back to the preferences."""
    form = ThemeForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    notify(request, say("home.preferences.saved"))
    return _kept(redirect("preferences"), THEME_COOKIE, form.cleaned_data["theme"])


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language and go back to where it was chosen."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = "/"
    response = redirect(back)
    chosen = request.POST.get("language", "")
    if chosen not in LANGUAGES:
        return response
    if getattr(request, "person", None) is not None:
        with override(chosen):
            notify(request, say("home.preferences.saved"))
    return _kept(response, settings.LANGUAGE_COOKIE_NAME, chosen)


@require_POST
def awake(_request: HttpRequest) -> HttpResponse:
    """Answer nothing: that a person is still there is what the request itself tells."""
    return HttpResponse(status=204)


def _page(request: HttpRequest, form: ThemeForm) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, "theme_address": reverse("preferences.theme")}
    return render(request, "web/home/preferences.html", context, status=status)


def _kept(response: HttpResponse, cookie: str, value: str) -> HttpResponse:
    response.status_code = 303
    response.set_cookie(cookie, value, max_age=_YEAR, samesite="Strict", httponly=True)
    return response


urlpatterns = [
    path("preferences", preferences, name="preferences"),
    path("preferences/theme", choose_theme, name="preferences.theme"),
    path("preferences/language", choose_language, name="preferences.language"),
    path("preferences/awake", awake, name="preferences.awake"),
]
COMMANDS = [Command("home.preferences", "preferences", key="g ,")]
