"""What Flee's closures close: from closures to the days on which nobody sets out, and back."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from waystation.formats.flee.network import ClosedDays, Closure, ClosureType, FleeNetwork, Location, Pair
from waystation.formats.flee.spans import ALWAYS, FOREVER, Span, Spans, difference, intersection, union

_TOUCHES: dict[ClosureType, Callable[[Closure, Pair, Mapping[str, str]], bool]] = {
    ClosureType.COUNTRY: lambda closure, pair, country: (
        (country[pair[0]], country[pair[1]]) in {(closure.name1, closure.name2), (closure.name2, closure.name1)}
    ),
    ClosureType.LOCATION: lambda closure, pair, _: closure.name1 in pair,
    ClosureType.CAMP: lambda closure, pair, _: closure.name1 == pair[1],
    ClosureType.IDPCAMP: lambda closure, pair, _: closure.name1 == pair[1],
    ClosureType.LINK: lambda closure, pair, _: pair in {(closure.name1, closure.name2), (closure.name2, closure.name1)},
    ClosureType.LINKS: lambda closure, pair, _: (
        pair in {(closure.name1, closure.name2), (closure.name2, closure.name1)}
    ),
    ClosureType.REMOVE_FORCED_REDIRECTION: lambda closure, pair, country: False,
}
"""Whether a closure closes a direction of travel. A closed camp is a town: nobody arrives there, everybody may leave."""


def closed_days(network: FleeNetwork) -> ClosedDays:
    """Return the days on which each direction of each route is closed, redirections included.

    Flee closes at the beginning of the day ``closure_start`` and opens at that of ``closure_end``. Who is at a place from which
    people are redirected can leave it only that way, until the redirection is removed.
    """
    country = {location.name: location.country for location in network.locations}
    pairs = [pair for route in network.routes for pair in ((route.name1, route.name2), (route.name2, route.name1))]
    spans: dict[Pair, list[Span]] = {pair: [] for pair in pairs}
    for closure in network.closures:
        for pair in pairs:
            if _TOUCHES[closure.type](closure, pair, country):
                spans[pair].append((closure.start, FOREVER if closure.end is None else closure.end))
    for forced, removed in _redirections(network):
        for pair in _other_ways_out(pairs, forced, network):
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


def _other_ways_out(pairs: Iterable[Pair], forced: Pair, network: FleeNetwork) -> list[Pair]:
    every_forced = forced_ways(network)
    return [pair for pair in pairs if pair[0] == forced[0] and pair not in every_forced]


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
        self._explained: dict[Pair, Spans] = dict.fromkeys(closed, ())
        self._country = {location.name: location.country for location in network.locations}
        self.closures: list[Closure] = []

    def write(self) -> None:
        for forced in sorted(forced_ways(self._network)):
            self._removal(forced)
        for first, second in self._borders():
            self._close(ClosureType.COUNTRY, first, second)
        for location in self._network.locations:
            self._close(ClosureType.LOCATION, location.name, location.country)
        for location in self._network.locations:
            if location.type.is_camp:
                self._close(_closed_camp(location), location.name, location.country)
        for route in self._network.routes:
            self._close(ClosureType.LINK, route.name1, route.name2)

    def left(self) -> ClosedDays:
        """Return the closed days that no closure explains."""
        left = {pair: difference(spans, self._explained[pair]) for pair, spans in self._closed.items()}
        return {pair: spans for pair, spans in left.items() if spans}

    def _borders(self) -> list[tuple[str, str]]:
        """Return the pairs of countries with a route between them, in the order of the locations."""
        order = {country: index for index, country in enumerate(dict.fromkeys(self._country.values()))}
        crossed = {tuple(sorted((self._country[a], self._country[b]), key=order.__getitem__)) for a, b in self._closed}
        borders = [(first, second) for first, second in crossed if first and second and first != second]
        return sorted(borders, key=lambda border: (order[border[0]], order[border[1]]))

    def _removal(self, forced: Pair) -> None:
        others = _other_ways_out(self._closed, forced, self._network)
        start, end = next(iter(self._common(others)), (0, 0))
        removed = end if start == 0 else 0
        if others and removed < FOREVER:
            self.closures.append(Closure(ClosureType.REMOVE_FORCED_REDIRECTION, *forced, removed, None))
        self._explain(others, (0, removed))

    def _close(self, kind: ClosureType, name1: str, name2: str) -> None:
        touches = _TOUCHES[kind]
        probe = Closure(kind, name1, name2, 0, None)
        pairs = [pair for pair in self._closed if touches(probe, pair, self._country)]
        for start, end in self._common(pairs):
            if any(difference(((start, end),), self._explained[pair]) for pair in pairs):
                self.closures.append(Closure(kind, name1, name2, start, None if end == FOREVER else end))
                self._explain(pairs, (start, end))

    def _common(self, pairs: list[Pair]) -> Spans:
        common = ALWAYS if pairs else ()
        for pair in pairs:
            common = intersection(common, self._closed[pair])
        return common

    def _explain(self, pairs: list[Pair], span: Span) -> None:
        for pair in pairs:
            self._explained[pair] = union((*self._explained[pair], span))


def _closed_camp(location: Location) -> ClosureType:
    return ClosureType(location.type.value)
