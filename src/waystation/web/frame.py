"""What stands around every page: who I am, where I may go, what Ctrl-K offers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from waystation.accounts.models import Organisation, Person
from waystation.kernel import WaystationError
from waystation.store.keyring import Keyring
from waystation.web.access import ACCESS, Open
from waystation.web.commands import MENU, Command, commands
from waystation.web.permitted import permitted
from waystation.web.recent import note_visit, recent_cases
from waystation.web.wording import active_language, say

THEMES = ("system", "light", "dark")
THEME_COOKIE = "theme"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu or of Ctrl-K: its text in the reader's language, its address, its keys, whether one is there now."""

    text: str
    address: str
    keys: tuple[str, ...]
    post: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What `base.html` needs besides the page itself. Names are empty while nobody has unlocked."""

    unlocked: bool
    person: str
    organisation: str
    menu: list[Entry]
    commands: list[Entry]
    recent: list[tuple[str, str]]
    language: str
    languages: list[tuple[str, str]]
    theme: str
    idle_seconds: int


def may_open(name: str, request: HttpRequest) -> bool:
    """Tell whether the person of this request may open a URL that is about no one record. A URL without a row: nobody."""
    access = ACCESS.get(name)
    if access is None:
        return False
    person = getattr(request, "person", None)
    if access.action is Open.TO_LOCKED:
        return True
    if person is None:
        return False
    return access.action is Open.ANY_PERSON or permitted(person, access.action)


def may_use(command: Command, request: HttpRequest) -> bool:
    """Tell whether a command is offered to the person of this request."""
    if not may_open(command.url, request):
        return False
    return command.action is None or permitted(getattr(request, "person", None), command.action)


def frame_of(request: HttpRequest) -> Frame:
    """Return the frame for a request. Two sealed fields are opened, one's own name and the organisation's."""
    offered = [command for command in commands() if may_use(command, request)] if _is_set_up(request) else []
    by_url = {command.url: command for command in offered}
    keyring = getattr(request, "reading", None)
    note_visit(request)
    return Frame(
        unlocked=getattr(request, "person", None) is not None,
        person=_own_name(request),
        organisation=_organisation_name(keyring),
        menu=_entries((by_url[url] for url in MENU if url in by_url), request),
        commands=_entries(sorted(offered, key=_menu_first), request),
        recent=recent_cases(request) if offered else [],
        language=active_language(),
        languages=list(settings.LANGUAGES),
        theme=theme_of(request),
        idle_seconds=getattr(settings, "IDLE_SECONDS", 300),
    )


def theme_of(request: HttpRequest) -> str:
    """Return the theme the person chose on this device: one of `THEMES`."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else THEMES[0]


def _entries(offered: Iterable[Command], request: HttpRequest) -> list[Entry]:
    """Return the lines for commands, leaving out any whose address needs arguments."""
    lines = []
    for command in offered:
        try:
            address = reverse(command.url)
        except NoReverseMatch:
            continue
        here = request.path == address or (address != "/" and request.path.startswith(address))
        lines.append(Entry(say(command.text), address, tuple(command.key.split()), command.post, here))
    return lines


def _menu_first(command: Command) -> int:
    return MENU.index(command.url) if command.url in MENU else len(MENU)


def _is_set_up(request: HttpRequest) -> bool:
    """Tell whether there is anywhere to go: until the recovery sheets were tried, every page leads back to them."""
    desk = getattr(request, "desk", None)
    return desk is None or bool(desk.is_confirmed)


def _own_name(request: HttpRequest) -> str:
    return _name_of(getattr(request, "person", None), getattr(request, "reading", None))


def _organisation_name(keyring: Keyring | None) -> str:
    return _name_of(Organisation.objects.first(), keyring) if keyring is not None else ""


def _name_of(row: Organisation | Person | None, keyring: Keyring | None) -> str:
    """Return a row's name, or nothing where this person holds no key for it."""
    try:
        return str(keyring.open(row, "name")["name"]) if row is not None and keyring is not None else ""
    except WaystationError:
        return ""
