"""What Ctrl-K offers and what the menu shows: each area names its commands beside its pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from waystation.accounts.permissions import Action
from waystation.web import views


@dataclass(frozen=True, slots=True)
class Command:
    """A page one can go to, or a thing one can do, from anywhere.

    Attributes
    ----------
    text
        Key of what it is called.
    url
        Name of a URL without arguments.
    action
        What the person must be permitted to do; None asks the URL's own row in the access table.
    key
        Keys that lead there, pressed one after another: ``"g c"``; empty for none.
    post
        Whether it is done by posting (lock) instead of going there.
    """

    text: str
    url: str
    action: Action | None = None
    key: str = ""
    post: bool = False


MENU: tuple[str, ...] = (
    "home",
    "cases.list",
    "tasks.list",
    "exchange.imports",
    "exchange.exports",
    "intake.forms",
    "people.list",
    "people.teams",
    "approvals.list",
    "log.list",
    "continuity.home",
    "preferences",
)
"""URL names in the menu, in its order; a person sees those they may open."""


def commands() -> Iterator[Command]:
    """Return the commands of every area, in the order of the modules' names."""
    for found in iter_modules(views.__path__):
        yield from getattr(import_module(f"{views.__name__}.{found.name}"), "COMMANDS", ())
