"""What a journey's parts cost one group, in the network's currency, each rounded up to the minor unit."""

from decimal import ROUND_CEILING, Decimal

from waystation.engine.model import Group, Leg, Network, Place, convert
from waystation.kernel import Money


def fee_of(leg: Leg, group: Group, network: Network, *, in_company: bool = False) -> Money:
    """Return the fee of a leg for the whole group, with staff going along at the leg's price factor."""
    fee = _for_party(leg.cost_group, leg.cost_person, group, network)
    if not in_company or leg.company is None:
        return fee
    factor = Decimal(repr(leg.company.price_factor))
    return Money(int((fee.minor * factor).to_integral_value(rounding=ROUND_CEILING)), fee.currency)


def demand_of(leg: Leg, group: Group, network: Network) -> Money:
    """Return the extra demand that may be made on a leg, for the whole group; 0 where none is."""
    if leg.demand is None:
        return Money(0, network.currency)
    return _for_party(leg.demand.group, leg.demand.person, group, network)


def slot_fee_of(place: Place, group: Group, network: Network) -> Money:
    """Return the price of waiting one slot at a place, for the whole group."""
    price = _converted(place.stay_cost, network) * group.size * network.slot_hours
    return Money(-(-price // 24), network.currency)


def _for_party(for_group: Money, for_person: Money, group: Group, network: Network) -> Money:
    return Money(_converted(for_group, network) + group.size * _converted(for_person, network), network.currency)


def _converted(money: Money, network: Network) -> int:
    return convert(money, network.currency, network.rates, network.as_of).minor
