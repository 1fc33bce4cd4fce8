"""Money by fund and period, so that a fund is used only in its time and only for what it is for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from waystation.engine.model import Fund, Network, convert
from waystation.engine.portfolio.rows import Row, RowKind
from waystation.kernel import BadInputError

_MOST_ROWS = 2_000
_MONTHS = 12

Pots = frozenset[int]


def period_days(period: str) -> tuple[date, date]:
    """Return the first and the last day of a year, a quarter or a month: ``2027``, ``2027-Q1``, ``2027-03``."""
    year, _, part = period.partition("-")
    if not part:
        return date(int(year), 1, 1), date(int(year), _MONTHS, 31)
    months = 3 if part.startswith("Q") else 1
    first = (int(part[1:]) - 1) * 3 + 1 if months == 3 else int(part)
    end = int(year) * _MONTHS + first - 1 + months
    return date(int(year), first, 1), date(end // _MONTHS, end % _MONTHS + 1, 1) - timedelta(days=1)


@dataclass(frozen=True)
class Ledger:
    """The pots of money, each a fund in a period; None of them: money is no limit.

    Money that may come from several pots is limited by them together. By the theorem of Hall a way to pay from the pots
    exists if, for every set of pots, what can be paid from these alone is no more than is in them; only unions of the sets
    that occur matter.
    """

    pots: tuple[Fund, ...]
    amounts: tuple[int, ...]
    spans: tuple[tuple[date, date], ...]
    seen: dict[Pots, None] = field(default_factory=dict, compare=False)

    @staticmethod
    def of(network: Network) -> "Ledger":
        """Return the pots of a network, in minor units of its currency, rounded down."""
        amounts = tuple(
            convert(fund.amount, network.currency, network.rates, network.as_of, is_budget=True).minor
            for fund in network.funds
        )
        return Ledger(network.funds, amounts, tuple(period_days(fund.period) for fund in network.funds))

    def pots_for(self, purposes: frozenset[str], day: date) -> Pots:
        """Return which pots may pay something for a group on a day."""
        return frozenset(
            pot
            for pot, (first, last) in enumerate(self.spans)
            if first <= day <= last and self.pots[pot].may_pay_for(purposes)
        )

    def rows(self, used: Iterable[Pots]) -> Mapping[Row, tuple[Pots, int]]:
        """Return the limits on money: each a set of pots with what is in them.

        Parameters
        ----------
        used
            The sets of pots from which anything may be paid.

        Raises
        ------
        BadInputError
            If there are more than 2,000 of them, because too many funds overlap.
        """
        return {self.row(pots): (pots, most) for pots, most in limits_of(used, self.amounts).items()}

    def row(self, pots: Pots) -> Row:
        """Return the limit that a set of pots is."""
        return Row(RowKind.MONEY, "+".join(self.name(pot) for pot in sorted(pots)))

    def name(self, pot: int) -> str:
        """Return a pot by its fund and period."""
        return f"{self.pots[pot].id} {self.pots[pot].period}"


def limits_of(used: Iterable[Pots], amounts: Sequence[int]) -> Mapping[Pots, int]:
    """Return the sets of pots that limit what is paid together, each with what is in them.

    Parameters
    ----------
    used
        The sets of pots from which anything may be paid.

    Raises
    ------
    BadInputError
        If there are more than 2,000 of them, because too many funds overlap.
    """
    unions: set[Pots] = set()
    for each in sorted(set(used), key=sorted):
        unions |= {each} | {each | other for other in unions if each & other}
        if len(unions) > _MOST_ROWS:
            raise BadInputError("too many funds overlap in time and purpose; merge some of them in budget.csv")
    return {pots: sum(amounts[pot] for pot in pots) for pots in sorted(unions, key=sorted)}


NO_POTS = Ledger((), (), ())
"""Money is no limit."""
