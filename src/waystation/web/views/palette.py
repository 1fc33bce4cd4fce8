from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from waystation.web.commands import Command


@require_safe
def palette(request: HttpRequest) -> HttpResponse:
    """Show all that Ctrl-K offers as a page, for those who use no script or no keyboard."""
    return render(request, "web/home/palette.html")


urlpatterns = [path("everything", palette, name="palette")]
COMMANDS = [Command("home.palette", "palette", key="g e")]
