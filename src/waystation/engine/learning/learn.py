"""From a network and its experience to beliefs: the one call of this room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from waystation.engine.learning.calibration import calibration
from waystation.engine.learning.chances import COVERAGE, Found, learn_chances
from waystation.engine.learning.changes import reasons_of
from waystation.engine.learning.durations import learn_durations
from waystation.engine.learning.evidence import CHANCES, Evidence, Unit, gather, log_spread
from waystation.engine.learning.jeffreys import jeffreys_interval
from waystation.engine.learning.panel import Panel, judged, panels
from waystation.engine.learning.regimes import begun
from waystation.engine.learning.result import Learned, Lessons
from waystation.engine.learning.statements import Statement, Statements, as_stated, statements_of
from waystation.engine.model import Asked, Experience, Leg, Network, OutcomeKind, PastBelief, Quantity, Stated, Subject

_ASKED = {
    Quantity.INTERCEPTED: Asked.INTERCEPTED,
    Quantity.TURNED_BACK: Asked.TURNED_BACK,
    Quantity.DEMAND: Asked.DEMAND,
}


def learn(network: Network, experience: Experience, coverage: float = COVERAGE) -> Lessons:
    """Learn the chances and durations of every leg and partner from outcomes and judgement.

    Parameters
    ----------
    network
        With its outcomes; a leg's chances and days are read as statements of people unless this program wrote them
        (``experience.past``).
    coverage
        Of the intervals, in (0, 1).

    Returns
    -------
    Lessons
        A belief for each leg and partner about which anything can be said: its own passages, those of others of its pool, or
        judgement. The order of rows in the folder makes no difference but to the order of the answer.

    Raises
    ------
    SilenceNotAskedError
        If a group is silent and nobody was asked how many such groups are intercepted.

    Notes
    -----
    Legs are pooled with those of the same mode that begin in the same country, partners with all partners. O(outcomes), then two
    matrix products for each pool and quantity.
    """
    return _Learning(network, experience, coverage).lessons()


@dataclass(frozen=True, slots=True)
class _Grounds:
    """Everything that one belief rests on beside the pool."""

    judged: Stated | None
    panel: bool
    statement: Statement
    regimes: tuple[str, ...]
    before: PastBelief | None


class _Learning:
    def __init__(self, network: Network, experience: Experience, coverage: float) -> None:
        self._statements: Statements = statements_of(network, experience)
        self._legs = {leg.id: as_stated(leg, self._statements) for leg in network.legs}
        self._network = replace(network, legs=tuple(self._legs.values()))
        self._experience, self._coverage, self._rules = experience, coverage, experience.rules
        self._panels: tuple[Panel, ...] = panels(
            experience.judgements, experience.regimes, self._rules.judgement_cap, network.as_of
        )
        self._evidence = gather(self._network, experience.regimes, self._panels)
        self._past = {(each.subject, each.id, each.quantity): each for each in experience.past}

    def lessons(self) -> Lessons:
        found: dict[tuple[Unit, Quantity], Learned] = {}
        for members in self._pools():
            for quantity in Quantity:
                found |= {(_unit(each), quantity): each for each in self._learn(members, quantity)}
        order = [(unit, quantity) for unit in self._evidence for quantity in Quantity]
        outcomes = [each for each in self._network.outcomes if each.on <= self._network.as_of]
        return Lessons(
            on=self._network.as_of,
            coverage=self._coverage,
            beliefs=tuple(found[each] for each in order if each in found),
            panels=self._panels,
            people=calibration(self._experience.closed_answers),
            called_off=sum(each.count for each in outcomes if each.kind is OutcomeKind.CALLED_OFF),
            silent=sum(each.count for each in outcomes if each.kind is OutcomeKind.UNKNOWN),
        )

    def _pools(self) -> list[list[Unit]]:
        """Return the legs of each mode and country, and all partners together."""
        countries = {place.id: place.country for place in self._network.places}
        pools: dict[tuple[str, ...], list[Unit]] = {}
        for leg in self._network.legs:
            pools.setdefault((leg.mode, countries[leg.origin]), []).append((Subject.LEG, leg.id))
        partners: list[Unit] = [(Subject.PARTNER, partner.id) for partner in self._network.partners]
        return [*pools.values(), *([partners] if partners else [])]

    def _learn(self, members: Sequence[Unit], quantity: Quantity) -> Iterable[Learned]:
        """Yield what is believed of one quantity of a pool; nothing where neither passages nor judgement say anything."""
        grounds = [self._grounds(unit, quantity) for unit in members]
        evidence = [self._evidence[unit] for unit in members]
        counted = [_counted(each, quantity) for each in evidence]
        if not any(missions for missions, _ in counted) and not any(each.panel for each in grounds):
            return
        if quantity is Quantity.DAYS:
            spreads = [self._spread_of(unit) for unit in members]
            believed = learn_durations(
                [each.trips for each in evidence],
                [
                    None if each.judged is None else (each.judged.weight, spread)
                    for each, spread in zip(grounds, spreads, strict=True)
                ],
                self._coverage,
            )
        else:
            tallies = [each.chances[quantity] for each in evidence]
            believed = learn_chances(tallies, [each.judged for each in grounds], self._rules, self._coverage)
        effective = [_effective(each, quantity) for each in evidence]
        for index, unit in enumerate(members):
            if self._is_spoken_of(unit, quantity, counted, grounds[index]):
                like = sum(1 for other, (missions, _) in enumerate(counted) if missions and other != index)
                yield self._told(
                    unit, quantity, believed[index], counted[index], effective, index, like, grounds[index]
                )

    def _is_spoken_of(
        self, unit: Unit, quantity: Quantity, counted: Sequence[tuple[int, int]], grounds: _Grounds
    ) -> bool:
        """Tell whether a belief is given: not of a demand that the leg does not state and that was never made on others."""
        if unit[0] is Subject.PARTNER:
            return any(missions for missions, _ in counted) and self._evidence[unit] != Evidence()
        if quantity is not Quantity.DEMAND:
            return any(missions for missions, _ in counted) or grounds.panel
        has_own = self._evidence[unit].chances[quantity].missions > 0
        return grounds.judged is not None or (has_own and any(events for _, events in counted))

    def _told(
        self,
        unit: Unit,
        quantity: Quantity,
        believed: Found,
        counted: tuple[int, int],
        effective: Sequence[float],
        index: int,
        like: int,
        grounds: _Grounds,
    ) -> Learned:
        scale = 1.0
        if quantity is Quantity.DAYS and grounds.statement.stated is not None:
            scale = grounds.statement.stated.value
        mean = believed.mean * scale
        reasons = reasons_of(
            grounds.before,
            mean,
            believed.weight,
            counted,
            grounds.judged,
            grounds.regimes,
            restated=grounds.statement.restated,
        )
        return Learned(
            subject=unit[0],
            id=unit[1],
            quantity=quantity,
            mean=mean,
            low=believed.low * scale,
            high=believed.high * scale,
            weight=believed.weight,
            missions=counted[0],
            events=counted[1],
            effective=effective[index],
            judgement_share=share_of_judgement(believed.weight, effective, index, grounds.judged),
            like=like,
            alone=jeffreys_interval(counted[1], counted[0], self._coverage) if quantity is not Quantity.DAYS else None,
            judged=grounds.judged,
            panel=grounds.panel,
            stated=grounds.statement.stated,
            regimes=grounds.regimes,
            before=grounds.before,
            reasons=reasons,
        )

    def _grounds(self, unit: Unit, quantity: Quantity) -> _Grounds:
        subject, name = unit
        leg = name if subject is Subject.LEG else None
        regimes = tuple(each.id for each in begun(self._experience.regimes, leg, self._network.as_of))
        before = self._past.get((subject, name, quantity))
        if leg is None:
            return _Grounds(None, False, Statement(None), regimes, before)
        statement = self._statements[leg, quantity]
        panel = judged(self._panels, leg, _ASKED[quantity]) if quantity in _ASKED else None
        if panel is not None and self._rules.judgement_cap > 0.0:
            return _Grounds(panel.belief, True, statement, regimes, before)
        return _Grounds(_capped(statement.stated, self._rules.judgement_cap), False, statement, regimes, before)

    def _spread_of(self, unit: Unit) -> float:
        leg: Leg | None = self._legs.get(unit[1]) if unit[0] is Subject.LEG else None
        return log_spread(leg) if leg is not None else 0.0


def share_of_judgement(weight: float, effective: Sequence[float], index: int, judgement: Stated | None) -> float:
    """Return what share of a belief's evidence is judgement, in [0, 1].

    Its own passages are none, its own judgement is all. What it borrows from its pool (the rest of its weight) is judgement as
    far as the pool is the program's starting point, which is worth one mission, and not the passages of others.
    """
    own = effective[index]
    opinion = judgement.weight if judgement is not None else 0.0
    borrowed = max(0.0, weight - own - opinion)
    others = sum(effective) - own
    total = own + opinion + borrowed
    return (opinion + borrowed / (1.0 + others)) / total if total > 0.0 else 1.0


def _unit(learned: Learned) -> Unit:
    return (learned.subject, learned.id)


def _capped(stated: Stated | None, cap: float) -> Stated | None:
    if stated is None or not cap > 0.0:
        return None
    return Stated(stated.value, min(stated.weight, cap))


def _counted(evidence: Evidence, quantity: Quantity) -> tuple[int, int]:
    if quantity in CHANCES:
        tally = evidence.chances[quantity]
        return tally.missions, tally.events
    return sum(trip.count for trip in evidence.trips), sum(trip.count for trip in evidence.trips if trip.is_over)


def _effective(evidence: Evidence, quantity: Quantity) -> float:
    if quantity in CHANCES:
        return evidence.chances[quantity].effective
    return sum(trip.weight for trip in evidence.trips)
