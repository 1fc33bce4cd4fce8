"""What becomes of all parties of a group that leave together: exact joint chances.

Each party follows its own plan; nothing that happens to one changes another. But all of them meet the same conditions, so their
fates are not independent, and chances must not be multiplied. Given the path the conditions take they are: two parties are
passed side by side through the slots, exactly; for more, or where that would be too large, the product of each party's exact
chances is averaged over paths (Rao-Blackwell: Casella and Robert (1996), Biometrika 83, doi:10.1093/biomet/83.1.81).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys.errors import CertificateError, UnusableModelError
from waystation.engine.journeys.follow import follow
from waystation.engine.journeys.kernels.pairs import follow_paths, pair
from waystation.engine.journeys.parties.track import Links, Track, outlook_from, track_of
from waystation.engine.journeys.parties.weather import Weather, shared_weather
from waystation.engine.journeys.plan import Evaluation
from waystation.engine.journeys.policy import Policy
from waystation.engine.journeys.process import Process

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_PAIRS = 8_000_000
"""Pairs of landings times joint levels that are counted exactly: 64 MB."""

MOST_DIFFERENCE = 1e-9
_LEAST = 1e-9
"""Along a path, what is rarer than this is not followed on: thousands of such branches weigh less than the standard error."""


@dataclass(frozen=True, eq=False)
class Party:
    """Some people with a plan of their own: a policy on their own process, and what it leads to."""

    people: int
    process: Process
    policy: Policy
    evaluation: Evaluation

    @classmethod
    def with_plan(cls, people: int, process: Process, policy: Policy) -> "Party":
        """Make a party and follow its policy."""
        return cls(people, process, policy, follow(process, policy).evaluation)


@dataclass(frozen=True, slots=True)
class Together:
    """What becomes of several parties.

    Attributes
    ----------
    all_arrive, nobody_harmed, parted
        Chances that every party arrives, that none is harmed, that some arrive and others do not.
    arrive_people, harm_people
        Expected numbers of people.
    cost_expected
        Of all parties, minor units; where conditions are remembered region by region, as the plans count on.
    days_last
        Expected days until the last has arrived, given that all arrive; nan when they cannot.
    standard_error
        The largest of the three chances' where they are averaged over paths; 0 where they are exact.
    """

    all_arrive: float
    nobody_harmed: float
    parted: float
    arrive_people: float
    harm_people: float
    cost_expected: float
    days_last: float
    standard_error: float = 0.0


@dataclass(frozen=True, slots=True)
class _Joint:
    """``all_by_slot``: chance that all have arrived by each slot, ``(T + 1,)``; ``alone``: of each party, arrival and harm."""

    all_by_slot: Floats
    none_arrives: float
    nobody_harmed: float
    alone: Sequence[tuple[float, float]]
    standard_error: float = 0.0


def together(parties: Sequence[Party], seed: int = 0, paths: int = 2000, most_pairs: int = MOST_PAIRS) -> Together:
    """Count what becomes of parties that leave from the same place on the same day.

    Parameters
    ----------
    parties
        At least one; their processes must have slots of the same number, length and start.
    seed, paths
        For the paths of the conditions that are drawn when the exact count would be too large; at least 2 of them.
    most_pairs
        Largest size of the exact count of two parties: pairs of landings times joint levels.

    Raises
    ------
    UnusableModelError
        If the parties do not leave on the same day from the same place, or are told different things of a condition.
    CertificateError
        If a party counted beside the other does not fare as it does alone, within 1e-9.
    """
    processes = [party.process for party in parties]
    if len({(each.slots, each.slot_hours, each.start, each.places[each.start_place]) for each in processes}) != 1:
        raise UnusableModelError(
            "parties are counted together only when they leave on the same day from the same place"
        )
    joint = _counted(parties, seed, paths, most_pairs)
    every = float(joint.all_by_slot[-1])
    by_slot = np.diff(joint.all_by_slot, prepend=0.0)
    last = float(np.arange(len(by_slot)) @ by_slot) / every if every > 0.0 else math.nan
    return Together(
        all_arrive=every,
        nobody_harmed=joint.nobody_harmed,
        parted=max(0.0, 1.0 - every - joint.none_arrives) if len(parties) > 1 else 0.0,
        arrive_people=sum(each.people * arrive for each, (arrive, _) in zip(parties, joint.alone, strict=True)),
        harm_people=sum(each.people * harm for each, (_, harm) in zip(parties, joint.alone, strict=True)),
        cost_expected=sum(each.evaluation.cost_expected for each in parties),
        days_last=processes[0].day(last),
        standard_error=joint.standard_error,
    )


def _counted(parties: Sequence[Party], seed: int, paths: int, most_pairs: int) -> _Joint:
    """Count as exactly as can be. Where conditions are remembered region by region, only their drawn paths tell the whole."""
    alone = [(party.evaluation.arrive, party.evaluation.harm) for party in parties]
    remembers = any(party.process.memory is not None for party in parties)
    if len(parties) == 1 and not remembers:
        by_slot = np.array(parties[0].evaluation.arrive_by_slot)
        return _Joint(by_slot, 1.0 - alone[0][0], 1.0 - alone[0][1], alone)
    tracks = [track_of(party.process, party.policy) for party in parties]
    weather = shared_weather(party.process for party in parties)
    if len(parties) == 2 and not remembers:
        size = math.prod(len(track) + 2 for track in tracks) * math.prod(weather.sizes)
        if size <= most_pairs:
            return _pairwise(parties, tracks, weather)
    return _on_paths(tracks, weather, seed, paths, None if remembers else alone)


@dataclass(frozen=True, eq=False)
class _Numbered:
    """A track renumbered: first the A landings from which on conditions matter, by slot; then the others, and the two ends.

    ``free`` are those others by their old number.
    """

    first: Ints
    reached: Ints
    start: Ints
    target: Ints
    weight: Floats
    begin: int
    free: Ints
    size: int


def _numbered(track: Track) -> _Numbered:
    n, T = len(track), track.process.slots
    free = track.indifferent
    order = np.concatenate([np.flatnonzero(~free), np.flatnonzero(free)])
    number = np.empty(n + 2, dtype=np.int64)
    number[order] = np.arange(n + 2)
    links = Links(track.start, track.target, track.weight).of(~free[:n], track.process.joint_levels)
    first = np.searchsorted(track.landings[~free[:n], 0], np.arange(T + 2)).astype(np.int64)
    return _Numbered(
        first=first,
        reached=first[np.minimum(np.arange(T + 2) + _ahead(track) + 1, T + 1)],
        start=links.start,
        target=number[links.target],
        weight=links.weight,
        begin=int(number[0]),
        free=np.flatnonzero(free),
        size=n + 2,
    )


def _ahead(track: Track) -> int:
    """Return how many slots ahead any landing leads."""
    C, n = track.process.joint_levels, len(track)
    source = np.repeat(np.arange(n), np.diff(track.start[::C]))
    on = track.target < n
    return int((track.landings[track.target[on], 0] - track.landings[source[on], 0]).max(initial=1))


def _pairwise(parties: Sequence[Party], tracks: Sequence[Track], weather: Weather) -> _Joint:
    """Pass two parties side by side through the slots."""
    T, C = parties[0].process.slots, math.prod(weather.sizes)
    one, two = (_numbered(track) for track in tracks)
    at = weather.joint_levels()
    levels = [weather.levels_of(each.process, each.process.known_at(0), at) for each in parties]
    joint = np.zeros((one.size, two.size, C))
    joint[one.begin, two.begin] = weather.joint_start()
    pair(
        np.broadcast_to(levels[0], C).copy(), weather.joint_steps(T), one.first, one.reached, one.start, one.target, one.weight,
        np.broadcast_to(levels[1], C).copy(), two.first, two.reached, two.start, two.target, two.weight, joint,
    )  # fmt: skip
    pairs = joint[one.size - len(one.free) :, two.size - len(two.free) :].sum(axis=2)
    (arrive, harm), (other_arrive, other_harm) = (
        outlook_from(track, each.free) for track, each in zip(tracks, (one, two), strict=True)
    )
    for party, total in zip(parties, (pairs.sum(axis=1) @ arrive, pairs.sum(axis=0) @ other_arrive), strict=True):
        _confirm(party, float(total.sum()))
    by_slot, other_by_slot = np.cumsum(arrive, axis=1), np.cumsum(other_arrive, axis=1)
    return _Joint(
        all_by_slot=np.einsum("it,ij,jt->t", by_slot, pairs, other_by_slot, optimize=True),
        none_arrives=float((1.0 - by_slot[:, -1]) @ pairs @ (1.0 - other_by_slot[:, -1])),
        nobody_harmed=float((1.0 - harm) @ pairs @ (1.0 - other_harm)),
        alone=[(party.evaluation.arrive, party.evaluation.harm) for party in parties],
    )


def _confirm(party: Party, arrive: float) -> None:
    difference = abs(arrive - party.evaluation.arrive)
    if not difference <= MOST_DIFFERENCE:
        message = f"a party counted beside another fares otherwise than alone, by {difference:.3g}; no answer is given"
        raise CertificateError(message)


def _on_paths(
    tracks: Sequence[Track], weather: Weather, seed: int, paths: int, known: Sequence[tuple[float, float]] | None
) -> _Joint:
    """Average over drawn paths of the conditions what is exact along each.

    ``known`` is each party's chance of arrival and of harm alone: exact, and so they tell how kind the drawn paths were.
    """
    T = tracks[0].process.slots
    alone: list[tuple[Floats, Floats]] = []
    drawn = weather.paths(T, paths, seed)
    everyone, nobody, unharmed = np.ones((paths, T + 1)), np.ones(paths), np.ones(paths)
    for track in tracks:
        arrived, harmed = _along(track, weather, drawn, paths)
        by_slot = np.cumsum(arrived, axis=1)
        everyone *= by_slot
        nobody *= 1.0 - by_slot[:, -1]
        unharmed *= 1.0 - harmed
        alone.append((by_slot[:, -1], harmed))
    if known is not None:
        kindness = np.stack([each for party in alone for each in party], axis=1) - np.ravel(known)
        everyone, nobody, unharmed = (_corrected(each, kindness) for each in (everyone, nobody, unharmed))
    spread = max(float(np.std(each, ddof=1)) for each in (everyone[:, -1], unharmed, everyone[:, -1] + nobody))
    return _Joint(
        everyone.mean(axis=0),
        float(nobody.mean()),
        float(unharmed.mean()),
        known or [(float(arrive.mean()), float(harm.mean())) for arrive, harm in alone],
        standard_error=max(spread / math.sqrt(paths), _LEAST),
    )


def _corrected(values: Floats, controls: Floats) -> Floats:
    """Take from values on each path what varies with controls of mean zero: regression control variates.

    Glasserman (2003), Monte Carlo Methods in Financial Engineering, section 4.1.
    """
    slopes = np.linalg.lstsq(controls - controls.mean(axis=0), values - values.mean(axis=0), rcond=1e-10)[0]
    corrected: Floats = values - controls @ slopes
    return corrected


def _along(track: Track, weather: Weather, drawn: dict[str, NDArray[np.int16]], paths: int) -> tuple[Floats, Floats]:
    """Return a party's chance of arriving at each slot, ``(R, T + 1)``, and of harm, ``(R,)``, along each path."""
    process = track.process
    known = [process.known_at(place) for place in range(len(process.places))]
    sets = list(dict.fromkeys(known))
    levels = np.zeros((paths, process.slots + 1, len(sets)), dtype=np.int16)
    for each, conditions in enumerate(sets):
        levels[:, :, each] = weather.levels_of(process, conditions, dict(drawn))  # type: ignore[arg-type]
    arrived, harmed = np.zeros((paths, process.slots + 1)), np.zeros(paths)
    follow_paths(
        levels, track.landings, np.array([sets.index(each) for each in known], dtype=np.int64), process.joint_levels,
        track.start, track.target, track.weight, process.destination, _LEAST, arrived, harmed,
    )  # fmt: skip
    return arrived, harmed
