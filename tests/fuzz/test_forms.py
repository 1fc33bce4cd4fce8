"""Every form of cases is sent what no form sends: never a fault of the program, never somebody's words in an error or a title."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import override_settings
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.office import Office, SeatedClient
from tests.unit.cases.people import entered, follow_clock, page
from waystation.cases.models import Case
from waystation.store.files import files_folder
from waystation.store.models import SealedFile
from waystation.web.middleware.desk import SEAT
from waystation.web.uploads import SealingUploadHandler

pytestmark = pytest.mark.django_db

PLANTED = ("Kang Hae-won 강해원", "the blue house over the bridge", "she cannot sleep")
FORMS = {
    "caseworker": (
        "cases.attach",
        "cases.close",
        "cases.edit.identity",
        "cases.edit.movement",
        "cases.edit.welfare",
        "cases.many",
        "cases.names",
        "cases.new",
        "cases.region",
        "cases.reopen",
        "cases.reveal.identity",
        "cases.search",
        "cases.views.save",
    ),
    "safeguarding": (
        "cases.edit.evidence",
        "cases.hold",
        "cases.mark",
        "cases.release",
        "cases.reveal.evidence",
        "cases.shred",
        "cases.unmark",
    ),
    "case_lead": ("access.give",),
}
PAIRS = [(key, name) for key, names in FORMS.items() for name in names]
FIELDS = (
    *(
        "name",
        "birth_date",
        "whereabouts",
        "region",
        "party_size",
        "urgency",
        "needs",
        "note",
        "testimony",
        "version",
        "enter",
    ),
    *(
        "text",
        "code",
        "page",
        "state",
        "whose",
        "person",
        "tiers",
        "tier",
        "file",
        "initial-note",
        "initial-needs",
        "x",
    ),
)
ODD = st.sampled_from(
    [
        "",
        " ",
        "\0",
        "a\0b",
        "\ud800",
        "\udfff\ud800",
        "\u202egnp.exe\u202c",
        "\u2066\u2067\u2069",
        "x" * 120_000,
        "가" * 25_000,
        "-1",
        "0",
        "9" * 400,
        "1e999",
        "NaN",
        "2031-02-30",
        "<script>alert(1)</script>",
        "{{ 7 }}{% load say %}",
        "%s%n",
        "../../../etc/passwd",
        "'; DROP TABLE cases_case; --",
        "\u0000\ufeff\ufffe",
        "🙂" * 300,
    ]
)
VALUES = ODD | st.text(max_size=40) | st.integers(-(2**70), 2**70).map(str)
FILLED = st.lists(st.tuples(st.sampled_from(FIELDS), VALUES), max_size=10)
KINDS = st.sampled_from(
    [
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-16",
        "application/x-www-form-urlencoded; charset=no-such",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=b",
        "multipart/form-data; boundary=" + "b" * 200,
        "application/json",
        "text/plain",
        "",
    ]
)
FUZZ = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def _around(office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    follow_clock(office, monkeypatch)
    with override_settings(DATA_DIR=tmp_path, FILE_UPLOAD_HANDLERS=["waystation.web.uploads.SealingUploadHandler"]):
        yield


@pytest.fixture
def case(office: Office) -> Case:
    """A case whose sealed words must appear in no error."""
    return entered(office, name=PLANTED[0], whereabouts=PLANTED[1], note=PLANTED[2])


def browser(office: Office, key: str, **options: Any) -> SeatedClient:
    """Return a browser that hands faults of the program out as answers, as the server does."""
    client = SeatedClient(office.desk(key), **options)
    session = client.session
    session[SEAT] = client.desk.token
    session.save()
    client.raise_request_exception = False
    return client


def address(name: str, case: Case) -> str:
    lone = {"cases.many", "cases.names", "cases.new", "cases.region", "cases.search", "cases.views.save"}
    return reverse(name) if name in lone else reverse(name, args=[case.pk])


def encoded(filled: list[tuple[str, str]]) -> bytes:
    return "&".join(f"{name}={quote(value.encode(errors='surrogatepass'))}" for name, value in filled).encode()


def send(
    client: SeatedClient, where: str, body: bytes, kind: str = "application/x-www-form-urlencoded"
) -> HttpResponse:
    """Post, check what every answer must keep to, and undo what was written."""
    with transaction.atomic():
        answer: Any = client.generic("POST", where, body, content_type=kind)
        assert answer.status_code < 500, answer.status_code
        if not answer.streaming:
            shown = page(answer)
            title = shown.partition("<title>")[2].partition("</title>")[0]
            assert not any(word in title for word in PLANTED)
            if answer.status_code >= 400 and answer.status_code not in {409, 422}:
                assert not any(word in shown for word in PLANTED)
        assert not any(word in str(answer.headers) for word in PLANTED)
        transaction.set_rollback(True)
    return answer  # type: ignore[no-any-return] # a test client's answer


@pytest.mark.parametrize(("key", "name"), PAIRS)
@given(filled=FILLED)
@FUZZ
def test_fields_of_any_kind(office: Office, case: Case, key: str, name: str, filled: list[tuple[str, str]]) -> None:
    send(browser(office, key), address(name, case), encoded(filled))


@pytest.mark.parametrize(("key", "name"), PAIRS)
@given(body=st.binary(max_size=400), kind=KINDS)
@FUZZ
def test_bodies_that_are_no_form(office: Office, case: Case, key: str, name: str, body: bytes, kind: str) -> None:
    send(browser(office, key), address(name, case), body, kind)


@pytest.mark.parametrize(("key", "name"), PAIRS)
def test_without_its_token_no_form_is_taken(office: Office, case: Case, key: str, name: str) -> None:
    version, answer = (
        case.version,
        send(browser(office, key, enforce_csrf_checks=True), address(name, case), b"note=x&version=1"),
    )
    assert answer.status_code == 403
    case.refresh_from_db()
    assert (case.version, Case.objects.count()) == (version, 1)


@given(filled=FILLED, seen=st.lists(st.tuples(st.just("initial-note") | st.just("initial-needs"), VALUES), max_size=3))
@FUZZ
def test_what_was_seen_may_be_anything(
    office: Office, case: Case, filled: list[tuple[str, str]], seen: list[tuple[str, str]]
) -> None:
    send(
        browser(office, "caseworker"), address("cases.edit.welfare", case), encoded([*filled, *seen, ("version", "1")])
    )


PART = b'--b\r\nContent-Disposition: form-data; name="%s"%s\r\n%s\r\n%s\r\n'
TIER = PART % (b"tier", b"", b"", b"welfare")
BODIES = {
    "empty": PART % (b"file", b'; filename="a"', b"", b"") + TIER + b"--b--\r\n",
    "no end": PART % (b"file", b'; filename="a"', b"", bytes(200_000)),
    "nothing": b"",
    "end alone": b"--b--\r\n",
    "no names": b"--b\r\n\r\nwords\r\n--b--\r\n",
    "huge headers": b"--b\r\n" + b"X: " + b"y" * 70_000 + b"\r\n\r\nwords\r\n--b--\r\n",
    "base64 that is none": PART % (b"file", b'; filename="a"', b"Content-Transfer-Encoding: base64\r\n", b"!!!")
    + TIER
    + b"--b--\r\n",
    "many parts": (PART % (b"file", b'; filename="a"', b"", b"x")) * 150 + b"--b--\r\n",
    "another end": PART % (b"file", b'; filename="a"', b"", b"x") + TIER + b"--c--\r\n",
}
NAMES = [
    '../../x"',
    "",
    "/etc/passwd",
    "C:\\\\x",
    "a\0b",
    "\u202etxt.exe",
    "x" * 5_000,
    "강해원.jpg",
    ".",
    "..",
    "a;b=c",
    "%2e%2e%2f",
    "a\r\nX-Injected: yes",
    "&#x2f;etc",
]


@pytest.mark.parametrize("what", BODIES)
def test_uploads_that_are_none(office: Office, case: Case, what: str) -> None:
    client = browser(office, "caseworker")
    answer = send(client, address("cases.attach", case), BODIES[what], "multipart/form-data; boundary=b")
    assert answer.status_code in {303, 400, 422}


@pytest.mark.parametrize("name", NAMES)
def test_names_of_files_play_no_tricks(office: Office, case: Case, name: str, tmp_path: Path) -> None:
    client = browser(office, "caseworker")
    body = PART % (b"file", b'; filename="%s"' % name.encode(), b"", b"data") + TIER + b"--b--\r\n"
    answer = client.generic("POST", address("cases.attach", case), body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code in {303, 400, 422}
    for kept in SealedFile.objects.all():
        opened: Any = client.get(reverse("cases.file.named", args=[case.pk, kept.pk]))
        assert b"".join(opened.streaming_content) == b"data"
        assert "X-Injected" not in opened.headers
        assert "/" not in opened["Content-Disposition"]
    assert {path.parent for path in tmp_path.rglob("*") if path.is_file()} <= {files_folder(), tmp_path}


def test_an_endless_upload_is_not_kept(office: Office, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SealingUploadHandler, "limit", 100_000)
    body = PART % (b"file", b'; filename="a"', b"", bytes(3_000_000)) + TIER + b"--b--\r\n"
    answer = send(browser(office, "caseworker"), address("cases.attach", case), body, "multipart/form-data; boundary=b")
    assert answer.status_code == 422
    assert list(files_folder().iterdir()) == []


def test_every_form_of_the_area_is_here() -> None:
    """A new address that takes a post is fuzzed as well, or is named here with its reason."""
    from waystation.web.access import ACCESS

    reads = {"cases.list", "cases.page", "cases.file", "cases.file.named", "access.page", "retention.due"}
    reads |= {"cases.reading", "cases.many.work"}
    ids_alone = {"access.give.parts", "access.take.parts", "cases.many.undo", "cases.many.stop", "cases.views.drop"}
    area = {name for name in ACCESS if name.split(".")[0] in {"cases", "access", "retention"}}
    assert area - reads - ids_alone == {name for _, name in PAIRS}
