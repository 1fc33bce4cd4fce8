from waystation.formats.kinds import Chance, Currency, Day, Number, OneOf, Text, Whole
from waystation.formats.tables.column import Column, Table

SETTINGS = Table(
    file="network.toml",
    row="a key of the network",
    required=True,
    notes=(
        (
            'The table `[sources]` says where each source was published: `ID = "title, publisher, date, '
            'address"`. The rows of sources.csv point to these ids. An id is 1 to 64 characters without blanks; '
            "`assumed` is taken."
        ),
        (
            "Slot 0 begins on the day of the start; slot t begins floor(t * slot_hours / 24) days later, and the "
            "month of that day says which row of a condition leads from slot t to slot t + 1."
        ),
        "Numbers in network.toml itself always have a decimal point, as TOML asks. Free keys begin with `x_`.",
    ),
    columns=(
        Column("name", Text(), "What people call the network.", '"Mekong routes"', required=True),
        Column(
            "slot_hours",
            Whole(choices=(1, 2, 3, 4, 6, 8, 12, 24)),
            "Length of a slot, the grain of time in which journeys are planned.",
            "12",
            unit="hours",
            default="12",
        ),
        Column(
            "horizon_days",
            Whole(1, 1000),
            "Days within which a journey must have arrived when no deadline is given.",
            "60",
            unit="days",
            default="60",
        ),
        Column(
            "currency",
            Currency(),
            "The currency plans are made in; every other price is converted to it by a dated row of rates.csv.",
            '"USD"',
            required=True,
        ),
        Column(
            "most_exposed",
            Whole(1, 1_000_000),
            "People who may depend on one partner or one house in one week, over all groups that are chosen.",
            "12",
            unit="people",
            blank="no limit",
        ),
        Column(
            "most_harm",
            Number(0, 1_000_000),
            "People who may be expected to come to harm at most, over all groups that are chosen.",
            "1.5",
            unit="people",
            blank="no limit",
        ),
        Column(
            "as_of",
            Day(),
            "The day on which the folder was true; nothing in it was seen later.",
            "2026-11-20",
            required=True,
        ),
        Column(
            "decimal",
            OneOf((".", ","), title="sign"),
            "The decimal sign of the numbers in the CSV files.",
            '"."',
            default=".",
        ),
        Column(
            "judgement_cap",
            Number(0, 1000),
            "The most missions' worth that judgement may count for, of one chance of one leg.",
            "20",
            unit="missions",
            default="20",
        ),
        Column(
            "near_miss_ratio",
            Number(0, 1000, above=True),
            "How many near misses there are for one interception.",
            "30",
            default="30",
        ),
        Column(
            "near_miss_strength",
            Chance(),
            "What part of an interception's information one near miss carries; 0 leaves near misses out.",
            "0.1",
            default="0.1",
        ),
        Column(
            "near_miss_cap",
            Number(0, 100_000),
            "The most missions' worth that near misses may add to one leg or partner.",
            "20",
            unit="missions",
            default="20",
        ),
    ),
)
