from waystation.engine.model import AgeBand, BestInterests, Mobility, Urgency
from waystation.formats.kinds import AgeBands, Code, Codes, Day, Flag, Number, OneOf, Text
from waystation.formats.tables.column import Column, Table

_USUAL = "the usual limit of the age and mobility"

GROUPS = Table(
    file="groups.csv",
    row="people who ask to travel together",
    has_ids=True,
    notes=(
        "Each group has at least one traveller, and a path of legs from its place to a destination.",
        "No mission starts without consent.",
        (
            "Urgency, deadline, promise and size are all that a choice among groups looks at; who the people are, where they "
            "come from and what they believe has no column."
        ),
    ),
    columns=(
        Column("id", Code(), "A code, never a name.", "F1", required=True),
        Column("place", Code("places.csv"), "Where they are.", "CHN", required=True),
        Column(
            "urgency",
            OneOf.of(Urgency),
            "How soon help is needed, as declared by a person.",
            "urgent",
            default="normal",
        ),
        Column(
            "asked_on", Day(), "The day they asked; not after as_of.", "2026-10-02", blank="not recorded", past=True
        ),
        Column(
            "consent_on",
            Day(),
            "The day they agreed to be planned for; not after as_of.",
            "2026-10-05",
            blank="not asked yet",
            past=True,
        ),
        Column(
            "deadline", Day(), "The day by which they must have arrived.", "2027-01-15", blank="the network's horizon"
        ),
        Column(
            "promised_on",
            Day(),
            "The day they were promised a journey; not after as_of. They come before all who were not.",
            "2026-10-20",
            blank="not promised",
            past=True,
        ),
        Column("together", Code(), "Groups with the same code go in the same week or not at all.", "T1", blank="alone"),
        Column(
            "apart", Code(), "Groups with the same code are never under way in the same week.", "A1", blank="no matter"
        ),
        Column(
            "purposes",
            Codes(),
            "Purposes of donors that the group is an example of, compared with only_for of budget.csv; `children` "
            "need not be written.",
            "medical",
            blank="`children` where somebody is under 18 or of disputed age, else none",
        ),
        Column("note", Text(), "Anything else; not used in planning.", "Asked by a relative"),
    ),
)

TRAVELLERS = Table(
    file="travellers.csv",
    row="a person of a group, known by a code only",
    has_ids=True,
    notes=(
        (
            "A group can take a leg that every one of its travellers can take. No name, date of birth or paper "
            "number belongs here."
        ),
        "Spreadsheets like to turn the bands 5-11 and 12-17 into dates: give the column the format text.",
    ),
    columns=(
        Column("id", Code(), "A code, never a name.", "F1a", required=True),
        Column("group", Code("groups.csv"), "The group the person travels with.", "F1", required=True),
        Column("age_band", AgeBands(tuple(AgeBand)), "Age, no more exactly than planning needs.", "75+", required=True),
        Column("mobility", OneOf.of(Mobility), "How well the person moves on foot.", "limited", default="full"),
        Column("needs", Codes(), "What a leg may be unfit for, compared with its not_for.", "wheelchair", blank="none"),
        Column(
            "accompanied_by",
            Code("travellers.csv"),
            "Who looks after this person: an adult of the same group.",
            "F1b",
            blank="alone",
        ),
        Column(
            "best_interests",
            OneOf.of(BestInterests),
            "Which best interests procedure stands approved for a child (or a person of disputed age).",
            "assessment",
            default="none",
        ),
        Column("max_walk_hours", Number(0, 1000), "Most hours on foot in one leg.", "4", unit="hours", blank=_USUAL),
        Column("max_climb_m", Number(0, 10_000), "Most climb on foot in one leg.", "300", unit="metres", blank=_USUAL),
        Column("night", Flag(), "Whether the person can walk at night.", "yes", blank=_USUAL),
        Column("note", Text(), "Anything else; not used in planning.", "Uses a stick"),
    ),
)
