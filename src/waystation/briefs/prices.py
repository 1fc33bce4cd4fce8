"""What a leg costs this group, as the planner counts it."""

from decimal import ROUND_CEILING, Decimal

from waystation.engine.model import Group, Leg, Network, convert
from waystation.kernel import Money


def fee_of(leg: Leg, group: Group, network: Network, *, in_company: bool = False) -> Money:
    """Return the fee of a leg for the whole group in the network's currency, rounded up to the minor unit."""
    fee = _for_party(leg.cost_group, leg.cost_person, group, network)
    if not in_company or leg.company is None:
        return fee
    factor = Decimal(repr(leg.company.price_factor))
    return Money(int((fee.minor * factor).to_integral_value(rounding=ROUND_CEILING)), fee.currency)


def demand_of(leg: Leg, group: Group, network: Network) -> Money:
    """Return the extra demand that may be made on a leg, for the whole group, in the network's currency."""
    if leg.demand is None:
        return Money(0, network.currency)
    return _for_party(leg.demand.group, leg.demand.person, group, network)


def _for_party(group_sum: Money, person_sum: Money, group: Group, network: Network) -> Money:
    group_minor = convert(group_sum, network.currency, network.rates, network.as_of).minor
    person_minor = convert(person_sum, network.currency, network.rates, network.as_of).minor
    return Money(group_minor + group.size * person_minor, network.currency)
