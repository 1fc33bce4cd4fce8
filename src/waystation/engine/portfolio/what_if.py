"""What would be chosen with more money, with one more like a partner, or without a leg: side by side with the choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waystation.engine.model import Group, Network
from waystation.engine.portfolio.choose import Effort
from waystation.engine.portfolio.decision import Scenario
from waystation.engine.portfolio.generate import generate
from waystation.engine.portfolio.keep import Kept, choose_kept
from waystation.engine.portfolio.ledger import Ledger
from waystation.engine.portfolio.offers import Offer, Seen, settings_of, without_leg
from waystation.engine.portfolio.pool import Pool, pool_of
from waystation.engine.portfolio.replay import offers_taken, paired
from waystation.engine.portfolio.rows import RowKind
from waystation.engine.portfolio.scarce import more_of
from waystation.engine.portfolio.terms import Terms


@dataclass(frozen=True, slots=True)
class Supposed:
    """Something otherwise: ``money`` (minor units more in a pot), ``partner`` (people a week more), ``close`` (a leg)."""

    kind: str
    id: str
    more: float = 0.0


@dataclass(frozen=True, eq=False)
class Question:
    """Everything a scenario is solved again from."""

    network: Network
    units: tuple[tuple[Group, ...], ...]
    groups: tuple[Group, ...]
    pool: Pool
    kept: Kept
    first: date
    terms: Terms
    effort: Effort


def what_if(question: Question, supposed: Sequence[Supposed], seen: Seen) -> tuple[Scenario, ...]:
    """Return each scenario, chosen, replayed and tightened as the choice itself was, with the same chances."""
    return tuple(_scenario(question, each, seen) for each in supposed)


def _scenario(question: Question, supposed: Supposed, seen: Seen) -> Scenario:
    pool = _closed(question, supposed.id, seen) if supposed.kind == "close" else _more(question, supposed)
    known = None if supposed.kind == "close" else question.kept.choice.chosen
    kept = choose_kept(question.network, pool, question.first, question.terms, question.effort, seen, known)
    before, after = _groups(question.pool, question.kept), _groups(pool, kept)
    taken = offers_taken(pool, kept.choice.chosen.tolist())
    difference = None
    if kept.replay is not None and question.kept.replay is not None:
        difference = paired(question.kept.replay.arrived, kept.replay.arrived)
    return Scenario(
        kind=supposed.kind,
        id=supposed.id,
        more=supposed.more,
        chosen=after,
        joining=tuple(each for each in after if each not in before),
        leaving=tuple(each for each in before if each not in after),
        arrive=sum(offer.arrive for offer in taken),
        harm=sum(offer.harm for offer in taken),
        spending=sum(offer.spending for offer in taken),
        difference=difference,
    )


def _more(question: Question, supposed: Supposed) -> Pool:
    pool = question.pool
    kind = RowKind.MONEY if supposed.kind == "money" else RowKind.PARTNER
    capacity = pool.instance.capacity + more_of(pool, question.network, kind, supposed.id, supposed.more)
    return Pool(pool.instance.with_capacity(capacity), pool.units, pool.columns, pool.rows, pool.pots)


def _closed(question: Question, leg: str, seen: Seen) -> Pool:
    """Return the pool without a leg: plans that never take it stay, and prices ask for new ones."""
    network, terms = without_leg(question.network, leg), question.terms
    settings = settings_of(network, question.groups, Ledger.of(network), question.first, terms.weeks)
    offers: dict[str, list[Offer]] = {group.id: [] for group in question.groups}
    for column in question.pool.columns:
        for offer in column:
            if leg not in _legs(offer) and offer not in offers[offer.setting.group.id]:
                offers[offer.setting.group.id].append(offer)
    found = generate(network, question.units, settings, offers, terms, seen)
    return pool_of(network, question.units, found.offers, terms)


def _legs(offer: Offer) -> frozenset[str]:
    """Return the legs a plan may set out on."""
    action, moves = offer.course.visits.action, offer.setting.process.moves
    return frozenset(moves.leg[m] for m in {(a - 2) // 2 for a in action.tolist() if a >= 2})


def _groups(pool: Pool, kept: Kept) -> tuple[str, ...]:
    return tuple(
        name for unit, j in zip(pool.units, kept.choice.chosen.tolist(), strict=True) if j >= 0 for name in unit
    )


def most_used_leg(pool: Pool, kept: Kept) -> str | None:
    """Return the leg that most people of a choice are expected to set out on; None where nobody goes."""
    people: dict[str, float] = {}
    for offer in offers_taken(pool, kept.choice.chosen.tolist()):
        visits, moves = offer.course.visits, offer.setting.process.moves
        for action, chance in zip(visits.action.tolist(), visits.chance.tolist(), strict=True):
            if action >= 2:
                leg = moves.leg[(action - 2) // 2]
                people[leg] = people.get(leg, 0.0) + chance * offer.setting.group.size
    return max(sorted(people), key=people.__getitem__) if people else None
