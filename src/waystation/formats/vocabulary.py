"""The engine's vocabulary made from typed rows that have no fault."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from waystation.engine.model import (
    Belief,
    Chain,
    Company,
    Condition,
    Days,
    Demand,
    EffortLimit,
    Fund,
    Group,
    Leg,
    LevelFactor,
    LevelRef,
    Network,
    Observation,
    Outcome,
    Partner,
    Place,
    Rate,
    Traveller,
    usual_effort_limit,
)
from waystation.formats.rows import FolderTables, Row
from waystation.kernel import Money


def network_of(tables: FolderTables) -> Network:
    """Make the network of a folder that was checked and has no fault."""
    settings = tables.settings
    currency: str = settings["currency"]
    return Network(
        name=settings["name"],
        currency=currency,
        as_of=settings["as_of"],
        places=tuple(_place(row, currency) for row in tables.rows("places.csv")),
        legs=tuple(_leg(row, currency) for row in tables.rows("legs.csv")),
        slot_hours=settings["slot_hours"],
        horizon_days=settings["horizon_days"],
        conditions=_conditions(tables.rows("conditions.csv")),
        observations=tuple(_observation(row) for row in tables.rows("observations.csv")),
        partners=tuple(_partner(row, currency) for row in tables.rows("partners.csv")),
        groups=_groups(tables),
        rates=tuple(Rate(row["date"], row["base"], row["quote"], row["rate"]) for row in tables.rows("rates.csv")),
        outcomes=tuple(_outcome(row) for row in tables.rows("outcomes.csv")),
        funds=tuple(_fund(row, currency) for row in tables.rows("budget.csv")),
        most_exposed=settings["most_exposed"],
        most_harm=None if settings["most_harm"] is None else float(settings["most_harm"]),
        sources={key: cell.text for key, cell in settings.sources.items()},
    )


def _money(row: Row, column: str, currency: str) -> Money:
    return Money.of(row[column], row["currency"] or currency)


def _belief(row: Row, column: str) -> Belief:
    return Belief(float(row[column]), float(row[f"{column}_weight"]))


def _factors(pairs: tuple[tuple[LevelRef, Decimal], ...] | None) -> tuple[LevelFactor, ...]:
    return tuple(LevelFactor(ref, float(factor)) for ref, factor in pairs or ())


def _given(value: bool | None, usual: bool) -> bool:
    return usual if value is None else value


def _place(row: Row, currency: str) -> Place:
    kind = row["kind"]
    return Place(
        id=row["id"],
        kind=kind,
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        stay_cost=_money(row, "stay_cost", currency),
        name=row["name"] or "",
        region=row["region"] or "",
        country=row["country"] or "",
        beds=row["beds"],
        discovery=_belief(row, "discovery"),
        discovery_factors=_factors(row["discovery_when"]),
        may_wait=_given(row["may_wait"], kind.usually_waits),
        may_stop=_given(row["may_stop"], kind.usually_stops),
        note=row["note"] or "",
    )


def _leg(row: Row, currency: str) -> Leg:
    return Leg(
        id=row["id"],
        origin=row["from"],
        target=row["to"],
        mode=row["mode"],
        days=Days(float(row["days_low"]), float(row["days_likely"]), float(row["days_high"])),
        cost_group=_money(row, "cost_group", currency),
        cost_person=_money(row, "cost_person", currency),
        partner=row["partner"],
        km=float(row["km"]),
        intercepted=_belief(row, "intercepted"),
        turned_back=_belief(row, "turned_back"),
        intercepted_factors=_factors(row["intercepted_when"]),
        turned_back_factors=_factors(row["turned_back_when"]),
        closed_at=frozenset(row["closed_when"] or ()),
        demand=_demand(row, currency),
        customary_party=row["customary_party"],
        extra_person_factor=float(row["extra_person_factor"]),
        largest_party=row["largest_party"],
        walk_hours=float(row["walk_hours"]),
        climb_m=float(row["climb_m"]),
        night=row["night"],
        not_for=frozenset(row["not_for"] or ()),
        runs_on=row["dates"] or (),
        weekdays=frozenset(row["weekdays"] or ()),
        company=_company(row),
        note=row["note"] or "",
    )


def _demand(row: Row, currency: str) -> Demand | None:
    if row["demand"] is None:
        return None
    return Demand(
        chance=_belief(row, "demand"),
        group=_money(row, "demand_group", currency),
        person=_money(row, "demand_person", currency),
        refusal=row["refusal"],
        factors=_factors(row["demand_when"]),
    )


def _company(row: Row) -> Company | None:
    if row["company_risk_factor"] is None:
        return None
    return Company(float(row["company_risk_factor"]), float(row["company_price_factor"]))


def _conditions(rows: tuple[Row, ...]) -> tuple[Condition, ...]:
    by_id: dict[str, list[Row]] = {}
    for row in rows:
        by_id.setdefault(row["id"], []).append(row)
    return tuple(
        Condition(
            id=condition,
            levels=same[0]["levels"],
            chains=tuple(chain_of(row) for row in same),
            name=next((row["name"] for row in same if row["name"]), ""),
        )
        for condition, same in by_id.items()
    )


def chain_of(row: Row) -> Chain:
    """Return the daily chain of one row of conditions.csv; rows that sum to 1 within 1e-9 are made to sum to 1."""
    months = frozenset(row["months"] or ())
    if row["persistence"] is not None:
        return Chain.persistent(len(row["levels"]), float(row["persistence"]), months)
    return Chain(
        tuple(tuple(float(chance / sum(chances)) for chance in chances) for chances in row["transitions"]), months
    )


def _observation(row: Row) -> Observation:
    return Observation(row["condition"], row["date"], row["level"], row["source"] or "", float(row["confidence"]))


def _partner(row: Row, currency: str) -> Partner:
    return Partner(
        id=row["id"],
        kind=row["kind"],
        risk_factor=float(row["risk_factor"]),
        capacity_per_week=row["capacity_per_week"],
        retainer_month=_money(row, "retainer_month", currency) if row["retainer_month"] is not None else None,
        vetted_until=row["vetted_until"],
        note=row["note"] or "",
    )


def _groups(tables: FolderTables) -> tuple[Group, ...]:
    members: dict[str, list[Traveller]] = {}
    for row in tables.rows("travellers.csv"):
        members.setdefault(row["group"], []).append(_traveller(row))
    return tuple(
        Group(
            id=row["id"],
            place=row["place"],
            travellers=tuple(members[row["id"]]),
            urgency=row["urgency"],
            asked_on=row["asked_on"],
            consent_on=row["consent_on"],
            deadline=row["deadline"],
            promised_on=row["promised_on"],
            together=row["together"],
            apart=row["apart"],
            purposes=frozenset(row["purposes"] or ()),
            note=row["note"] or "",
        )
        for row in tables.rows("groups.csv")
    )


def _traveller(row: Row) -> Traveller:
    usual = usual_effort_limit(row["age_band"], row["mobility"])
    given: Mapping[str, Any] = {name: row[name] for name in ("max_walk_hours", "max_climb_m", "night")}
    limit = EffortLimit(
        walk_hours=usual.walk_hours if given["max_walk_hours"] is None else float(given["max_walk_hours"]),
        climb_m=usual.climb_m if given["max_climb_m"] is None else float(given["max_climb_m"]),
        night=_given(given["night"], usual.night),
    )
    return Traveller(
        id=row["id"],
        age=row["age_band"],
        limit=limit,
        mobility=row["mobility"],
        needs=frozenset(row["needs"] or ()),
        accompanied_by=row["accompanied_by"],
        best_interests=row["best_interests"],
    )


def _outcome(row: Row) -> Outcome:
    return Outcome(
        leg=row["leg"],
        on=row["date"],
        party_size=row["party_size"],
        kind=row["outcome"],
        regime=row["regime"] or "",
        partner=row["partner"],
        levels=frozenset(row["levels"] or ()),
        days=None if row["days"] is None else float(row["days"]),
        count=row["count"],
    )


def _fund(row: Row, currency: str) -> Fund:
    return Fund(
        row["fund"],
        row["period"],
        _money(row, "amount", currency),
        row["restriction"] or "",
        frozenset(row["only_for"] or ()),
    )
