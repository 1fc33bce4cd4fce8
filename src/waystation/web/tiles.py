"""The home page's tiles: each area adds counts that are links."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Literal, get_args

from django.http import HttpRequest

from waystation.accounts.permissions import Action
from waystation.web import views
from waystation.web.permitted import permitted

Tone = Literal["danger", "warning", "plain", "good"]
_TONES: tuple[Tone, ...] = get_args(Tone)


@dataclass(frozen=True, slots=True)
class Tile:
    """One count on the home page.

    Attributes
    ----------
    text
        What is counted, already said in the reader's language.
    value
        The number, or a short word such as "3 days ago"; numbers first.
    url
        Where it leads: an address.
    tone
        ``danger`` only where somebody must act today.
    note
        A few words of why or since when; may be empty.
    """

    text: str
    value: int | str
    url: str
    tone: Tone = "plain"
    note: str = ""


@dataclass(frozen=True, slots=True)
class TileSource:
    """Where tiles come from.

    Attributes
    ----------
    count
        Returns the tiles for the person of a request. It makes few queries: the home page must feel like one's own hand.
    action
        What the person must be permitted to do for it to be asked; None for whoever has unlocked.
    """

    count: Callable[[HttpRequest], list[Tile]]
    action: Action | None = None


def tile_sources() -> Iterator[TileSource]:
    """Return each area's ``TILES``, in the order of the modules' names."""
    for found in iter_modules(views.__path__):
        yield from getattr(import_module(f"{views.__name__}.{found.name}"), "TILES", ())


def tiles_for(request: HttpRequest) -> list[Tile]:
    """Return every tile that concerns the person of this request; what must be done today comes first."""
    person = getattr(request, "person", None)
    if person is None:
        return []
    asked = (source for source in tile_sources() if source.action is None or permitted(person, source.action))
    found = [tile for source in asked for tile in source.count(request)]
    return sorted(found, key=lambda tile: _TONES.index(tile.tone))
