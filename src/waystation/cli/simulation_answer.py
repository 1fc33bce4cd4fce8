"""Simulations on the terminal: plain text in a pipe."""

import math

from waystation.briefs import figures
from waystation.briefs.language import Language, text
from waystation.cli import screen
from waystation.engine.simulation.hindcast import Hindcast, YearForecast
from waystation.engine.simulation.journey import Replayed
from waystation.engine.simulation.measures import MEASURES, Measure, Scale
from waystation.engine.simulation.prepare import Prepared
from waystation.engine.simulation.study import Arm, Paired, Study
from waystation.kernel import Money, decimals_of

MEASURE_NAMES = {
    "asked": "simulate.asked",
    "left": "simulate.left",
    "arrived": "simulate.arrived",
    "arrived_emergency": "simulate.arrived_emergency",
    "arrived_urgent": "simulate.arrived_urgent",
    "harmed": "simulate.harmed",
    "called_off": "simulate.called_off",
    "turned_back": "simulate.turned_back",
    "split": "simulate.split",
    "lost_waiting": "simulate.lost_waiting",
    "waiting": "simulate.waiting",
    "waited": "simulate.waited",
    "spent": "simulate.spent",
    "money_left": "simulate.money_left",
    "lapsed": "simulate.lapsed",
    "short_weeks": "simulate.short_weeks",
    "compromises": "simulate.compromises",
    "reached": "simulate.reached",
    "largest_reached": "simulate.largest_reached",
    "revealed": "simulate.revealed",
    "refused_full": "simulate.refused_full",
}
"""The key of each measure's name in the catalogue."""
END_NAMES = {
    "arrived": "simulate.end.arrived",
    "intercepted": "simulate.end.intercepted",
    "discovered": "simulate.end.discovered",
    "called_off": "simulate.end.called_off",
    "unfinished": "simulate.end.unfinished",
}
RULE_NAMES = {
    "first_come": "simulate.rule.first_come",
    "most_urgent": "simulate.rule.most_urgent",
    "portfolio": "simulate.rule.portfolio",
}
_SURE = 4.0


def print_replayed(found: Replayed, language: Language) -> None:
    """Print how replayed journeys ended, beside the exact plan."""
    out, exact = screen.console(), found.exact
    journeys = f"{found.journeys:,}"
    screen.say(out, text(language, "simulate.replayed", journeys=journeys), style="bold")
    table = screen.table(*(text(language, key) for key in ("simulate.ending", "simulate.journeys", "simulate.share")))
    for name, count in found.counts.items():
        share = figures.percent(language, count / found.journeys)
        table.add_row(text(language, END_NAMES[name]), f"{count:,}", share)
    screen.show(out, table)
    screen.heading(out, text(language, "simulate.exact.heading"))
    table = screen.table(*(text(language, key) for key in _EXACT_COLUMNS))
    arrived = found.counts["arrived"] / found.journeys
    harmed = (found.counts["intercepted"] + found.counts["discovered"]) / found.journeys
    for key, simulated, exactly, z in (
        ("simulate.end.arrived", arrived, exact.arrive, found.z["arrive"]),
        ("simulate.harmed", harmed, exact.harm, found.z["harm"]),
    ):
        table.add_row(text(language, key), f"{simulated:.4f}", f"{exactly:.4f}", _z(z))
    costs = (figures.mean_money(language, each, found.currency) for each in (found.cost, exact.cost_expected))
    table.add_row(text(language, "simulate.cost"), *costs, _z(found.z["cost"]))
    screen.show(out, table)
    agrees = all(abs(z) < _SURE for z in found.z.values())
    screen.say(out, text(language, "simulate.agrees" if agrees else "simulate.differs"))
    low, middle, high = (figures.money(language, Money(each, found.currency)) for each in found.spent)
    screen.item(out, text(language, "simulate.spent.range", low=low, middle=middle, high=high))
    if not math.isnan(found.days[0]):
        few, half, most = (figures.counted(language, "days", each) for each in found.days)
        screen.item(out, text(language, "simulate.days.range", low=few, middle=half, high=most))
    screen.item(out, text(language, "simulate.turned.mean", number=f"{found.turned_back:.2f}"))


_EXACT_COLUMNS = ("simulate.measure", "simulate.simulated", "simulate.exactly", "simulate.errors")


def _z(z: float) -> str:
    return f"{z:+.1f}"


