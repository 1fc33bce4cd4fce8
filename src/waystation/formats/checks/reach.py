from collections.abc import Iterable, Iterator

from waystation.engine.model import PlaceKind
from waystation.formats.checks.known import Known
from waystation.formats.faults import Fault
from waystation.formats.rows import FolderTables

_Ways = dict[str, set[str]]


def reach_faults(tables: FolderTables) -> Iterator[Fault]:
    """Complain of destinations nobody can reach, and of groups that can reach none, by any path of legs."""
    places = tables.by_id("places.csv")
    if not (tables["places.csv"].whole and tables["legs.csv"].whole and places and tables.rows("legs.csv")):
        return
    by_kind = {kind: {name for name, row in places.items() if row["kind"] is kind} for kind in (None, *PlaceKind)}
    # A place of unreadable kind is complained of already; it may well be where journeys begin or end.
    destinations, unsure = by_kind[PlaceKind.DESTINATION], by_kind[None]
    if not destinations | unsure:
        if all(row["kind"] is not PlaceKind.DESTINATION for row in tables.rows("places.csv")):
            right = "give the places where a journey has arrived the kind destination"
            yield tables["places.csv"].fault("no place is a destination", right)
        return
    onward = _ways(tables, places)
    starts = by_kind[PlaceKind.ORIGIN] | unsure
    starts |= {row["place"] for row in tables.rows("groups.csv") if row.has("place")} & places.keys()
    # A network with neither origins nor groups is planned for later: any other place may turn out to be the start.
    reached = _reached(starts or places.keys() - destinations, onward)
    for name in sorted(destinations - reached):
        right = "add legs that lead there from an origin or a group's place, or remove it"
        yield places[name].fault("id", f"nobody can reach the destination {name}", right)
    arriving = _reached(destinations | unsure, _turned(onward))
    for row in tables.rows("groups.csv"):
        if row.has("place") and row["place"] in places.keys() - arriving:
            right = f"add legs that lead on from {row['place']}, or correct the place"
            yield row.fault("place", f"no legs lead from {row['place']} to any destination", right)


def _ways(tables: FolderTables, places: Iterable[str]) -> _Ways:
    """Return where the legs lead; a misspelt place counts as the one that was meant, as it is complained of already."""
    known = Known(places)
    ways: _Ways = {}
    for row in tables.rows("legs.csv"):
        texts = [row.cells[end].text for end in ("from", "to")]
        origin, target = (text if text in known else known.nearest(text) for text in texts)
        if origin is not None and target is not None:
            ways.setdefault(origin, set()).add(target)
    return ways


def _turned(ways: _Ways) -> _Ways:
    turned: _Ways = {}
    for origin, targets in ways.items():
        for target in targets:
            turned.setdefault(target, set()).add(origin)
    return turned


def _reached(starts: Iterable[str], ways: _Ways) -> set[str]:
    reached = set(starts)
    waiting = list(reached)
    while waiting:
        for place in ways.get(waiting.pop(), set()) - reached:
            reached.add(place)
            waiting.append(place)
    return reached
