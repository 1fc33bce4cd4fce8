from waystation.engine.model import Asked, OutcomeKind, Quantity, Subject
from waystation.formats.kinds import (
    Chance,
    Code,
    Codes,
    Day,
    Flag,
    LevelRefs,
    Number,
    OneOf,
    Text,
    Whole,
)
from waystation.formats.tables.column import Column, Table

_UNUSED = "Anything else; nothing is learned from it."
_MISSIONS = Number(0, 1_000_000, above=True)

OUTCOMES = Table(
    file="outcomes.csv",
    row="one passage of one group over one leg, as it ended",
    notes=(
        "The unit is the group, not the person: a party shares its fate, so five people who came through are one passage.",
        (
            "An `unknown` outcome is a group without news: `date` is the day of the last news, and the silence "
            "lasts until as_of. The intercepted cannot report, so nothing is learned until somebody was asked "
            "what a silence means (judgements.csv, `silent`). A mission that was `called_off` never set out and "
            "says nothing of any chance."
        ),
        "Several passages alike in everything may stand in one row with their `count`.",
    ),
    columns=(
        Column("leg", Code("legs.csv"), "The leg.", "L7", required=True),
        Column(
            "date",
            Day(),
            "The day it ended, or the day of the last news; not after as_of.",
            "2025-03-02",
            required=True,
            past=True,
        ),
        Column("party_size", Whole(1, 1000), "People in the group.", "4", unit="people", required=True),
        Column("outcome", OneOf.of(OutcomeKind), "How it ended.", "passed", required=True),
        Column(
            "regime",
            Text(),
            "The state of things it belongs to, such as before or after a border closed; an id of regimes.csv if there is one.",
            "before-2020",
            blank="the regime in force on the day",
        ),
        Column("partner", Code("partners.csv"), "Who ran it.", "G2", blank="the leg's partner"),
        Column(
            "levels",
            LevelRefs(),
            "Levels of conditions at departure, as far as they were known.",
            "river.high|patrols.many",
            blank="no factor is assumed",
        ),
        Column("days", Number(0, 1000, above=True), "How long it took.", "1.5", unit="days", blank="not written down"),
        Column("count", Whole(1, 100_000), "How many passages the row stands for.", "1", unit="missions", default="1"),
        Column("note", Text(), "Anything else; not used in planning.", "Waited two days"),
    ),
)

REGIMES = Table(
    file="regimes.csv",
    row="a named day from which what happened before counts less",
    has_ids=True,
    notes=(
        (
            "An outcome keeps the product of the discounts of all regimes that concern its leg and began after "
            "its own. With discount 1 nothing changes; with 0 nothing from before counts."
        ),
        "What people judged before the last regime of a leg is set aside, and they are asked again.",
    ),
    columns=(
        Column("id", Code(), "Its code.", "border-closed", required=True),
        Column("begins", Day(), "Its first day.", "2020-01-30", required=True),
        Column(
            "discount",
            Chance(),
            "The weight that evidence from before it keeps.",
            "0.3",
            required=True,
        ),
        Column("legs", Codes(), "The legs it concerns.", "L7|L8", blank="all legs"),
        Column("note", Text(), _UNUSED, "The border closed to everybody"),
    ),
)

