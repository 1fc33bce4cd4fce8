from collections.abc import Iterator
from datetime import date

from waystation.engine.model import MissingRateError, Rate, convert
from waystation.formats.faults import Fault
from waystation.formats.kinds import Amount
from waystation.formats.rows import FolderTables, Row
from waystation.kernel import CURRENCIES, BadInputError, Money, decimals_of


def money_faults(tables: FolderTables) -> Iterator[Fault]:
    """Complain of amounts finer than their currency, and of currencies without a rate to the network's."""
    without_rate = _currencies_without_rate(tables)
    for sheet in tables:
        amounts = [column.name for column in sheet.table.columns if isinstance(column.kind, Amount)]
        for row in sheet.rows if amounts else ():
            yield from _too_fine(row, amounts, _currency(row, tables.settings["currency"]))
            if row.has("currency") and row["currency"] in without_rate:
                network, as_of = tables.settings["currency"], tables.settings["as_of"]
                what = f"no rate from {row['currency']} to {network} on or before {as_of}"
                right = f"add a row to rates.csv with base {row['currency']} and quote {network}"
                yield row.fault("currency", what, right)


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


def _currencies_without_rate(tables: FolderTables) -> frozenset[str]:
    """Return the currencies that cannot be converted; those whose rate may be there but could not be read are left out."""
    network, as_of = tables.settings["currency"], tables.settings["as_of"]
    if network is None or as_of is None or not tables["rates.csv"].whole:
        return frozenset()
    rows = tables.rows("rates.csv")
    unreadable = {row[name] for row in rows if not _is_rate(row) for name in ("base", "quote")}
    rates = [Rate(row["date"], row["base"], row["quote"], row["rate"]) for row in rows if _is_rate(row)]
    doubtful = set(CURRENCIES) if None in unreadable else unreadable
    return frozenset(name for name in CURRENCIES if name not in doubtful and not _converts(name, network, rates, as_of))


def _is_rate(row: Row) -> bool:
    return all(row.has(name) for name in ("date", "base", "quote", "rate"))


def _converts(currency: str, network: str, rates: list[Rate], as_of: date) -> bool:
    try:
        convert(Money(0, currency), network, rates, as_of)
    except MissingRateError:
        return False
    return True


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
