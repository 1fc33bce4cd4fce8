"""The beliefs a decision process rests on, and the process as it would be if they were other than believed."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.engine.journeys import risk
from waystation.engine.journeys.argument import Assumption, AssumptionKind
from waystation.engine.journeys.build import Built
from waystation.engine.journeys.process import Process
from waystation.engine.model import Belief, Group, Leg, Network

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Dependence:
    """How the chances of one table, a row for each move or place, follow from the assumptions.

    Attributes
    ----------
    assumption
        Index of the assumption a row rests on, ``(R,) int64``; -1 where it rests on none and keeps its chance.
    factor
        What multiplies the odds of the belief at each joint level, ``(R, C)``.
    """

    assumption: NDArray[np.int64]
    factor: Floats

    def chances(self, values: Floats, kept: Floats) -> Floats:
        """Return the table, ``(R, C)``, for assumed chances ``values``, ``(A,)``; rows that rest on none are ``kept``'s."""
        rests = self.assumption >= 0
        chances = kept.copy()
        chances[rests] = scale_odds(values[self.assumption[rests], None], self.factor[rests])
        return chances


def scale_odds(chance: Floats, factor: Floats) -> Floats:
    """Multiply the odds of chances by factors; 0 and 1 stay as they are. Shapes broadcast."""
    scaled: Floats = chance * factor / (1.0 - chance + chance * factor)
    return scaled


@dataclass(frozen=True, eq=False)
class Assumptions:
    """The A uncertain beliefs of a process. Beliefs of 0 and of 1 are certain and are left out.

    Attributes
    ----------
    items
        The beliefs, ``A`` of them.
    intercepted, turned_back, asked, discovered
        What the process's tables make of them; discovery per day, before it is cut down to one slot.
    slot_share
        Part of a day in one slot.
    """

    items: tuple[Assumption, ...]
    intercepted: Dependence
    turned_back: Dependence
    asked: Dependence
    discovered: Dependence
    slot_share: float

    @property
    def means(self) -> Floats:
        """What is believed, ``(A,)``."""
        return np.array([item.belief.mean for item in self.items], dtype=np.float64)

    def draw(self, draws: int, seed: int) -> Floats:
        """Return independent draws from the posterior of every belief, ``(A, draws)``, each above 0 and below 1."""
        random = np.random.default_rng(seed)
        means, weights = self.means[:, None], np.array([[item.belief.weight] for item in self.items]).reshape(-1, 1)
        drawn = random.beta(means * weights, (1.0 - means) * weights, size=(len(self.items), draws))
        tiny = np.finfo(np.float64).tiny
        clipped: Floats = np.clip(drawn, tiny, 1.0 - np.finfo(np.float64).epsneg)
        return clipped

    def slot_chance(self, daily: Floats) -> Floats:
        """Return the chance of discovery in one slot, for chances per day."""
        chance: Floats = -np.expm1(self.slot_share * np.log1p(-daily))
        return chance

    def retell(self, process: Process, values: Floats) -> Process:
        """Return the process as it would be if the assumed chances were ``values``, ``(A,)``.

        Where interception and turning back would exceed 1 together, turning back gives way.
        """
        moves = process.moves
        intercepted = self.intercepted.chances(values, moves.intercepted)
        turned_back = np.minimum(self.turned_back.chances(values, moves.turned_back), 1.0 - intercepted)
        rests = self.discovered.assumption >= 0
        daily = self.discovered.chances(values, np.zeros_like(process.discovered))
        discovered = np.where(rests[:, None], self.slot_chance(daily), process.discovered)
        told = dataclasses.replace(
            moves,
            intercepted=intercepted,
            turned_back=turned_back,
            asked=self.asked.chances(values, moves.asked),
        )
        return dataclasses.replace(process, moves=told, discovered=discovered)


class _Listing:
    """Numbers the beliefs as they are met."""

    def __init__(self) -> None:
        self.items: dict[tuple[AssumptionKind, str], Assumption] = {}
        self.numbers: dict[tuple[AssumptionKind, str], int] = {}

    def number(self, kind: AssumptionKind, id_: str, belief: Belief) -> int:
        if belief.mean in {0.0, 1.0}:
            return -1
        self.items.setdefault((kind, id_), Assumption(kind, id_, belief))
        return self.numbers.setdefault((kind, id_), len(self.numbers))


def assumptions_of(network: Network, group: Group, built: Built) -> Assumptions:
    """Return the uncertain beliefs a group's process rests on, in the order of its moves, then of its places."""
    listing, process = _Listing(), built.process
    settled = {condition: each.levels[0] for condition, each in built.outlooks.items() if len(each.levels) == 1}
    legs = {leg.id: leg for leg in network.legs}
    places = {place.id: place for place in network.places}
    partners = {partner.id: partner for partner in network.partners}
    moves = process.moves
    offered = [(legs[leg], in_company) for leg, in_company in zip(moves.leg, moves.in_company, strict=True)]
    levels = [_levels(process, place, settled) for place in range(len(process.places))]
    known = [levels[place] for place in moves.source]

    def interception(row: int) -> list[float]:
        leg, in_company = offered[row]
        partner = partners.get(leg.partner or "")
        return [risk.interception_factor(leg, at, partner, group.size, in_company=in_company) for at in known[row]]

    def demand_number(leg: Leg) -> int:
        if leg.demand is None:
            return -1
        return listing.number(AssumptionKind.EXTRA_DEMAND, leg.id, leg.demand.chance)

    stays = [places[id_] for id_ in process.places]
    C = process.joint_levels
    return Assumptions(
        intercepted=_dependence(
            C,
            [listing.number(AssumptionKind.INTERCEPTED, leg.id, leg.intercepted) for leg, _ in offered],
            (interception(row) for row in range(len(offered))),
        ),
        turned_back=_dependence(
            C,
            [listing.number(AssumptionKind.TURNED_BACK, leg.id, leg.turned_back) for leg, _ in offered],
            (
                [risk.level_factor(leg.turned_back_factors, at) for at in known[row]]
                for row, (leg, _) in enumerate(offered)
            ),
        ),
        asked=_dependence(
            C,
            [demand_number(leg) for leg, _ in offered],
            (
                [risk.level_factor(leg.demand.factors if leg.demand else (), at) for at in known[row]]
                for row, (leg, _) in enumerate(offered)
            ),
        ),
        discovered=_dependence(
            C,
            [
                listing.number(AssumptionKind.DISCOVERY, place.id, place.discovery) if process.may_wait[row] else -1
                for row, place in enumerate(stays)
            ],
            ([risk.level_factor(place.discovery_factors, at) for at in levels[row]] for row, place in enumerate(stays)),
        ),
        items=tuple(listing.items.values()),
        slot_share=network.slot_hours / 24,
    )


def _levels(process: Process, place: int, settled: dict[str, str]) -> list[dict[str, str]]:
    """Return the level of every condition known at a place at each of its levels, ``settled`` those with one possible level."""
    known = [settled | process.level_names(level, place) for level in range(process.levels_at(place))]
    return [*known, *[settled] * (process.joint_levels - len(known))]


def _dependence(levels: int, numbers: Sequence[int], factors: Iterable[Sequence[float]]) -> Dependence:
    table = np.array(list(factors), dtype=np.float64).reshape(len(numbers), levels)
    return Dependence(np.array(numbers, dtype=np.int64), table)
