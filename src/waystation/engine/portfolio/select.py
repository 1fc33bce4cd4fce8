"""The weekly decision: who goes now, by which plan and when, and why not the others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from waystation.engine.journeys.eligibility import broken_rules
from waystation.engine.model import Group, Network
from waystation.engine.portfolio.choose import USUAL, Effort
from waystation.engine.portfolio.decision import Decision, Held, Scarce, Scenario, Standing, Verdict
from waystation.engine.portfolio.fairness import fairness
from waystation.engine.portfolio.generate import Generated, generate
from waystation.engine.portfolio.instance import Floats
from waystation.engine.portfolio.keep import Kept, choose_kept
from waystation.engine.portfolio.ledger import Ledger
from waystation.engine.portfolio.offers import DAYS_A_WEEK, Seen, all_offers, settings_of
from waystation.engine.portfolio.pool import Pool, pool_of, units_of
from waystation.engine.portfolio.prices import linear_prices
from waystation.engine.portfolio.reasons import going, wanting
from waystation.engine.portfolio.replay import offers_taken
from waystation.engine.portfolio.rows import RowKind
from waystation.engine.portfolio.scarce import scarce_things
from waystation.engine.portfolio.stability import stability
from waystation.engine.portfolio.terms import Terms
from waystation.engine.portfolio.what_if import Question, Supposed, most_used_leg, what_if

_WORST = 3


@dataclass(frozen=True, eq=False)
class _Found:
    """What the verdicts are read from."""

    network: Network
    terms: Terms
    pool: Pool
    kept: Kept
    often: Floats | None


def _nobody(what: str, done: int, of: int) -> None:
    pass


def select(
    network: Network,
    first: date,
    terms: Terms | None = None,
    supposed: Sequence[Supposed] | None = None,
    effort: Effort = USUAL,
    seen: Seen = _nobody,
) -> Decision:
    """Decide which of a network's groups go now.

    Parameters
    ----------
    first
        The first day on which anybody may set off.
    supposed
        What might be otherwise; None for 1,000 more in the pot where it brings most, one more like the partner who is most
        scarce, and without the leg most people take.
    seen
        Told how far the work is.

    Raises
    ------
    WrongChoiceError
        If an answer fails its own check.
    UnusableModelError, BadInputError
        If the network cannot be made into decision processes, or its funds overlap in too many ways.
    """
    terms = Terms() if terms is None else terms
    eligible = tuple(group for group in network.groups if not broken_rules(group))
    units = units_of(eligible)
    settings = settings_of(network, eligible, Ledger.of(network), first, terms.weeks)
    found = generate(network, units, settings, all_offers(settings, seen), terms, seen)
    pool = pool_of(network, units, found.offers, terms)
    kept = choose_kept(network, pool, first, terms, effort, seen)
    scarce = scarce_things(pool, network, kept.capacity, linear_prices(pool.instance.with_capacity(kept.capacity)))
    often = stability(pool, kept, terms, seen) if terms.draws else None
    verdicts = _verdicts(_Found(network, terms, pool, kept, often), first)
    question = Question(network, units, eligible, pool, kept, first, terms, effort)
    scenarios = what_if(question, _usual(question, scarce) if supposed is None else supposed, seen)
    return _decision(network, first, terms, pool, kept, found, verdicts, scarce, scenarios)


def _usual(question: Question, scarce: Sequence[Scarce]) -> list[Supposed]:
    supposed = []
    money = next((each for each in scarce if each.kind is RowKind.MONEY), None)
    if money is not None:
        supposed.append(Supposed("money", money.id, money.more))
    partner = next((each for each in scarce if each.kind is RowKind.PARTNER), None)
    if partner is not None:
        capacity = {each.id: each.capacity_per_week for each in question.network.partners}[partner.id]
        supposed.append(Supposed("partner", partner.id, float(capacity or 1)))
    leg = most_used_leg(question.pool, question.kept)
    return supposed if leg is None else [*supposed, Supposed("close", leg)]


def _verdicts(found: _Found, first: date) -> tuple[Verdict, ...]:
    place = {group: unit for unit, names in enumerate(found.pool.units) for group in names}
    return tuple(_verdict(found, group, place.get(group.id), first) for group in found.network.groups)


def _verdict(found: _Found, group: Group, unit: int | None, first: date) -> Verdict:
    waited = None if group.asked_on is None else (found.network.as_of - group.asked_on).days
    plain = Verdict(
        group.id, group.size, group.urgency, Standing.REFUSED, waited=waited, promised=group.promised_on is not None
    )
    if unit is None:
        return _with(plain, broken=broken_rules(group))
    often = None if found.often is None else float(found.often[unit])
    j = int(found.kept.choice.chosen[unit])
    if j >= 0:
        offer = next(each for each in found.pool.columns[j] if each.setting.group.id == group.id)
        return _with(plain, standing=Standing.NOW, going=going(offer), stability=often)
    if found.pool.instance.first[unit] == found.pool.instance.first[unit + 1]:
        return _with(plain, standing=Standing.NO_PLAN)
    reason = wanting(found.pool, found.kept, unit, group.id)
    return _with(plain, standing=Standing.NOT_NOW, wanting=reason, stability=often)


def _with(verdict: Verdict, **changed: object) -> Verdict:
    return replace(verdict, **changed)  # type: ignore[arg-type]


def _decision(
    network: Network,
    first: date,
    terms: Terms,
    pool: Pool,
    kept: Kept,
    found: Generated,
    verdicts: tuple[Verdict, ...],
    scarce: tuple[Scarce, ...],
    scenarios: tuple[Scenario, ...],
) -> Decision:
    choice, taken = kept.choice, offers_taken(pool, kept.choice.chosen.tolist())
    money = [(row, at) for at, row in enumerate(pool.rows) if row.kind is RowKind.MONEY]
    return Decision(
        network=network.name,
        currency=network.currency,
        as_of=network.as_of,
        first=first,
        until=first + timedelta(days=DAYS_A_WEEK * (terms.weeks - 1) + network.horizon_days),
        terms=terms,
        verdicts=verdicts,
        value=choice.value,
        bound=kept.unsafe.bound,
        gap=max(0.0, 1.0 - choice.value / kept.unsafe.bound) if kept.unsafe.bound > 0.0 else 0.0,
        unsafe_value=kept.unsafe.value,
        every_plan=found.bound,
        plans=len(pool.columns),
        arrive=sum(offer.arrive for offer in taken),
        harm=sum(offer.harm for offer in taken),
        spending=tuple((row, float(pool.instance.capacity[at]), float(choice.load[at])) for row, at in money),
        held=_held(pool, kept, terms),
        scarce=scarce,
        scenarios=scenarios,
        fairness=fairness(verdicts, network.as_of),
        broken_promises=tuple(name for unit in choice.broken_promises for name in pool.units[unit]),
        caps={
            name: float(cap)
            for name, cap in (("most_exposed", network.most_exposed), ("most_harm", network.most_harm))
            if cap is not None
        },
    )


def _held(pool: Pool, kept: Kept, terms: Terms) -> Held | None:
    if kept.replay is None:
        return None
    overflow = kept.replay.overflow
    worst = [at for at in np.argsort(-overflow, kind="stable")[:_WORST].tolist() if overflow[at] > 0.0]
    return Held(
        replays=terms.replays,
        all_hold=kept.replay.holds,
        worst=tuple(
            (pool.rows[at], float(pool.instance.capacity[at]), float(kept.choice.load[at]), float(overflow[at]))
            for at in worst
        ),
        tightened=int((kept.capacity < pool.instance.capacity).sum()),
        rounds=kept.rounds,
    )
