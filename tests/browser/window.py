"""A browser window that looks at the application as one person, over real requests to this machine."""

import os
from threading import Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request
from waitress.server import create_server

from waystation.config.serving.server import Server

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
    "true"  # Playwright's loop runs in this thread; Django is not asked from within it
)


class Served:
    """The application on a free port of 127.0.0.1, in the transaction of the test that asked for it.

    The server is the one that people use (waitress), with one thread: the test and it share one database connection.
    """

    def __enter__(self) -> Self:
        self._connection = connections["default"]
        self._connection.inc_thread_sharing()
        self._application = WSGIHandler()
        inner = create_server(self._answer, _start=False, host="127.0.0.1", port=0, threads=1)
        inner.accept_connections()  # before anybody asks
        self._server = Server(inner)
        self._thread = Thread(target=self._server.run, daemon=True)
        self._thread.start()
        self.origin = f"http://127.0.0.1:{inner.effective_port}"
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.stop()
        self._thread.join()  # nothing of the loop is closed under its feet
        self._server.close()
        self._connection.dec_thread_sharing()

    def _answer(self, environ: Any, start_response: Any) -> Any:
        connections["default"] = self._connection  # of this thread
        return self._application(environ, start_response)


class Window:
    """A window of the person that ``client`` is. ``complaints`` is what the console said and what was asked of others."""

    def __init__(self, context: BrowserContext, origin: str, client: Client, language: str) -> None:
        self.origin = origin
        self.complaints: list[str] = []
        desk = getattr(client, "desk", None)
        if desk is not None:
            from waystation.web.middleware.desk import install

            install(desk)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language, **{name: one.value for name, one in client.cookies.items()}}
        for name, value in cookies.items():
            context.add_cookies([{"name": name, "value": value, "url": origin}])
        self.page: Page = context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)

    def go(self, path: str) -> Page:
        """Open a path and wait until it has loaded."""
        self.page.goto(f"{self.origin}{path}")
        return self.page

    def _heard(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            self.complaints.append(said.text)

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.complaints.append(f"asked for {request.url}")
