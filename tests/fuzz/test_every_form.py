"""Every form of the application, filled with anything by anybody: an answer, and no name where it does not belong."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import Resolver404, URLPattern, resolve, reverse

from tests.fuzz.damage import PLANTED
from tests.office import Office
from waystation.cases.models import Case
from waystation.cases.services import create_case
from waystation.web.middleware.record import told
from waystation.web.urls import urlpatterns

pytestmark = pytest.mark.django_db

LEFT_OUT = {"door.lock", "continuity.backup", "continuity.drill", "continuity.travel.make", "continuity.travel.leave"}
"""They end the process, or begin work in another thread; they have no field that is typed."""

STRANGE = [
    *PLANTED,
    "",
    " ",
    "\x00",
    "\u202e\u200b\ufeff",
    "\ud7ff\U0010ffff",
    "a\r\nSet-Cookie: x=1",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}{% debug %}",
    "'; DROP TABLE cases_case; --",
    "../../etc/passwd",
    "-1",
    "0",
    "1e400",
    "NaN",
    "9" * 5000,
    "2031-02-30",
    "0000-00-00",
    "99999-01-01",
    "true",
    "[]",
    '{"a":' * 2000,
    "가" * 30_000,
    "e\u0301" * 5000,
    str(UUID(int=0)),
    "https://example.org/",
    "//example.org",
]


@dataclass
class Form:
    """A form as a browser sees it: where it goes, and the names of its fields with the values they may have."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)


class Forms(HTMLParser):
    """Collects the forms of a page that are posted, and its title."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.title = ""
        self._form: Form | None = None
        self._select = ""
        self._in_title = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_title = tag == "title"
        if tag == "form":
            self._form = Form(given.get("action", "")) if given.get("method", "").lower() == "post" else None
            self.found += [self._form] if self._form else []
        if self._form is None:
            return
        name = given.get("name", "")
        if tag == "option":
            self._form.fields.setdefault(self._select, []).append(given.get("value", ""))
        elif name and given.get("type") == "file":
            self._form.files.append(name)
        elif name and tag in {"input", "textarea", "select", "button"}:
            self._form.fields.setdefault(name, []).append(given.get("value", ""))
            self._select = name

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        if tag == "form":
            self._form = None


@dataclass
class Sender:
    """Sends requests as one person, and collects what went wrong: all of it is told at once."""

    client: Client
    faults: set[str] = field(default_factory=set)

    def send(self, name: str, method: str, address: str, given: Any = None, **options: Any) -> str:
        """Send one request; return the page's text, empty if there is none."""
        try:
            answer = getattr(self.client, method)(address, given, **options)
        except Exception as error:
            self.faults.add(f"{method} {name}: {told(error)}")
            return ""
        if answer.status_code >= 500:
            self.faults.add(f"{method} {name}: answers {answer.status_code}")
        page = text_of(answer)
        answer.close()  # an icon is read from its file
        head = " ".join(f"{key}: {value}" for key, value in answer.headers.items() if key != "Content-Disposition")
        outside = head + " " + Forms(page).title
        if any(part in outside for part in PLANTED):
            self.faults.add(f"{method} {name}: a name in its headers or title")
        if "example.org" in answer.headers.get("Location", ""):
            self.faults.add(f"{method} {name}: leads away")
        return page


def text_of(answer: Any) -> str:
    if answer.streaming or "text/html" not in answer.headers.get("Content-Type", ""):
        return ""
    return str(answer.content.decode())


def a_case(office: Office) -> Case:
    values = {"name": PLANTED[0], "note": PLANTED[1], "whereabouts": PLANTED[2]}
    return create_case(keyring=office.keyring("caseworker"), values=values, at=office.later())


def addresses(office: Office, case: Case) -> Iterator[tuple[str, str]]:
    """Yield name and address of every page, with ids of what is there and of what is not."""
    there = {"case_id": case.pk, "record_id": case.record_id, "person_id": office.id("finance")}
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        names = pattern.pattern.converters
        if pattern.name is None or pattern.name in LEFT_OUT:
            continue
        for known in (True, False) if names else (True,):
            arguments = {name: _argument(name, names[name], there if known else {}) for name in names}
            yield pattern.name, reverse(pattern.name, kwargs=arguments)


def _argument(name: str, converter: Any, there: dict[str, Any]) -> object:
    match type(converter).__name__:
        case "UUIDConverter":
            return there.get(name, uuid4())
        case "IntConverter":
            return 7
        case _:
            return "anything"


def filled(form: Form, chance: random.Random) -> dict[str, Any]:
    """Fill a form: most fields strangely, some as they were, some left out."""
    given: dict[str, Any] = {}
    for name, values in form.fields.items():
        how = chance.random()
        if how < 0.6:
            given[name] = chance.choice(STRANGE)
        elif how < 0.9:
            given[name] = chance.choice(values)
    for name in form.files:
        content = chance.choice([b"", PLANTED[0].encode(), chance.randbytes(1000)])
        called = chance.choice(["a.txt", "a b", PLANTED[1], "x" * 300, "a/b"])
        given[name] = SimpleUploadedFile(called, content)
    return given


@pytest.mark.parametrize("rounds", [2, pytest.param(8, marks=pytest.mark.long)])
@pytest.mark.parametrize("key", ["director", "case_lead", "caseworker", "safeguarding", "auditor"])
def test_every_form_takes_anything(office: Office, capfd: pytest.CaptureFixture[str], key: str, rounds: int) -> None:
    case, sender, chance = a_case(office), Sender(office.client(key)), random.Random(f"{key} {rounds}")
    seen = 0
    for name, address in addresses(office, case):
        for form in Forms(sender.send(name, "get", address)).found:
            action = re.sub(r"[?#].*", "", form.action) or address
            for _ in range(0 if _is_left_out(action) else rounds):
                seen += 1
                sender.send(name, "post", action, filled(form, chance))
    assert sender.faults == set()
    assert seen > 20
    written = "".join(capfd.readouterr())
    assert not any(part in written for part in PLANTED)


def _is_left_out(action: str) -> bool:
    try:
        return resolve(action).view_name in LEFT_OUT
    except Resolver404:
        return False


HEAD = b'--x\r\nContent-Disposition: form-data; name="a"'
BODIES: list[tuple[bytes, str]] = [
    (b"\xff\xfe%%%&&&===", "application/x-www-form-urlencoded"),
    (b"a=1&" * 2000, "application/x-www-form-urlencoded"),
    (HEAD + b"\r\n\r\n", "multipart/form-data; boundary=x"),
    (HEAD + b'; filename="\xff"\r\n\r\n--x--', "multipart/form-data; boundary=x"),
    (b"anything", "multipart/form-data"),
    (b"{" * 10_000, "application/json"),
]


@pytest.mark.parametrize("key", ["director", "caseworker"])
def test_every_address_takes_bodies_that_are_no_form(office: Office, key: str) -> None:
    case, sender = a_case(office), Sender(office.client(key))
    for name, address in addresses(office, case):
        for content, kind in BODIES:
            sender.send(name, "post", address, content, content_type=kind)
    assert sender.faults == set()


QUERIES = ["?page=-1", "?page=" + "9" * 400, "?sort=%00", "?q=%ff%fe", "?" + "a=1&" * 3000, "?next=//example.org"]


@pytest.mark.parametrize("query", QUERIES, ids=range(6))
def test_every_page_takes_any_question_mark(office: Office, query: str) -> None:
    case, sender = a_case(office), Sender(office.client("director"))
    for name, address in addresses(office, case):
        sender.send(name, "get", address + query)
    assert sender.faults == set()
