from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseForbidden
from django.http.response import HttpResponseBase

from waystation.web.middleware.record import write_line

SAFE = frozenset({"GET", "HEAD"})
WRITING = frozenset({"POST"})
OURS = frozenset({"same-origin", "none"})
"""``Sec-Fetch-Site`` of what our own pages send, and of an address that a person typed."""
REFUSED = "Waystation does not answer this request.\n"


class OriginMiddleware:
    """Answers only those who came to this very address, and takes posts only from this application's own pages.

    A name that points to 127.0.0.1 (DNS rebinding), another port on this machine, another site's form: all refused before any
    page is looked for. The token in each form is asked for besides.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse, or answer."""
        if not _is_our_host(request):
            write_line("refused: another host was asked for")
            return HttpResponseBadRequest(REFUSED, content_type="text/plain; charset=utf-8")
        if not _is_from_us(request):
            write_line("refused: sent by another site")
            return HttpResponseForbidden(REFUSED, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


def _is_our_host(request: HttpRequest) -> bool:
    return not settings.ALLOWED_HOST or request.META.get("HTTP_HOST", "") == settings.ALLOWED_HOST


def _is_from_us(request: HttpRequest) -> bool:
    """Tell whether one of our pages, or nobody's page, sent this.

    A link on another site may lead here (GET of a page that only shows), but what it embeds or posts is refused.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    if request.method in SAFE:
        return site in OURS or not site or request.headers.get("Sec-Fetch-Mode", "") == "navigate"
    if request.method not in WRITING or (site and site != "same-origin"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or origin == f"http://{request.META.get('HTTP_HOST', '')}"