JUDGEMENTS = Table(
    file="judgements.csv",
    row="what one person was asked about a leg in one round, and what they answered",
    notes=(
        (
            "The IDEA protocol: first everybody answers in private, then all answers are shown without names "
            "(`waystation learn FOLDER --feedback`), then everybody answers again and signs. Every answer has the"
            " same weight. A row without counts is a question still waiting for its answer; while one waits, no "
            "answer is shown, and until all second answers are signed, none counts."
        ),
        (
            "The four questions are counts: of `out_of` missions the lowest number, the highest, the best, and "
            "how sure the person is that the true number lies between the lowest and the highest. Nobody is asked"
            " for a chance."
        ),
        (
            "`silent` asks: of so many groups that had sent no news for `silent_days`, how many had been "
            "intercepted? What people say of any leg (leg blank) counts for legs that nobody was asked about."
        ),
        "Rows are added, never changed: of several answers of one person in one round the last counts.",
    ),
    columns=(
        Column("expert", Code(), "The person's code, never a name.", "E1", required=True),
        Column("leg", Code("legs.csv"), "The leg.", "L7", blank="any leg"),
        Column("asked", OneOf.of(Asked), "What was asked.", "intercepted", required=True),
        Column("silent_days", Whole(1, 10_000), "Days without news; for silent only.", "30", unit="days"),
        Column("round", Whole(1, 2), "1 in private, 2 after the answers were shown.", "1", required=True),
        Column("out_of", Whole(1, 100_000), "How many missions were spoken of.", "100", unit="missions", default="100"),
        Column("lowest", Number(0, 100_000), "Lowest number.", "1", unit="missions", blank="not answered yet"),
        Column("highest", Number(0, 100_000), "Highest number.", "8", unit="missions", blank="not answered yet"),
        Column("best", Number(0, 100_000), "Best number.", "3", unit="missions", blank="not answered yet"),
        Column(
            "sure",
            Number(50, 99),
            "How sure, in percent, that it lies between lowest and highest.",
            "80",
            unit="percent",
            blank="not answered yet",
        ),
        Column(
            "date",
            Day(),
            "The day of the answer, or of the question; not after as_of.",
            "2026-11-02",
            required=True,
            past=True,
        ),
        Column(
            "signed",
            Text(),
            "The mark by which the person signed; an answer of round 2 needs it.",
            "E1",
            blank="not signed",
        ),
        Column("note", Text(), "The person's reasons; nothing is computed from them.", "New patrols in the spring"),
    ),
)

CALIBRATION = Table(
    file="calibration.csv",
    row="one person's chance that a statement is true, whose truth is known later",
    notes=(
        "Closed questions tell how far somebody's chances can be relied on. They change no weight: all count the same.",
    ),
    columns=(
        Column("expert", Code(), "The person's code.", "E1", required=True),
        Column("question", Text(), "The statement, or its number on a list.", "Q12", required=True),
        Column("chance", Chance(), "The chance the person gave it.", "0.7", required=True),
        Column("true", Flag(), "Whether it was true.", "yes", blank="not known yet"),
        Column("date", Day(), "The day of the answer; not after as_of.", "2026-11-02", required=True, past=True),
        Column("note", Text(), _UNUSED, "On the price in March"),
    ),
)

BELIEFS = Table(
    file="beliefs.csv",
    row="what was believed of one quantity of one leg or partner when the organisation last learned",
    notes=(
        (
            "Written by `waystation learn FOLDER --write`, and read the next time: to say what changed and why, "
            "and so that no outcome is counted twice. What legs.csv stated before is kept in it. A value of "
            "legs.csv that differs from the one in this file was written by somebody since, and counts as a new "
            "statement."
        ),
        "For `days` of a leg values are days, for `days` of a partner the ratio to the stated days, else chances.",
    ),
    columns=(
        Column("subject", OneOf.of(Subject), "Of what.", "leg", required=True),
        Column("id", Code(), "The leg's or the partner's code.", "L7", required=True),
        Column("quantity", OneOf.of(Quantity), "What is believed.", "intercepted", required=True),
        Column("date", Day(), "The as_of day of the learning.", "2026-11-20", required=True, past=True),
        Column("mean", Number(0, 1_000_000), "The mean.", "0.021", required=True),
        Column("low", Number(0, 1_000_000), "Lower end of the 80 % interval.", "0.004"),
        Column("high", Number(0, 1_000_000), "Upper end of the 80 % interval.", "0.045"),
        Column("weight", _MISSIONS, "Missions' worth of evidence.", "41.5", unit="missions", required=True),
        Column("missions", Whole(0, 100_000_000), "Passages counted.", "38", unit="missions", default="0"),
        Column("events", Whole(0, 100_000_000), "In how many of them it happened.", "1", unit="missions", default="0"),
        Column("judgement_share", Chance(), "Share of the evidence that is judgement.", "0.24"),
        Column("judged", Number(0, 1_000_000), "The judgement that was counted.", "0.02", blank="none"),
        Column("judged_weight", _MISSIONS, "Its weight.", "10", unit="missions", blank="none"),
        Column(
            "stated", Number(0, 1_000_000), "What legs.csv held before anything was learned.", "0.02", blank="nothing"
        ),
        Column("stated_weight", _MISSIONS, "Its weight.", "10", unit="missions", blank="nothing"),
        Column(
            "regimes", Codes(), "The regimes that had begun, in the order of their days.", "border-closed", blank="none"
        ),
    ),
)
