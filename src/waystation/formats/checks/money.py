from collections.abc import Iterator

from waystation.engine.model import MissingRateError, Rate, convert
from waystation.formats.faults import Fault
from waystation.formats.kinds import Amount
from waystation.formats.rows import FolderTables, Row
from waystation.kernel import BadInputError, Money, decimals_of

_RATE = ("date", "base", "quote", "rate")


def money_faults(tables: FolderTables) -> Iterator[Fault]:
    """Complain of amounts finer than their currency, and of currencies without a rate to the network's."""
    for sheet in tables:
        amounts = [column.name for column in sheet.table.columns if isinstance(column.kind, Amount)]
        for row in sheet.rows if amounts else ():
            yield from _too_fine(row, amounts, _currency(row, tables.settings["currency"]))
            yield from _without_rate(row, tables)


def _currency(row: Row, networks: str | None) -> str | None:
    return networks if row.is_blank("currency") else row["currency"]


def _too_fine(row: Row, amounts: list[str], currency: str | None) -> Iterator[Fault]:
    if currency is None:
        return
    for name in amounts:
        try:
            if row.has(name):
                Money.of(row[name], currency)
        except BadInputError:
            decimals = decimals_of(currency)
            what = f"{name} {row[name]:f} has more decimals than {currency} has"
            yield row.fault(name, what, f"give at most {decimals} decimals" if decimals else "give a whole number")


def _without_rate(row: Row, tables: FolderTables) -> Iterator[Fault]:
    network, as_of = tables.settings["currency"], tables.settings["as_of"]
    if not row.has("currency") or network is None or as_of is None or _unreadable_rate(row["currency"], tables):
        return
    try:
        convert(Money(0, row["currency"]), network, _rates(tables), as_of)
    except MissingRateError:
        what = f"no rate from {row['currency']} to {network} on or before {as_of}"
        yield row.fault("currency", what, f"add a row to rates.csv with base {row['currency']} and quote {network}")


def _unreadable_rate(currency: str, tables: FolderTables) -> bool:
    """Tell whether a rate of the currency may be there and could not be read: then it is not missing."""
    unreadable = [row for row in tables.rows("rates.csv") if not all(row.has(name) for name in _RATE)]
    named = {row[name] for row in unreadable for name in ("base", "quote")}
    return not tables["rates.csv"].whole or not named.isdisjoint({currency, None})


def _rates(tables: FolderTables) -> Iterator[Rate]:
    for row in tables.rows("rates.csv"):
        if all(row.has(name) for name in _RATE):
            yield Rate(row["date"], row["base"], row["quote"], row["rate"])


def rate_faults(tables: FolderTables) -> Iterator[Fault]:
    """Complain of rates of a currency to itself, and of two rates of the same currencies for one day."""
    first: dict[tuple[object, ...], int] = {}
    for row in tables.rows("rates.csv"):
        if row.has("base") and row["base"] == row["quote"]:
            yield row.fault("quote", f"a rate from {row['base']} to itself", "give another currency")
        if not all(row.has(name) for name in ("date", "base", "quote")):
            continue
        line = first.setdefault((row["date"], row["base"], row["quote"]), row.cells["date"].line)
        if line != row.cells["date"].line:
            what = f"the rate of {row['base']} in {row['quote']} on {row['date']} stands in line {line} already"
            yield row.fault("date", what, "keep one of them")
