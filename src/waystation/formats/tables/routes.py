from waystation.engine.model import Mode, PartnerKind, PlaceKind
from waystation.formats.kinds import (
    Amount,
    Chance,
    Code,
    Codes,
    Country,
    Currency,
    DateRanges,
    Day,
    Flag,
    LevelFactors,
    LevelRefs,
    Number,
    OneOf,
    RefusalKind,
    Text,
    Weekdays,
    Whole,
)
from waystation.formats.tables.column import Column, Table

_FACTOR = Number(0, 1000, above=True, title="factor")
_WEIGHT = Number(0, 1_000_000, above=True)
_NETWORKS_CURRENCY = "the network's currency"
_WEIGHT_MEANING = "How many missions' worth of evidence stand behind"

PLACES = Table(
    file="places.csv",
    row="a place, at the level of a country or region",
    required=True,
    has_ids=True,
    notes=(
        "Write places at the level of a country or region, with whole degrees: the folder may be lost.",
        (
            "At least one place is a destination, and a path of legs leads to each destination from an origin or "
            "a group."
        ),
        (
            "The price of waiting one slot is party * stay_cost * slot_hours / 24, rounded up to the minor unit. "
            "Discovery: the level factors act on the odds of the daily chance r, and one slot has the chance 1 - "
            "(1 - r)^(slot_hours / 24)."
        ),
    ),
    columns=(
        Column("id", Code(), "Its code.", "LAO", required=True),
        Column("kind", OneOf.of(PlaceKind), "What it is on a journey.", "safe_house", required=True),
        Column("name", Text(), "What people call it.", "Laos"),
        Column("region", Text(), "The region it lies in.", "Mekong"),
        Column("country", Country(), "The country it lies in.", "LA"),
        Column("lat", Number(-90, 90), "Degrees north.", "18", unit="degrees", required=True),
        Column("lon", Number(-180, 180), "Degrees east.", "103", unit="degrees", required=True),
        Column(
            "beds",
            Whole(1),
            "People who can stay at once; a larger party cannot wait there.",
            "6",
            unit="people",
            blank="no limit",
        ),
        Column(
            "stay_cost",
            Amount(),
            "Price of waiting, per person and day.",
            "12.50",
            unit="money per person and day",
            default="0",
        ),
        Column("currency", Currency(), "The currency of the stay cost.", "USD", blank=_NETWORKS_CURRENCY),
        Column(
            "discovery",
            Chance(),
            "Chance per day of waiting that the group is discovered (harm).",
            "0.002",
            unit="per day",
            default="0",
        ),
        Column(
            "discovery_weight",
            _WEIGHT,
            f"{_WEIGHT_MEANING} the chance of discovery.",
            "20",
            unit="missions",
            default="10",
        ),
        Column(
            "discovery_when",
            LevelFactors(),
            "Factors on the odds of the daily chance of discovery.",
            "patrols.many=3",
            blank="none",
        ),
        Column("may_wait", Flag(), "Whether a group may wait there.", "yes", blank="yes, except at a crossing"),
        Column(
            "may_stop",
            Flag(),
            "Whether a journey may safely end there without having arrived.",
            "yes",
            blank="yes at an origin, a safe house and a reception, else no",
        ),
        Column("note", Text(), "Anything else; not used in planning.", "Shelter run by a host"),
    ),
)

