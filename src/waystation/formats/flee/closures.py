"""What Flee's closures close: from closures to the days on which nobody sets out, and back."""

from collections.abc import Iterable, Iterator

from waystation.formats.flee.network import ClosedDays, Closure, ClosureType, FleeNetwork, Location, Pair
from waystation.formats.flee.spans import ALWAYS, FOREVER, Span, Spans, difference, intersection, union


class _Ways:
    """The directions of travel of a network, found by what a closure names."""

    def __init__(self, pairs: Iterable[Pair], locations: Iterable[Location]) -> None:
        country = {location.name: location.country for location in locations}
        self.pairs = tuple(pairs)
        self.borders: dict[tuple[str, str], list[Pair]] = {}
        self.out_of: dict[str, list[Pair]] = {}
        self._into: dict[str, list[Pair]] = {}
        for pair in self.pairs:
            self.borders.setdefault((country[pair[0]], country[pair[1]]), []).append(pair)
            self.out_of.setdefault(pair[0], []).append(pair)
            self._into.setdefault(pair[1], []).append(pair)
        self._every = frozenset(self.pairs)

    def closed_by(self, kind: ClosureType, name1: str, name2: str) -> list[Pair]:
        """Return what a closure closes. A closed camp is a town: nobody arrives there, everybody may leave."""
        if kind is ClosureType.COUNTRY:
            ways = {(name1, name2), (name2, name1)}
            return [pair for way in ways for pair in self.borders.get(way, [])]
        if kind is ClosureType.LOCATION:
            return [*self.out_of.get(name1, []), *self._into.get(name1, [])]
        if kind in {ClosureType.CAMP, ClosureType.IDPCAMP}:
            return self._into.get(name1, [])
        if kind is ClosureType.REMOVE_FORCED_REDIRECTION:
            return []
        return [pair for pair in ((name1, name2), (name2, name1)) if pair in self._every]


def closed_days(network: FleeNetwork) -> ClosedDays:
    """Return the days on which each direction of each route is closed, redirections included.

    Flee closes at the beginning of the day ``closure_start`` and opens at that of ``closure_end``. Who is at a place from which
    people are redirected can leave it only that way, until the redirection is removed.
    """
    both = (pair for route in network.routes for pair in ((route.name1, route.name2), (route.name2, route.name1)))
    ways = _Ways(both, network.locations)
    spans: dict[Pair, list[Span]] = {pair: [] for pair in ways.pairs}
    for closure in network.closures:
        for pair in ways.closed_by(closure.type, closure.name1, closure.name2):
            spans[pair].append(_span(closure))
    every_forced = forced_ways(network)
    for forced, removed in _redirections(network):
        for pair in _other_ways_out(ways, forced, every_forced):
            spans[pair].append((0, removed))
    return {pair: union(found) for pair, found in spans.items()}


def forced_ways(network: FleeNetwork) -> frozenset[Pair]:
    """Return the directions along which people are taken on."""
    return frozenset(route.forced for route in network.routes if route.forced is not None)


def _redirections(network: FleeNetwork) -> Iterator[tuple[Pair, int]]:
    """Yield each redirection with the day on which it is removed."""
    removals = [each for each in network.closures if each.type is ClosureType.REMOVE_FORCED_REDIRECTION]
    for forced in forced_ways(network):
        yield forced, min([each.start for each in removals if (each.name1, each.name2) == forced], default=FOREVER)


def _other_ways_out(ways: _Ways, forced: Pair, every_forced: frozenset[Pair]) -> list[Pair]:
    return [pair for pair in ways.out_of.get(forced[0], []) if pair not in every_forced]


def closures_of(network: FleeNetwork, closed: ClosedDays) -> tuple[tuple[Closure, ...], ClosedDays]:
    """Return closures that close the given days, and the days that Flee has no words for.

    A border is named where all routes across it are closed together, then a place, then a camp, then single links: so that
    what was read comes out as it was written, or as fewer closures with the same effect.

    Parameters
    ----------
    network
        Locations and routes; its closures are not looked at.
    closed
        The closed days of each direction that can be travelled; a direction that is missing does not count.
    """
    writer = _ClosureWriter(network, closed)
    writer.write()
    return tuple(writer.closures), writer.left()


