"""Chances after their factors. Factors act on odds: p / (1 - p) is multiplied, so a chance never leaves [0, 1]."""

from collections.abc import Iterable, Mapping

from waystation.engine.model import Leg, LevelFactor, Partner, Place

Levels = Mapping[str, str]
"""The level of each condition, by condition id."""


def scale_odds(chance: float, factor: float) -> float:
    """Multiply the odds of a chance by a factor; 0 and 1 stay as they are."""
    if chance in {0.0, 1.0} or factor == 1.0:
        return chance
    odds = chance / (1.0 - chance) * factor
    return odds / (1.0 + odds)


def level_factor(factors: Iterable[LevelFactor], levels: Levels) -> float:
    """Return the product of the factors that hold at the given levels."""
    product = 1.0
    for factor in factors:
        if levels.get(factor.at.condition) == factor.at.level:
            product *= factor.factor
    return product


def interception(leg: Leg, levels: Levels, partner: Partner | None, party: int, *, in_company: bool) -> float:
    """Return the chance that a party is intercepted on a leg that begins at the given levels."""
    return scale_odds(leg.intercepted.mean, interception_factor(leg, levels, partner, party, in_company=in_company))


def interception_factor(leg: Leg, levels: Levels, partner: Partner | None, party: int, *, in_company: bool) -> float:
    """Return what multiplies the odds of interception: of the levels, the partner, the party's size and company."""
    factor = level_factor(leg.intercepted_factors, levels)
    if partner is not None:
        factor *= partner.risk_factor
    if leg.customary_party is not None and party > leg.customary_party:
        factor *= leg.extra_person_factor ** (party - leg.customary_party)
    if in_company and leg.company is not None:
        factor *= leg.company.risk_factor
    return factor


def turning_back(leg: Leg, levels: Levels) -> float:
    """Return the chance that a party is turned back on a leg that begins at the given levels."""
    return scale_odds(leg.turned_back.mean, level_factor(leg.turned_back_factors, levels))


def extra_demand(leg: Leg, levels: Levels) -> float:
    """Return the chance that an extra demand is made on a leg that begins at the given levels."""
    if leg.demand is None:
        return 0.0
    return scale_odds(leg.demand.chance.mean, level_factor(leg.demand.factors, levels))


def discovery(place: Place, levels: Levels, slot_hours: int) -> float:
    """Return the chance of being discovered in one slot of waiting: 1 - (1 - r_day)^(slot_hours / 24)."""
    daily = scale_odds(place.discovery.mean, level_factor(place.discovery_factors, levels))
    chance: float = 1.0 - (1.0 - daily) ** (slot_hours / 24)
    return chance