LEGS = Table(
    file="legs.csv",
    row="a way from place to place with a partner",
    required=True,
    has_ids=True,
    notes=(
        (
            "The fee, cost_group + party * cost_person, is spent on departure and is lost whatever happens. Each "
            "amount is converted to the network's currency and rounded up; with staff going along the sum is "
            "multiplied by company_price_factor and rounded up again."
        ),
        (
            "The duration is triangular between days_low and days_high with its peak at days_likely, cut into "
            "slots, at least one; three equal numbers are a fixed duration, rounded up to whole slots. days_low "
            "<= days_likely <= days_high."
        ),
        (
            "Factors multiply odds, p / (1 - p). On interception act, in this order: the levels at departure, the"
            " partner's risk_factor, extra_person_factor for each person beyond customary_party, and "
            "company_risk_factor. On being turned back and on the extra demand only their own level factors act. "
            "After all factors, at every joint level at which the leg is open and for every group of the folder "
            "that fits, intercepted + turned_back is 1 at most."
        ),
        (
            "An extra demand is made at the hand-over. Who refuses is back where the leg began one slot later "
            "(`back`), or goes a way that takes N slots more at the leg's own risks (`longer:N`). A chance needs "
            "an amount, an amount a chance."
        ),
    ),
    columns=(
        Column("id", Code(), "Its code.", "L7", required=True),
        Column("from", Code("places.csv"), "Where it begins.", "VNM", required=True),
        Column("to", Code("places.csv"), "Where it ends; another place.", "LAO", required=True),
        Column("partner", Code("partners.csv"), "Who runs it.", "G2", blank="nobody in particular"),
        Column("mode", OneOf.of(Mode), "How it is travelled.", "foot", required=True),
        Column(
            "km",
            Number(0, 100_000),
            "Its length, for the map and the brief; it enters no chance.",
            "120",
            unit="kilometres",
            default="0",
        ),
        Column("days_low", Number(0, 1000, above=True), "Shortest duration.", "1", unit="days", required=True),
        Column("days_likely", Number(0, 1000, above=True), "Likeliest duration.", "1.5", unit="days", required=True),
        Column("days_high", Number(0, 1000, above=True), "Longest duration.", "3", unit="days", required=True),
        Column("cost_group", Amount(), "Fee for the whole group.", "300", unit="money", default="0"),
        Column(
            "cost_person",
            Amount(),
            "Fee for each person, added to the fee of the group.",
            "150",
            unit="money per person",
            default="0",
        ),
        Column("currency", Currency(), "The currency of every amount in the row.", "USD", blank=_NETWORKS_CURRENCY),
        Column(
            "intercepted",
            Chance(),
            "Chance that the group is intercepted (harm), per passage of a customary party.",
            "0.02",
            default="0",
        ),
        Column("intercepted_weight", _WEIGHT, f"{_WEIGHT_MEANING} it.", "25", unit="missions", default="10"),
        Column(
            "turned_back",
            Chance(),
            "Chance that the group is turned back to where the leg began, per passage.",
            "0.05",
            default="0",
        ),
        Column("turned_back_weight", _WEIGHT, f"{_WEIGHT_MEANING} it.", "25", unit="missions", default="10"),
        Column(
            "intercepted_when",
            LevelFactors(),
            "Factors on the odds of interception, by the levels at departure.",
            "river.high=3|patrols.many=2",
            blank="none",
        ),
        Column(
            "turned_back_when",
            LevelFactors(),
            "Factors on the odds of being turned back, by the levels at departure.",
            "river.high=2",
            blank="none",
        ),
        Column(
            "closed_when",
            LevelRefs(),
            "Levels at which the leg cannot be taken.",
            "river.flood|border.closed",
            blank="never closed",
        ),
        Column("demand", Chance(), "Chance of an extra demand at the hand-over.", "0.1", blank="no extra demand"),
        Column(
            "demand_weight",
            _WEIGHT,
            f"{_WEIGHT_MEANING} the chance of an extra demand.",
            "10",
            unit="missions",
            default="10",
        ),
        Column(
            "demand_group", Amount(), "Size of the extra demand for the whole group.", "200", unit="money", default="0"
        ),
        Column(
            "demand_person",
            Amount(),
            "Size of the extra demand for each person, added to the group's.",
            "50",
            unit="money per person",
            default="0",
        ),
        Column(
            "demand_when",
            LevelFactors(),
            "Factors on the odds of an extra demand, by the levels at departure.",
            "patrols.many=2",
            blank="none",
        ),
        Column(
            "refusal",
            RefusalKind(),
            "What refusing an extra demand means: back where the leg began one slot later, or a longer way.",
            "longer:2",
            default="back",
        ),
        Column(
            "customary_party",
            Whole(1, 1000),
            "The party size that the chance of interception is stated for.",
            "3",
            unit="people",
            blank="party size does not matter",
        ),
        Column(
            "extra_person_factor",
            Number(0, 10, above=True, title="factor"),
            "Factor on the odds of interception for each person beyond the customary party.",
            "1.2",
            default="1",
        ),
        Column("largest_party", Whole(1, 1000), "Most people the leg can carry.", "6", unit="people", blank="no limit"),
        Column("walk_hours", Number(0, 1000), "Hours on foot.", "5", unit="hours", default="0"),
        Column("climb_m", Number(0, 10_000), "Climb on foot.", "400", unit="metres", default="0"),
        Column("night", Flag(), "Whether it is walked at night.", "no", default="no"),
        Column(
            "not_for", Codes(), "Needs of travellers that rule the leg out.", "wheelchair|oxygen", blank="fit for all"
        ),
        Column(
            "dates",
            DateRanges(),
            "Days on which the leg can begin.",
            "2026-11-01..2027-03-31|2027-05-01..",
            blank="always",
        ),
        Column("weekdays", Weekdays(), "Weekdays on which the leg can begin.", "mon|thu", blank="all"),
        Column(
            "company_risk_factor",
            _FACTOR,
            "Factor on the odds of interception when staff go along; given together with the price factor.",
            "0.7",
            blank="nobody can go along",
        ),
        Column(
            "company_price_factor",
            _FACTOR,
            "Factor on the fee when a member of staff goes along.",
            "1.3",
            blank="nobody can go along",
        ),
        Column("note", Text(), "Anything else; not used in planning.", "Bus, then on foot"),
    ),
)

PARTNERS = Table(
    file="partners.csv",
    row="somebody who runs legs or houses, known by a code",
    has_ids=True,
    columns=(
        Column("id", Code(), "A code, never a name.", "G2", required=True),
        Column("kind", OneOf.of(PartnerKind), "What the partner does.", "guide", required=True),
        Column(
            "capacity_per_week",
            Whole(0, 100_000),
            "People the partner can move in a week.",
            "4",
            unit="people per week",
            blank="no known limit",
        ),
        Column(
            "risk_factor",
            _FACTOR,
            "Factor on the odds of interception of every leg the partner runs; below 1 is safer.",
            "0.8",
            default="1",
        ),
        Column(
            "retainer_month",
            Amount(),
            "Money paid each month to keep the partner ready.",
            "500",
            unit="money per month",
            blank="none",
        ),
        Column("currency", Currency(), "The currency of the retainer.", "USD", blank=_NETWORKS_CURRENCY),
        Column(
            "vetted_until",
            Day(),
            "Last day on which the partner may run a leg.",
            "2027-06-30",
            blank="no vetting is recorded",
        ),
        Column("note", Text(), "Anything else; not used in planning.", "Speaks Lao and Thai"),
    ),
)