def print_study(found: Study, first: Prepared, language: Language) -> None:
    """Print the first arm's measures, then each other arm beside it with paired differences."""
    out = screen.console()
    numbers = {"runs": f"{found.runs:,}", "years": str(found.years)}
    screen.say(out, text(language, "simulate.study", **numbers), style="bold")
    screen.note(out, text(language, "simulate.study.note"))
    for arm in found.arms:
        rule = text(language, RULE_NAMES[arm.rule]) if arm.rule in RULE_NAMES else arm.rule
        screen.heading(out, text(language, "simulate.arm", scenario=arm.scenario, rule=rule))
        _arm(arm, first.currency, language)
    screen.heading(out, text(language, "simulate.assumed"))
    kinds = text(language, "list.comma").join(f"{group.id} ({group.size})" for group in first.groups)
    screen.item(out, text(language, "simulate.kinds", kinds=kinds))
    if first.left_out:
        groups = text(language, "list.comma").join(first.left_out)
        screen.item(out, text(language, "simulate.left_out", groups=groups))
    screen.item(out, _money(first, language))
    screen.item(out, text(language, "simulate.limits"))


def _money(first: Prepared, language: Language) -> str:
    """Return where the first arm's money comes from."""
    income = figures.money(language, Money.of(round(first.organisation.income_per_year), first.currency))
    if first.budget_until is not None:
        until = figures.calendar(language, first.budget_until, year=True)
        return text(language, "simulate.money.budget", until=until, income=income)
    opening = figures.money(language, Money(first.world.opening, first.currency))
    return text(language, "simulate.money.assumed", opening=opening, income=income)


def _arm(arm: Arm, currency: str, language: Language) -> None:
    out = screen.console()
    heads = ["simulate.measure", "simulate.mean", "simulate.low", "simulate.high"]
    heads += ["simulate.difference"] if arm.differences else []
    table = screen.table(*(text(language, key) for key in heads))
    for measure in MEASURES:
        spread = arm.measures[measure.name]
        cells = [_value(each, measure, currency) for each in (spread.mean, spread.low, spread.high)]
        if arm.differences:
            cells.append(_difference(arm.differences[measure.name], measure, currency))
        table.add_row(text(language, MEASURE_NAMES[measure.name]), *cells)
    screen.show(out, table)
    years = text(language, "list.comma").join(f"{year.mean:.1f}" for year in arm.by_year)
    screen.note(out, text(language, "simulate.by_year", years=years))


def _value(value: float, measure: Measure, currency: str) -> str:
    if measure.scale is Scale.MONEY:
        return f"{_major(value, currency):,.0f} {currency}"
    return f"{value:,.1f}"


def _major(minor: float, currency: str) -> float:
    return minor / float(10 ** decimals_of(currency))


def _difference(paired: Paired, measure: Measure, currency: str) -> str:
    mean, low, high, digits = paired.mean, paired.low, paired.high, 1
    if measure.scale is Scale.MONEY:
        mean, low, high, digits = _major(mean, currency), _major(low, currency), _major(high, currency), 0
    return f"{mean:+,.{digits}f} ({low:+,.{digits}f} … {high:+,.{digits}f})"


def print_hindcast(found: Hindcast, language: Language) -> None:
    """Print every year: what came, what was foreseen, what "the same as last year" says; gains and losses."""
    out = screen.console()
    screen.say(
        out, text(language, "simulate.hindcast", first=str(found.years[0].year), last=str(found.years[-1].year)), "bold"
    )
    screen.note(out, text(language, "simulate.hindcast.note"))
    table = screen.table(*(text(language, key) for key in _HINDCAST_COLUMNS))
    table.columns[-1].justify = "left"
    for year in found.years:
        table.add_row(*_year(year, language))
    screen.show(out, table)
    errors = {which: f"{found.mean_error(which):,.0f}" for which in ("forecast", "last_year", "told")}
    factors = {which: f"{found.mean_factor(which):.2f}" for which in ("forecast", "last_year", "told")}
    counts = {"won": str(found.won), "lost": str(found.lost), "years": str(len(found.years))}
    screen.item(out, text(language, "simulate.hindcast.counts", **counts))
    screen.item(out, text(language, "simulate.hindcast.error", **errors))
    screen.item(out, text(language, "simulate.hindcast.factor", **factors))
    covered = sum(year.covered for year in found.years)
    screen.item(out, text(language, "simulate.hindcast.covered", covered=str(covered), years=counts["years"]))
    screen.item(out, text(language, "simulate.hindcast.told"))


_HINDCAST_COLUMNS = (
    "simulate.year",
    "simulate.actual",
    "simulate.last_year",
    "simulate.foreseen",
    "simulate.range",
    "simulate.gain",
    "simulate.told",
    "simulate.shock",
)


def _year(year: YearForecast, language: Language) -> tuple[str, ...]:
    return (
        str(year.year),
        f"{year.actual:,}",
        f"{year.last_year:,}",
        f"{year.forecast:,.0f}",
        text(language, "range.short", first=f"{year.low:,.0f}", last=f"{year.high:,.0f}"),
        f"{year.gain:+,.0f}",
        "" if year.told is None else f"{year.told:,.0f}",
        year.shock,
    )
