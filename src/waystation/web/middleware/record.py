"""One line for each request: method, the page's name, status. No path, no query, no text of an error."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]


def place_of(trace: TracebackType | None) -> str:
    """Return the file's name and line where an exception was raised, as ``base.py:70``; ``?`` where nobody knows."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace is not None else "?"


def told(error: BaseException) -> str:
    """Return what may be written down of an exception: its type and its place, never its message."""
    return f"{type(error).__name__} at {place_of(error.__traceback__)}"


def write_line(line: str) -> None:
    """Write one line to standard error; a closed terminal stops nothing."""
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        return


class RecordMiddleware:
    """Writes the line. Static files have no name and are not told of."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then write."""
        response = self.get_response(request)
        name = request.resolver_match.view_name if request.resolver_match else None
        if name or response.status_code >= 400:
            method = request.method if request.method in {"GET", "HEAD", "POST"} else "OTHER"
            write_line(f"{method} {name or '-'} {response.status_code}")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Write down where a page failed; Django answers 500 (or 404, 403, 400 for its own refusals)."""
        write_line(f"failed: {told(exception)}")
        return None
