"""What a person may type after an option, read strictly."""

from datetime import date
from typing import Any

import click

from waystation.kernel import BadInputError, Money, parse_money


class MoneyParameter(click.ParamType[Money]):
    """An amount with its currency, ``12000USD``."""

    name = "money"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Money:
        """Read an amount."""
        if isinstance(value, Money):
            return value
        try:
            return parse_money(str(value))
        except BadInputError as error:
            self.fail(str(error), param, ctx)


class DateParameter(click.ParamType[date]):
    """A calendar day, ``2026-12-01``."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day; write it like 2026-12-01", param, ctx)


class ChanceParameter(click.ParamType[float]):
    """A chance, ``0.05`` or ``5%``."""

    name = "chance"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read a chance."""
        text = str(value).strip()
        try:
            chance = float(text.removesuffix("%")) / (100.0 if text.endswith("%") else 1.0)
        except ValueError:
            chance = -1.0
        if not 0.0 <= chance <= 1.0:
            self.fail(f"{value!r} is not a chance; write a number from 0 to 1 such as 0.05, or 5%", param, ctx)
        return chance


class WidthParameter(ChanceParameter):
    """The chance that an interval covers, ``0.9`` or ``90%``: neither nothing nor everything."""

    name = "width"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read a width."""
        width = super().convert(value, param, ctx)
        if not 0.0 < width < 1.0:
            self.fail(
                f"{value!r} is no width of an interval; write a number between 0 and 1 such as 0.9, or 90%", param, ctx
            )
        return width


MONEY = MoneyParameter()
DATE = DateParameter()
CHANCE = ChanceParameter()
WIDTH = WidthParameter()
