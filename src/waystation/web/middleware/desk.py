"""Who sits at this process: the desk is the application's, the session says whether this browser is the one that unlocked it."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.utils.timezone import now

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from waystation.accounts.models import Person
    from waystation.accounts.roles import Role
    from waystation.store.keyring import Keyring
    from waystation.vault import Identity, Opened

SEAT = "seat"
"""Where a session keeps the token of the unlocking it belongs to."""
POLL = "X-Poll"
"""A request with this header was made by a page, not by a person: it does not keep the process awake."""


class DeskLike(Protocol):
    """What pages use of the process's desk (`waystation.config.desk.Desk`)."""

    keyring: "Keyring | None"
    opened: "Opened | None"
    token: str

    def touch(self) -> None: ...  # noqa: D102
    def wait_if_leaving(self) -> None: ...  # noqa: D102
    def person(self) -> "Person | None": ...  # noqa: D102
    @property
    def has_device(self) -> bool: ...  # noqa: D102
    @property
    def is_founded(self) -> bool: ...  # noqa: D102
    @property
    def is_confirmed(self) -> bool: ...  # noqa: D102
    @property
    def cautions(self) -> "tuple[str, ...]": ...  # noqa: D102
    def seconds_to_wait(self) -> float: ...  # noqa: D102
    def unlock(self, passphrase: str, *, at: datetime) -> None: ...  # noqa: D102
    def open_second(self, passphrase: str) -> "Opened": ...  # noqa: D102
    def lock(self, *, at: datetime) -> None: ...  # noqa: D102
    def set_up(  # noqa: D102
        self,
        passphrase: str,
        *,
        name: str,
        person_name: str,
        roles: "Collection[Role]",
        language: str,
        at: datetime,
    ) -> None: ...
    def found(  # noqa: D102
        self, *, name: str, person_name: str, roles: "Collection[Role]", language: str, at: datetime
    ) -> None: ...
    def shares(self) -> "tuple[str, ...]": ...  # noqa: D102
    def renew_shares(self, *, at: datetime) -> None: ...  # noqa: D102
    def confirm(self, typed: "Sequence[str]", *, at: datetime) -> None: ...  # noqa: D102
    def open_with_shares(self, typed: "Sequence[str]") -> None: ...  # noqa: D102
    def recoverable(self) -> "list[tuple[UUID, str]]": ...  # noqa: D102
    def recover(self, person_id: UUID, passphrase: str, *, at: datetime) -> None: ...  # noqa: D102
    def add_person(self, identity: "Identity", passphrase: str) -> None: ...  # noqa: D102
    def change_passphrase(self, old: str, new: str, *, at: datetime) -> None: ...  # noqa: D102
    def drop_person(self, person_id: UUID) -> None: ...  # noqa: D102


_installed: list[DeskLike] = []


def install(desk: DeskLike) -> None:
    """Make this the desk of the process. One process has one."""
    _installed[:] = [desk]


def installed() -> DeskLike | None:
    """Return the desk of the process, None where there is none (most tests)."""
    return _installed[0] if _installed else None


def take_seat(request: HttpRequest, desk: DeskLike) -> None:
    """Bind this browser's session to the unlocked desk; its old session id is of no use from now on."""
    request.session.cycle_key()
    request.session[SEAT] = desk.token


def sits_here(request: HttpRequest, desk: DeskLike) -> bool:
    """Tell whether this browser's session is the one that unlocked the desk, in this process."""
    token = request.session.get(SEAT, "")
    return bool(desk.token) and isinstance(token, str) and constant_time_compare(token, desk.token)


class DeskMiddleware:
    """Sets ``request.desk``, ``request.keyring``, ``request.reading`` and ``request.person``.

    All but the first are None unless this browser unlocked. ``reading`` is the keyring for what the page reads: asked once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer for whoever sits here."""
        desk = installed()
        if desk is not None:
            desk.wait_if_leaving()
        keyring, person = None, None
        if desk is not None and sits_here(request, desk):
            keyring, person = desk.keyring, desk.person()
            if keyring is not None and person is None:  # removed while they had it open
                desk.lock(at=now())
                keyring = None
            if POLL not in request.headers:
                desk.touch()
        request.desk = desk  # type: ignore[attr-defined] # what this middleware is for
        request.keyring = keyring  # type: ignore[attr-defined] # the same
        request.reading = keyring.once() if keyring is not None else None  # type: ignore[attr-defined] # the same
        request.person = person  # type: ignore[attr-defined] # the same
        return self.get_response(request)
