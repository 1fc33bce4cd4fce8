from typing import Any

import pytest

from waystation.kernel import BrokenPromiseError
from waystation.web.middleware import desk as middleware
from waystation.web.middleware.desk import SEAT
from waystation.web.views.door.steps import DETAILS, desk_of, go_on, is_next, next_step


class Stand:
    """A desk in some state."""

    def __init__(
        self, *, device: bool = True, opened: bool = True, founded: bool = True, confirmed: bool = True
    ) -> None:
        self.has_device, self.is_founded, self.is_confirmed = device, founded, confirmed
        self.opened = "keys" if opened else None
        self.token = "token"


def request_at(rf: Any, session: dict[str, Any], **state: bool) -> Any:
    request = rf.get("/")
    request.session, request.desk = session, Stand(**state)
    return request


@pytest.mark.parametrize(
    ("session", "state", "step"),
    [
        ({}, {"device": False}, "door.organisation"),
        ({DETAILS: {}}, {"device": False}, "door.passphrase"),
        ({}, {}, "door.unlock"),
        ({SEAT: "other"}, {}, "door.unlock"),
        ({SEAT: "token"}, {"opened": False}, "door.unlock"),
        ({SEAT: "token"}, {"founded": False}, "door.organisation"),
        ({SEAT: "token"}, {"confirmed": False}, "door.shares"),
        ({SEAT: "token"}, {}, "home"),
    ],
)
def test_the_next_step(rf: Any, session: dict[str, Any], state: dict[str, bool], step: str) -> None:
    request = request_at(rf, session, **state)
    assert next_step(request) == step
    assert is_next(request, step)
    assert not is_next(request, "elsewhere")
    assert go_on(request).status_code == 303


def test_a_process_without_a_desk_shows_no_door(rf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "_installed", [])
    with pytest.raises(BrokenPromiseError):
        desk_of(rf.get("/"))
