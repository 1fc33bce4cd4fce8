import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from waystation.kernel.errors import BadInputError

CURRENCIES: dict[str, int] = {
    "AUD": 2,
    "CAD": 2,
    "CHF": 2,
    "CNY": 2,
    "EUR": 2,
    "GBP": 2,
    "JPY": 0,
    "KRW": 0,
    "LAK": 0,
    "MNT": 0,
    "THB": 2,
    "USD": 2,
    "VND": 0,
    "XOF": 0,
}
"""Decimals of each currency's minor unit as this project keeps it. ISO 4217 lists two for LAK and MNT; neither has coins."""

_AMOUNT_FIRST = re.compile(r"\s*(?P<amount>[-+]?[0-9][0-9,_]*(?:\.[0-9]+)?)\s*(?P<currency>[A-Za-z]{3})?\s*")
_CURRENCY_FIRST = re.compile(r"\s*(?P<currency>[A-Za-z]{3})\s*(?P<amount>[-+]?[0-9][0-9,_]*(?:\.[0-9]+)?)\s*")


def decimals_of(currency: str) -> int:
    """Return how many decimals the minor unit of a currency has.

    Raises
    ------
    BadInputError
        If the currency is not one of `CURRENCIES`.
    """
    try:
        return CURRENCIES[currency]
    except KeyError:
        message = f"currency {currency!r} is not known; one of {', '.join(CURRENCIES)}"
        raise BadInputError(message) from None


@dataclass(frozen=True, order=False, slots=True)
class Money:
    """An exact amount: ``minor`` integer minor units of ``currency`` (USD 12.50 is 1250; KRW 5000 is 5000)."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        decimals_of(self.currency)

    @classmethod
    def of(cls, major: Decimal | int | str, currency: str) -> "Money":
        """Make money from an amount in the major unit; more decimals than the currency has are refused."""
        try:
            scaled = Decimal(major).scaleb(decimals_of(currency))
        except InvalidOperation:
            message = f"{major!r} is not an amount; write a number such as 1500 or 12.50"
            raise BadInputError(message) from None
        if not scaled.is_finite() or scaled != scaled.to_integral_value():
            message = f"{major} {currency} has more decimals than the currency's {decimals_of(currency)}"
            raise BadInputError(message)
        return cls(int(scaled), currency)

    @property
    def major(self) -> Decimal:
        """The amount in the major unit, exact."""
        return Decimal(self.minor).scaleb(-decimals_of(self.currency))

    @property
    def plain(self) -> str:
        """The amount as a decimal string in the major unit, no separators: ``"1250.00"``, ``"5000"``."""
        return f"{self.major:f}"

    def __str__(self) -> str:
        return f"{self.major:,f} {self.currency}"


def parse_money(text: str, default_currency: str | None = None) -> Money:
    """Read ``12000USD``, ``12,000.50 usd``, ``KRW 3000000`` or, given a default currency, ``12000``.

    Raises
    ------
    BadInputError
        If it is no amount, names no known currency, is negative, or has more decimals than the currency has.
    """
    match = _AMOUNT_FIRST.fullmatch(text) or _CURRENCY_FIRST.fullmatch(text)
    if match is None:
        message = f"{text!r} is not an amount of money; write it like 12000USD"
        raise BadInputError(message)
    currency = (match["currency"] or default_currency or "").upper()
    if not currency:
        message = f"{text!r} names no currency; write it like 12000USD"
        raise BadInputError(message)
    money = Money.of(Decimal(match["amount"].replace(",", "").replace("_", "")), currency)
    if money.minor < 0:
        message = f"{text!r} is negative; an amount of 0 or more is needed"
        raise BadInputError(message)
    return money
