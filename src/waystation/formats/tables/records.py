from waystation.formats.kinds import (
    Amount,
    Chance,
    Code,
    Codes,
    Currency,
    Day,
    Levels,
    Matrix,
    Months,
    Number,
    Period,
    SourceId,
    Text,
)
from waystation.formats.tables.column import Column, Table

CONDITIONS = Table(
    file="conditions.csv",
    row="something outside that changes by itself, or one season of it",
    has_ids=True,
    ids_repeat=True,
    notes=(
        (
            "The rows of one condition have the same levels and share the months out: no month in two rows, none "
            "left over. At most one of them leaves months blank and holds in all months that no other row names."
        ),
        (
            "With persistence s a level stays with chance s a day; the rest goes to the neighbouring levels in "
            "equal parts (an end level has one neighbour, which gets it all). One slot stays with chance "
            "s^(slot_hours / 24). A matrix of transitions is replaced by its principal root for slots shorter "
            "than a day; a matrix without a valid root is a fault."
        ),
        (
            "All conditions move by themselves, whatever a group does, and their levels are known when a decision"
            " is taken."
        ),
    ),
    columns=(
        Column(
            "id",
            Code(),
            "Its code; the rows of one condition share it and differ in their months.",
            "river",
            required=True,
        ),
        Column("name", Text(), "What people call it.", "The river at the border"),
        Column("levels", Levels(), "Its levels in order.", "low|high|flood", required=True),
        Column(
            "persistence",
            Chance(),
            "Chance of the same level a day later; the rest goes to the neighbouring levels in equal parts. "
            "Either this or transitions.",
            "0.9",
            unit="per day",
            blank="transitions are given",
        ),
        Column(
            "transitions",
            Matrix(),
            "Chances of going from each level (a row) to each level (a number) in one day. Either this or persistence.",
            "0.8 0.15 0.05|0.1 0.8 0.1|0.05 0.15 0.8",
            unit="per day",
            blank="persistence is given",
        ),
        Column(
            "months",
            Months(),
            "Months in which the row holds.",
            "6|7|8",
            blank="all months that no other row of the condition names",
        ),
        Column("note", Text(), "Anything else; not used in planning.", "Rain from June"),
    ),
)

OBSERVATIONS = Table(
    file="observations.csv",
    row="what was seen of a condition on a day",
    notes=(
        (
            "Plans carry the last observation of each condition forward by its chain. A condition without one "
            "starts from its long-run share of each level in the month of the start."
        ),
    ),
    columns=(
        Column("condition", Code("conditions.csv"), "The condition.", "river", required=True),
        Column("date", Day(), "The day it was seen; not after as_of.", "2026-11-18", required=True, past=True),
        Column("level", Code(), "The level seen, one of the condition's.", "high", required=True),
        Column("source", Text(), "Who or what reported it, as a code or a publication.", "G2"),
        Column(
            "confidence",
            Chance(above_zero=True),
            "Chance that the level was as reported; the rest is spread evenly over the other levels.",
            "0.9",
            default="1",
        ),
    ),
)

BUDGET = Table(
    file="budget.csv",
    row="money of a fund in a period",
    columns=(
        Column("fund", Code(), "The fund's code.", "GENERAL", required=True),
        Column("period", Period(), "The year, quarter or month in which it may be spent.", "2027-Q1", required=True),
        Column("amount", Amount(), "The sum.", "12000", unit="money", required=True),
        Column("currency", Currency(), "The currency of the sum.", "USD", blank="the network's currency"),
        Column("restriction", Text(), "What the donor allows it to be used for.", "families", blank="unrestricted"),
        Column(
            "only_for",
            Codes(),
            "The same as codes: groups with one of these purposes. With a restriction in words alone the choice uses it for "
            "nobody.",
            "children",
            blank="everybody, unless there is a restriction",
        ),
        Column("note", Text(), "Anything else; not used in planning.", "Pledged"),
    ),
)

RATES = Table(
    file="rates.csv",
    row="the rate of two currencies on a day",
    notes=(
        (
            "Nothing is converted without a rate: every currency used in the folder, other than the network's, "
            "has a row with both currencies dated on or before as_of. The newest such row counts, in either "
            "direction; no chain of rates is followed. Converted prices are rounded up to the minor unit."
        ),
    ),
    columns=(
        Column("date", Day(), "The day of the rate.", "2026-11-01", required=True),
        Column("base", Currency(), "The currency of which one unit is priced.", "USD", required=True),
        Column("quote", Currency(), "The currency it is priced in; another one.", "THB", required=True),
        Column(
            "rate",
            Number(0, 1_000_000_000, above=True),
            "Units of quote for one unit of base, in major units.",
            "33.5",
            required=True,
        ),
    ),
)

SOURCES = Table(
    file="sources.csv",
    row="where one value of the folder comes from",
    notes=("One value may have several rows. An assumption needs its reason.",),
    columns=(
        Column("file", Text(), "The file the value stands in.", "legs.csv", required=True),
        Column(
            "row",
            Text(),
            "The id of its row; in files without ids the data row's number, counted from 1; in network.toml the key.",
            "L7",
            required=True,
        ),
        Column("column", Text(), "Its column.", "intercepted", blank="only for network.toml, where row is the key"),
        Column("source", SourceId(), "Where it was published, or that it was assumed.", "assumed", required=True),
        Column("note", Text(), "For assumed: the reason, required.", "As on the neighbouring legs"),
    ),
)
