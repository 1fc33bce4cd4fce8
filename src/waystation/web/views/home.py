from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from waystation.web.commands import Command
from waystation.web.tiles import tiles_for


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader, as counts that are links."""
    return render(request, "web/home/home.html", {"tiles": tiles_for(request)})


urlpatterns = [path("", home, name="home")]
COMMANDS = [Command("home.title", "home", key="g h")]
