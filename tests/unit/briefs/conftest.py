"""A rich plan made by hand: eight places to South Korea, two conditions, branches, demands, company."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from waystation.engine.journeys.plan import (
    ActionKind,
    BudgetPoint,
    Certificate,
    Choice,
    ChoiceName,
    Decision,
    Evaluation,
    Obstacle,
    ObstacleKind,
    Plan,
    ReasonCode,
    RuledOut,
    Stage,
    WhenAsked,
)
from waystation.engine.model import (
    AgeBand,
    Belief,
    BestInterests,
    Caps,
    Chain,
    Company,
    Condition,
    Days,
    Demand,
    Group,
    Leg,
    Mobility,
    Mode,
    Network,
    Observation,
    Partner,
    PartnerKind,
    Place,
    PlaceKind,
    Rate,
    Refusal,
    Traveller,
    usual_effort_limit,
)
from waystation.kernel import Money


def usd(major: int) -> Money:
    return Money.of(major, "USD")


def _place(code: str, kind: PlaceKind, at: tuple[int, int], name: str, country: str) -> Place:
    return Place(code, kind, at[0], at[1], usd(10), name=name, country=country, may_stop=kind.usually_stops)


def _traveller(code: str, age: AgeBand, mobility: Mobility = Mobility.FULL, **more: object) -> Traveller:
    base = Traveller(code, age, usual_effort_limit(age, mobility), mobility)
    return replace(base, **more)  # type: ignore[arg-type]


def _leg(
    code: str, ends: tuple[str, str], mode: Mode, days: tuple[float, float, float], person: int, **more: object
) -> Leg:
    base = Leg(code, ends[0], ends[1], mode, Days(*days), usd(0), usd(person), partner=f"p-{code}")
    return replace(base, **more)  # type: ignore[arg-type]


def family() -> Group:
    return Group(
        "family",
        "cn-ne",
        (
            _traveller("t1", AgeBand.ELDER, Mobility.LIMITED, needs=frozenset({"medicine"})),
            _traveller("t2", AgeBand.ADULT),
            _traveller("t3", AgeBand.ADULT),
            _traveller("t4", AgeBand.CHILD, accompanied_by="t2", best_interests=BestInterests.ASSESSMENT),
            _traveller("t5", AgeBand.INFANT, accompanied_by="t2", best_interests=BestInterests.ASSESSMENT),
        ),
        asked_on=date(2026, 10, 20),
        consent_on=date(2026, 10, 25),
    )


def network_to_seoul() -> Network:
    places = (
        _place("kp", PlaceKind.ORIGIN, (40, 127), "North Korea", "KP"),
        _place("cn-ne", PlaceKind.ORIGIN, (43, 126), "Northeast China", "CN"),
        _place("cn-mid", PlaceKind.HUB, (34, 112), "Central China", "CN"),
        _place("cn-s", PlaceKind.SAFE_HOUSE, (24, 107), "South China", "CN"),
        _place("vn-n", PlaceKind.CROSSING, (21, 105), "Northern Vietnam", "VN"),
        _place("la-n", PlaceKind.SAFE_HOUSE, (19, 102), "Northern Laos", "LA"),
        _place("th-n", PlaceKind.RECEPTION, (18, 100), "Northern Thailand", "TH"),
        _place("kr", PlaceKind.DESTINATION, (37, 127), "South Korea", "KR"),
    )
    demand = Demand(Belief(0.2), usd(300), Money.of(1000, "CNY"))
    longer = Demand(Belief(0.1), usd(500), usd(0), Refusal(longer_slots=3))
    legs = (
        _leg("L1", ("cn-ne", "cn-mid"), Mode.TRAIN, (1, 2, 4), 300, km=1900),
        _leg("L2", ("cn-mid", "cn-s"), Mode.CAR, (1, 2, 3), 400, km=1300, company=Company(0.7, 1.3)),
        _leg(
            "L3",
            ("cn-s", "vn-n"),
            Mode.FOOT,
            (0.5, 1, 2),
            600,
            km=200,
            walk_hours=3,
            climb_m=200,
            night=True,
            demand=demand,
        ),
        _leg("L4", ("vn-n", "la-n"), Mode.CAR, (1, 1, 2), 300, km=400, demand=longer),
        _leg("L5", ("cn-s", "la-n"), Mode.MIXED, (2, 3, 6), 700, km=700, walk_hours=4),
        _leg("L6", ("la-n", "th-n"), Mode.BOAT, (0.5, 0.5, 1), 200, km=150, night=True),
        _leg("L7", ("th-n", "kr"), Mode.AIR, (7, 14, 30), 500, km=3500),
        _leg("L8", ("la-n", "th-n"), Mode.FOOT, (1, 2, 3), 100, km=150, walk_hours=9),
        _leg("L9", ("kp", "cn-ne"), Mode.FOOT, (0.5, 1, 2), 5000),
    )
    return Network(
        name="A family, to South Korea",
        currency="USD",
        as_of=date(2026, 11, 15),
        places=places,
        legs=legs,
        conditions=(
            Condition("river", ("low", "high", "flood"), (Chain.persistent(3, 0.9),), "Mekong"),
            Condition("patrols", ("few", "many"), (Chain.persistent(2, 0.95),), "Patrols"),
        ),
        observations=(
            Observation("river", date(2026, 11, 12), "high", "p-L6", 0.9),
            Observation("patrols", date(2026, 10, 28), "many", "p-L3"),
        ),
        partners=tuple(
            Partner(
                f"p-L{n}",
                PartnerKind.HOST if n == 7 else PartnerKind.DRIVER if n in {1, 2, 4} else PartnerKind.GUIDE,
                vetted_until=date(2027, 3, n),
            )
            for n in range(1, 9)
        ),
        groups=(family(),),
        rates=(Rate(date(2026, 11, 1), "CNY", "USD", Decimal("0.14")),),
        sources={"CB-1": "Crossing Borders, annual report 2022", "UNK-2": "통일부 북한이탈주민 통계, 2023"},
    )


def _decide(
    when: dict[str, tuple[str, ...]], days: tuple[float, float], leg: str | None, chance: float, **more: object
) -> Decision:
    base = Decision(when, days[0], days[1], ActionKind.LEG if leg else ActionKind.WAIT, chance, leg=leg)
    return replace(base, **more)  # type: ignore[arg-type]


def _stages() -> tuple[Stage, ...]:
    return (
        Stage(
            "cn-ne", 1.0, 0, 0, 0, usd(0),
            (
                _decide({"patrols": ("few",)}, (0, 6), "L1", 0.62),
                _decide({"patrols": ("many",)}, (0, 5.5), None, 0.38),
                _decide({"patrols": ("many",)}, (6, 6), "L1", 0.05),
            ), True,
        ),
        Stage("cn-mid", 0.985, 1, 3, 10, usd(1800), (_decide({}, (1, 10), "L2", 0.985, in_company=True),), True),
        Stage(
            "cn-s", 0.98, 2, 5, 13, usd(4400),
            (
                _decide({"river": ("low",)}, (2, 13), "L3", 0.7, when_asked=WhenAsked.PAY),
                _decide({"river": ("high", "flood"), "patrols": ("few",)}, (2, 13), "L5", 0.2, depends_on_money=True),
                _decide({"river": ("high", "flood"), "patrols": ("many",)}, (2, 9), None, 0.1),
                _decide({"river": ("high", "flood"), "patrols": ("many",)}, (9.5, 13), "L5", 0.03),
            ), True,
        ),
        Stage(
            "vn-n", 0.69, 3, 6, 15, usd(8000),
            (_decide({}, (3, 15), "L4", 0.69, when_asked=WhenAsked.REFUSE),), True,
        ),
        Stage(
            "la-n", 0.95, 4, 8, 20, usd(10200),
            (
                _decide({"river": ("low",)}, (4, 20), "L6", 0.6),
                _decide({"river": ("high",)}, (4, 14), None, 0.3),
                _decide({"river": ("high",)}, (14.5, 20), "L6", 0.2),
                _decide({"river": ("flood",)}, (4, 20), None, 0.1, action=ActionKind.STOP),
            ), True,
        ),
        Stage("th-n", 0.948, 5, 9, 21, usd(11500), (_decide({}, (5, 21), "L7", 0.948),), True),
        Stage("kr", 0.9432, 12, 24, 51, usd(14000), (), True),
    )  # fmt: skip


def _choices() -> tuple[Choice, ...]:
    first = Evaluation(0.9432, 0.021, 0.0358, 1104300.0, 1150200.4, 1400000, 23.7, 31.0)
    return (
        Choice(ChoiceName.SAFEST, first),
        Choice(ChoiceName.CAREFUL, replace(first, arrive=0.921, harm=0.0004, neither=0.0786)),
        Choice(ChoiceName.CHEAPEST, replace(first, arrive=0.905, cost_expected_arrived=840000.0, cost_max=1150000)),
        Choice(ChoiceName.FASTEST, replace(first, arrive=0.91, days_expected=19.2, days_p90=25.5)),
    )


def rich_plan() -> Plan:
    return Plan(
        group="family",
        network="A family, to South Korea",
        as_of=date(2026, 11, 15),
        start=date(2026, 11, 18),
        caps=Caps(usd(15000), 60, 0.05),
        currency="USD",
        budget_curve=tuple(
            BudgetPoint(usd(budget), arrive)
            for budget, arrive in (
                (9000, 0.0),
                (10500, 0.31),
                (11000, 0.66),
                (12000, 0.83),
                (13000, 0.93),
                (15000, 0.9432),
            )
        ),
        choices=_choices(),
        chosen=ChoiceName.SAFEST,
        stages=_stages(),
        ruled_out=(
            RuledOut("L8", ReasonCode.WALKING, "9", "4"),
            RuledOut("L9", ReasonCode.UNREACHABLE),
            RuledOut("la-n", ReasonCode.BEDS, "5", "4"),
        ),
        certificate=Certificate(2.2e-16, "forward pass"),
        money_step=3750,
        start_levels={"river": {"low": 0.2, "high": 0.7, "flood": 0.1}, "patrols": {"few": 0.42, "many": 0.58}},
        observed_on={"river": date(2026, 11, 12), "patrols": date(2026, 10, 28)},
    )


def blocked_plan() -> Plan:
    return replace(
        rich_plan(),
        choices=(),
        chosen=None,
        stages=(),
        caps=Caps(usd(9000), 60, None),
        obstacle=Obstacle(ObstacleKind.BUDGET, smallest_budget=usd(10137)),
    )


@pytest.fixture
def network() -> Network:
    return network_to_seoul()


@pytest.fixture
def group() -> Group:
    return family()


@pytest.fixture
def plan() -> Plan:
    return rich_plan()


@pytest.fixture
def blocked() -> Plan:
    return blocked_plan()
