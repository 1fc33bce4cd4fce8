"""What a decision says, sentence by sentence and table by table, in one language."""

import math
from datetime import date, timedelta

from waystation.briefs.blocks import Table
from waystation.briefs.voice import Voice
from waystation.engine.portfolio.decision import Decision, Scarce, Scenario, Short, Standing, Verdict
from waystation.engine.portfolio.rows import Row, RowKind
from waystation.kernel import Money

_DAYS = 7
_LEAST_PEOPLE = 0.05


def headline(decision: Decision, voice: Voice) -> str:
    """Return the answer in one sentence."""
    if not decision.chosen:
        return voice.say("select.nobody")
    people = sum(each.people for each in decision.verdicts if each.standing is Standing.NOW)
    return voice.say(
        "select.answer",
        groups=voice.listed(list(decision.chosen)),
        people=voice.people(people),
        arrive=number(decision.arrive),
        harm=number(decision.harm, 2),
    )


def value(decision: Decision, voice: Voice) -> list[str]:
    """Return what the choice is worth, its bound and gap, and how the worth is counted."""
    weights = [
        voice.say(
            "select.weight",
            urgency=voice.word("urgency", urgency),
            weight=f"{weight:g}",
            delay=voice.percent(decision.terms.delay[urgency]),
        )
        for urgency, weight in decision.terms.weights.items()
    ]
    told = [
        voice.say(
            "select.value",
            value=number(decision.value, 2),
            bound=number(decision.bound, 2),
            gap=voice.percent(decision.gap),
            plans=f"{decision.plans:,}",
            unsafe=number(decision.unsafe_value, 2),
        )
    ]
    if decision.every_plan is not None:
        told.append(voice.say("select.every_plan", bound=number(decision.every_plan, 2)))
    return [*told, voice.say("select.weights", weights=voice.say("list.semicolon").join(weights))]


def now_table(decision: Decision, voice: Voice) -> Table:
    """Return who goes now: a row for each group."""
    keys = ("group", "people", "urgency", "start", "plan", "arrive", "harm", "cost", "stability")
    rows = [_now(each, decision, voice) for each in decision.verdicts if each.going is not None]
    return Table(tuple(voice.say(f"select.column.{key}") for key in keys), tuple(rows), frozenset({1, 5, 6, 7, 8}))


def _now(verdict: Verdict, decision: Decision, voice: Voice) -> tuple[str, ...]:
    going = verdict.going
    assert going is not None
    promised = voice.say("select.promised")
    return (
        f"{verdict.group} ({promised})" if verdict.promised else verdict.group,
        str(verdict.people),
        voice.word("urgency", verdict.urgency),
        voice.date(going.start),
        voice.say(f"select.plan.{going.plan}"),
        number(going.arrive, 2),
        number(going.harm, 2),
        voice.mean_money(going.spending, decision.currency),
        _stability(verdict, voice),
    )


def _stability(verdict: Verdict, voice: Voice) -> str:
    if verdict.stability is None:
        return voice.say("none")
    shown = voice.percent(verdict.stability)
    return voice.say("select.marginal", percent=shown) if verdict.is_marginal else shown


def not_now(decision: Decision, voice: Voice) -> list[tuple[str, str]]:
    """Return for each group that does not go now its id, and why not and what would change it."""
    told = []
    for verdict in decision.verdicts:
        if verdict.standing is Standing.REFUSED:
            broken = (
                voice.say(f"rule.{each.rule}", **({"traveller": each.traveller} if each.traveller else {}))
                for each in verdict.broken
            )
            told.append((verdict.group, " ".join(broken)))
        elif verdict.standing is Standing.NO_PLAN:
            told.append((verdict.group, voice.say("select.no_plan")))
        elif verdict.wanting is not None:
            told.append((verdict.group, _not_now(verdict, decision, voice)))
    return told


def _not_now(verdict: Verdict, decision: Decision, voice: Voice) -> str:
    wanting = verdict.wanting
    assert wanting is not None
    short = [_short(each, decision, voice) for each in wanting.short]
    sentences = [
        voice.say(
            "select.because.safety" if wanting.kept_for_safety else "select.because",
            plan=voice.say(f"select.plan.{wanting.plan.plan}"),
            start=voice.date(wanting.plan.start),
            short=voice.listed(short),
        ),
        voice.say("select.priced", price=number(wanting.price, 2), worth=number(wanting.worth, 2)),
        voice.say("select.change"),
    ]
    if verdict.is_marginal:
        sentences.append(voice.say("select.margin", percent=voice.percent(verdict.stability or 0.0)))
    return " ".join(sentences)


def _short(short: Short, decision: Decision, voice: Voice) -> str:
    what = resource(short.row, decision.first, voice)
    if short.row.kind is RowKind.MONEY:
        return voice.say("select.short", what=what, much=voice.mean_money(short.missing, decision.currency))
    much = number(math.ceil(short.missing * 10.0 - 1e-9) / 10.0)
    return voice.say("select.short", what=what, much=voice.say("people.other", number=much))


def resource(row: Row, first: date, voice: Voice) -> str:
    """Return a limit in words, with its week or night."""
    when = ""
    if row.at >= 0:
        days = row.at if row.kind is RowKind.BEDS else row.at * _DAYS
        when = voice.date(first + timedelta(days=days))
    name = voice.place(row.id) if row.kind in {RowKind.BEDS, RowKind.EXPOSED_HOUSE} else row.id
    if row.kind is RowKind.MONEY:
        name = voice.listed(row.id.split("+")) if row.id else voice.say("select.no_fund")
    return voice.say(f"select.row.{row.kind}", name=name, when=when)


