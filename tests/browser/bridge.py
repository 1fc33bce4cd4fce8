"""A browser whose requests are answered by Django's test client: every page of every role, with no server between."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Request, Route

ORIGIN = "http://127.0.0.1"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".otf": "font/otf"}

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread, and nothing else does


class Bridge:
    """Answers the requests of one browser context as one person. ``complaints`` is what the browser's console said."""

    def __init__(self, context: BrowserContext, client: Client) -> None:
        self.client = client
        self.complaints: list[str] = []
        self.client.raise_request_exception = True
        self.context = context
        context.route("**/*", self.answer)
        self.page: Page = context.new_page()
        self.page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in {"error", "warning"} else None
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> Page:
        """Open a path and wait until it has loaded."""
        self.page.goto(f"{ORIGIN}{path}")
        return self.page

    def answer(self, route: Route, request: Request) -> None:
        """Answer one request; whatever is not of this origin is refused, and told."""
        parts = urlsplit(request.url)
        if f"{parts.scheme}://{parts.netloc}" != ORIGIN:
            self.complaints.append(f"asked for {request.url}")
            route.abort()
        elif parts.path.startswith("/static/"):
            self._answer_file(route, parts.path.removeprefix("/static/"))
        else:
            self._answer_page(route, request, parts.path + (f"?{parts.query}" if parts.query else ""))

    def _answer_file(self, route: Route, name: str) -> None:
        found = finders.find(name)
        if not isinstance(found, str):
            self.complaints.append(f"no file {name}")
            route.fulfill(status=404)
            return
        route.fulfill(status=200, body=Path(found).read_bytes(), content_type=KINDS[Path(found).suffix])

    def _answer_page(self, route: Route, request: Request, path: str) -> None:
        sent = request.all_headers()
        headers = {
            name: value for name, value in sent.items() if name not in {"content-type", "content-length", "cookie"}
        }
        for pair in filter(None, sent.get("cookie", "").split("; ")):
            name, _, value = pair.partition("=")
            if name in {"theme", settings.LANGUAGE_COOKIE_NAME}:
                self.client.cookies[name] = value
        answer = self.client.generic(
            request.method,
            path,
            data=request.post_data_buffer or b"",
            content_type=sent.get("content-type", "application/octet-stream"),
            headers=headers,
        )
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # of streams
        kept = {name.lower(): value for name, value in answer.headers.items()}
        cookies = [f"{name}={morsel.value}; Path=/" for name, morsel in answer.cookies.items()]
        if cookies:
            kept["set-cookie"] = "\n".join(cookies)
        route.fulfill(status=answer.status_code, headers=kept, body=body)
