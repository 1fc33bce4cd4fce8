from typing import TYPE_CHECKING, Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from waystation.web.middleware import desk as middleware
from waystation.web.middleware.desk import SEAT, DeskMiddleware, install, installed, sits_here, take_seat

if TYPE_CHECKING:
    from tests.office import Office


class Session(dict[str, Any]):
    """A session in a dictionary."""

    cycled = 0

    def cycle_key(self) -> None:
        self.cycled += 1


class Keys:
    """A keyring, of which only this is asked here."""

    def once(self) -> str:
        return "asked once"


class Stand:
    """A desk of which only who sits at it matters."""

    def __init__(self, token: str = "right") -> None:
        self.token, self.keyring, self.touched = token, Keys(), 0

    def touch(self) -> None:
        self.touched += 1

    def wait_if_leaving(self) -> None:
        self.waited = True

    def person(self) -> str:
        return "somebody"


@pytest.fixture(autouse=True)
def nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "_installed", [])


def seen(session: Session, **headers: str) -> Any:
    request: Any = RequestFactory().get("/", **headers)  # type: ignore[arg-type] # headers
    request.session = session
    DeskMiddleware(lambda _: HttpResponse())(request)
    return request


def test_whoever_unlocked_sits_here() -> None:
    stand = Stand()
    desk: Any = stand
    install(desk)
    assert installed() is desk
    request = seen(Session({SEAT: "right"}))
    assert (request.desk, request.keyring, request.person) == (desk, stand.keyring, "somebody")
    assert request.reading == "asked once"
    assert stand.touched == 1


@pytest.mark.parametrize(
    ("token", "session"),
    [
        ("right", {}),
        ("right", {SEAT: "wrong"}),
        ("", {SEAT: ""}),
        ("", {}),
        ("right", {SEAT: 7}),
        ("right", {SEAT: None}),
    ],
)
def test_nobody_else_does(token: str, session: dict[str, Any]) -> None:
    desk: Any = Stand(token)
    install(desk)
    request = seen(Session(session))
    assert (request.keyring, request.reading, request.person, desk.touched) == (None, None, None, 0)


def test_a_poll_keeps_nobody_awake() -> None:
    desk: Any = Stand()
    install(desk)
    assert seen(Session({SEAT: "right"}), HTTP_X_POLL="1").person == "somebody"
    assert desk.touched == 0


def test_a_process_without_a_desk_has_nobody() -> None:
    request = seen(Session({SEAT: "right"}))
    assert (request.desk, request.keyring, request.person) == (None, None, None)


def test_a_seat_is_taken_under_a_new_session_id() -> None:
    desk: Any = Stand()
    request: Any = RequestFactory().get("/")
    request.session = Session()
    assert not sits_here(request, desk)
    take_seat(request, desk)
    assert sits_here(request, desk)
    assert request.session.cycled == 1


@pytest.mark.django_db
def test_another_browser_sees_nothing_while_the_first_works(office: "Office") -> None:
    first = office.client("director")
    assert first.get("/").status_code == 200
    assert Client(HTTP_HOST="127.0.0.1").get("/")["Location"] == "/unlock"