class _ClosureWriter:
    def __init__(self, network: FleeNetwork, closed: ClosedDays) -> None:
        self._network = network
        self._closed = closed
        self._ways = _Ways(closed, network.locations)
        self._forced = forced_ways(network)
        # What is closed by redirections, and by each closure that is written: all of it explains closed days.
        self._redirected: dict[Pair, Spans] = {}
        self._by_pair: dict[Pair, list[Closure]] = {pair: [] for pair in closed}
        self.closures: list[Closure] = []

    def write(self) -> None:
        for forced in sorted(self._forced):
            self._removal(forced)
        first = len(self.closures)
        for one, other in self._borders():
            self._close(ClosureType.COUNTRY, one, other)
        for location in self._network.locations:
            self._close(ClosureType.LOCATION, location.name, location.country)
        for location in self._network.locations:
            if location.type.is_camp:
                self._close(ClosureType(location.type.value), location.name, location.country)
        for route in self._network.routes:
            self._close(ClosureType.LINK, route.name1, route.name2)
        # All that could be said is said by now. What closes least is left out first, borders last, of equals the later.
        said = self.closures[first:]
        said.reverse()
        said.sort(key=self._weight)
        needless = {closure for closure in said if self._is_needless(closure)}
        self.closures = [closure for closure in self.closures if closure not in needless]

    def left(self) -> ClosedDays:
        """Return the closed days that no closure explains."""
        left = {pair: difference(spans, self._explained(pair)) for pair, spans in self._closed.items()}
        return {pair: spans for pair, spans in left.items() if spans}

    def _borders(self) -> list[tuple[str, str]]:
        """Return the pairs of countries with a route between them, in the order of the locations."""
        order: dict[str, int] = {}
        for location in self._network.locations:
            order.setdefault(location.country, len(order))
        crossed = {tuple(sorted(border, key=order.__getitem__)) for border in self._ways.borders}
        borders = [(first, second) for first, second in crossed if first and second and first != second]
        return sorted(borders, key=lambda border: (order[border[0]], order[border[1]]))

    def _removal(self, forced: Pair) -> None:
        others = _other_ways_out(self._ways, forced, self._forced)
        start, end = next(iter(self._common(others)), (0, 0))
        removed = end if start == 0 else 0
        if others and removed < FOREVER:
            self.closures.append(Closure(ClosureType.REMOVE_FORCED_REDIRECTION, *forced, removed, None))
        for pair in others:
            self._redirected[pair] = union((*self._redirected.get(pair, ()), (0, removed)))

    def _close(self, kind: ClosureType, name1: str, name2: str) -> None:
        pairs = self._ways.closed_by(kind, name1, name2)
        for start, end in self._common(pairs):
            closure = Closure(kind, name1, name2, start, None if end == FOREVER else end)
            self.closures.append(closure)
            for pair in pairs:
                self._by_pair[pair].append(closure)

    def _is_needless(self, closure: Closure) -> bool:
        """Tell whether all that a closure closes is closed by others; if so, do without it from now on."""
        pairs = self._closed_by(closure)
        if any(difference((_span(closure),), self._explained(pair, without=closure)) for pair in pairs):
            return False
        for pair in pairs:
            self._by_pair[pair].remove(closure)
        return True

    def _weight(self, closure: Closure) -> tuple[bool, int]:
        return closure.type is ClosureType.COUNTRY, len(self._closed_by(closure))

    def _closed_by(self, closure: Closure) -> list[Pair]:
        return self._ways.closed_by(closure.type, closure.name1, closure.name2)

    def _common(self, pairs: list[Pair]) -> Spans:
        common = ALWAYS if pairs else ()
        for pair in pairs:
            common = intersection(common, self._closed[pair])
        return common

    def _explained(self, pair: Pair, without: Closure | None = None) -> Spans:
        written = (_span(closure) for closure in self._by_pair[pair] if closure != without)
        return union((*self._redirected.get(pair, ()), *written))


def _span(closure: Closure) -> Span:
    return closure.start, FOREVER if closure.end is None else closure.end