def held(decision: Decision, voice: Voice) -> list[str]:
    """Return how often caps hold when the choice is replayed."""
    if decision.held is None:
        return [voice.say("select.held.unknown")]
    found = decision.held
    told = [
        voice.say(
            "select.held",
            replays=f"{found.replays:,}",
            percent=voice.percent(found.all_hold),
            most=voice.percent(decision.terms.overflow),
            tightened=str(found.tightened),
            rounds=str(found.rounds),
        )
    ]
    for row, capacity, _, overflow in found.worst:
        much = (
            voice.mean_money(capacity, decision.currency)
            if row.kind is RowKind.MONEY
            else voice.say("people.other", number=number(capacity))
        )
        what = resource(row, decision.first, voice)
        told.append(voice.say("select.held.worst", what=what, much=much, percent=voice.percent(overflow)))
    return told


def money(decision: Decision, voice: Voice) -> list[str]:
    """Return what is expected to be spent of each fund, or of funds that may pay for each other."""
    told = []
    for row, capacity, spent in decision.spending:
        told.append(
            voice.say(
                "select.spent",
                what=voice.capitalised(resource(row, decision.first, voice)),
                spent=voice.mean_money(spent, decision.currency),
                of=voice.mean_money(capacity, decision.currency),
            )
        )
    return told


def scarce(decision: Decision, voice: Voice) -> list[str]:
    """Return what a little more of each scarce thing would bring, in words a donor understands."""
    until = voice.date(decision.until, year=True)
    told = [_scarce(each, decision, until, voice) for each in decision.scarce if each.people >= _LEAST_PEOPLE]
    return told or [voice.say("select.scarce.none")]


def _scarce(each: Scarce, decision: Decision, until: str, voice: Voice) -> str:
    key = f"select.more.{each.kind}"
    values = {"people": number(each.people), "until": until}
    if each.kind is RowKind.MONEY:
        major = Money(round(each.more), decision.currency)
        return voice.say(key, money=voice.money(major), name=each.id, **values)
    name = voice.place(each.id) if each.kind in {RowKind.BEDS, RowKind.EXPOSED_HOUSE} else each.id
    return voice.say(key, name=name, **values)


def scenarios(decision: Decision, voice: Voice) -> Table | None:
    """Return the choice and what it would be otherwise, side by side; None where nothing was supposed."""
    if not decision.scenarios:
        return None
    keys = ("supposed", "groups", "arrive", "harm", "cost", "difference")
    spending = sum(each.going.spending for each in decision.verdicts if each.going is not None)
    rows: list[tuple[str, ...]] = [
        (
            voice.say("select.as_it_is"),
            voice.say("list.comma").join(decision.chosen) or voice.say("none"),
            number(decision.arrive, 2),
            number(decision.harm, 2),
            voice.mean_money(spending, decision.currency),
            "",
        )
    ]
    rows += [_scenario(each, decision, voice) for each in decision.scenarios]
    return Table(tuple(voice.say(f"select.column.{key}") for key in keys), tuple(rows), frozenset({2, 3, 4}))


def _scenario(each: Scenario, decision: Decision, voice: Voice) -> tuple[str, ...]:
    if each.kind == "money":
        amount = voice.money(Money(round(each.more), decision.currency))
        name = voice.say("select.if.money", money=amount, name=each.id)
    elif each.kind == "partner":
        name = voice.say("select.if.partner", name=each.id, people=voice.people(round(each.more)))
    else:
        name = voice.say("select.if.close", name=each.id)
    difference = voice.say("none")
    if each.difference is not None:
        mean, low, high = (f"{number:+.2f}".replace("-", "−") for number in each.difference)
        difference = voice.say("select.difference", mean=mean, low=low, high=high)
    return (
        name,
        voice.say("list.comma").join(each.chosen) or voice.say("none"),
        number(each.arrive, 2),
        number(each.harm, 2),
        voice.mean_money(each.spending, decision.currency),
        difference,
    )


def fairness(decision: Decision, voice: Voice) -> Table:
    """Return who waits, and how long, by declared need."""
    keys = ("urgency", "groups_all", "going", "people_all", "people_going", "waits", "longest", "until_start")
    rows = []
    for each in decision.fairness:
        waited, longest = (voice.say("none"),) * 2
        if each.waited is not None:
            waited, longest = voice.days(each.waited[0]), voice.days(float(each.waited[1]))
        start = voice.say("none") if each.until_start is None else voice.days(each.until_start)
        counts = (each.groups, each.going, each.people, each.people_going)
        rows.append((voice.word("urgency", each.urgency), *map(str, counts), waited, longest, start))
    return Table(tuple(voice.say(f"select.column.{key}") for key in keys), tuple(rows), frozenset(range(1, 8)))


def promises(decision: Decision, voice: Voice) -> list[str]:
    """Return which promises cannot be kept; nothing where all are."""
    return [voice.say("select.broken", group=group) for group in decision.broken_promises]


def number(amount: float, digits: int = 1) -> str:
    """Return a plain number with so many decimals."""
    return f"{amount:,.{digits}f}"
