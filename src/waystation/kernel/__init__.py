"""Ids, money and the roots of the error tree: what every room may use."""

from waystation.kernel.errors import BadInputError, BrokenPromiseError, RuleRefusedError, WaystationError
from waystation.kernel.ids import closest, is_code
from waystation.kernel.money import CURRENCIES, Money, decimals_of, parse_money

__all__ = [
    "CURRENCIES",
    "BadInputError",
    "BrokenPromiseError",
    "Money",
    "RuleRefusedError",
    "WaystationError",
    "closest",
    "decimals_of",
    "is_code",
    "parse_money",
]
