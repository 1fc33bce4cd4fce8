"""A group together and divided, side by side: what each way does, never which one to take.

Nothing here ranks the ways. Nobody owes anything for the one that is taken, and whom to part from whom is no sum.
"""

from collections.abc import Sequence

from waystation.briefs.blocks import Block, Paragraph, Section, Table
from waystation.briefs.voice import Voice
from waystation.engine.journeys.argument import Arrangement, CompanyRule
from waystation.engine.journeys.plan import Plan

COLUMNS = ("parties", "company", "all_arrive", "nobody_harmed", "parted", "people", "cost", "days", "exposed")
"""Keys ``arrangement.column.…`` of the headings above the cells of `arrangement_row`."""

_APART = " / "
_ROUGH = 5e-4
"""A standard error from which on a chance is said to be about so much."""


def arrangement_section(plan: Plan, voice: Voice) -> Section | None:
    """Return the table of a plan's arrangements with what must be read with it; None where none were asked for."""
    if not plan.arrangements:
        return None
    blocks: list[Block] = [Paragraph(lead(voice)), arrangement_table(plan.arrangements, plan.currency, voice)]
    blocks += [Paragraph(note, quiet=True) for note in arrangement_notes(plan, voice)]
    return Section("parties", voice.say("arrangement.title"), tuple(blocks))


def lead(voice: Voice) -> str:
    """Return what stands above the table: that it shows and does not choose."""
    return voice.say("arrangement.lead")


def arrangement_table(arrangements: Sequence[Arrangement], currency: str, voice: Voice) -> Table:
    """Return every arrangement as a row of a table."""
    return Table(
        head=arrangement_head(voice),
        rows=tuple(arrangement_row(each, currency, voice) for each in arrangements),
        numeric=frozenset(range(2, len(COLUMNS))),
    )


def arrangement_head(voice: Voice) -> tuple[str, ...]:
    """Return the headings above the cells of `arrangement_row`."""
    return tuple(voice.say(f"arrangement.column.{key}") for key in COLUMNS)


def arrangement_row(arrangement: Arrangement, currency: str, voice: Voice) -> tuple[str, ...]:
    """Return an arrangement as text, in the order of `COLUMNS`; parties are told by their travellers' codes."""
    people = sum(map(len, arrangement.parties))
    return (
        parties_named(arrangement, voice),
        _company(arrangement, voice),
        _chance(arrangement, arrangement.all_arrive, voice),
        _chance(arrangement, arrangement.nobody_harmed, voice),
        _chance(arrangement, arrangement.parted, voice) if len(arrangement.parties) > 1 else voice.say("none"),
        voice.say("arrangement.people", number=f"{arrangement.arrive_people:.2f}", of=str(people)),
        voice.mean_money(arrangement.cost_expected, currency),
        voice.days(arrangement.days_expected),
        _exposed(arrangement, voice),
    )


def parties_named(arrangement: Arrangement, voice: Voice) -> str:
    """Return who travels with whom, by code, or that all go together."""
    if len(arrangement.parties) == 1:
        return voice.say("arrangement.together")
    return _APART.join(voice.say("list.comma").join(party) for party in arrangement.parties)


def arrangement_notes(plan: Plan, voice: Voice) -> list[str]:
    """Return what must be read with the table: how the chances are counted, what dividing changes, what is left out."""
    found = plan.arrangements
    notes = [voice.say("arrangement.counted")] if any(len(each.parties) > 1 for each in found) else []
    notes += _compared(found, voice)
    if len(notes) > 1 and plan.caps.budget is not None:
        notes.append(voice.say("arrangement.budget", money=voice.money(plan.caps.budget)))
    error = max((each.standard_error for each in found), default=0.0)
    if error >= _ROUGH:
        notes.append(voice.say("arrangement.averaged", percent=voice.percent(error)))
    return [*notes, voice.say("arrangement.left_out")]


def _compared(found: Sequence[Arrangement], voice: Voice) -> list[str]:
    """Return for each way to divide a group what changes against going together, company where that is best."""
    rules = {each.company for each in found}
    rule = CompanyRule.WHERE_BEST if CompanyRule.WHERE_BEST in rules else CompanyRule.NEVER
    alike = [each for each in found if each.company is rule]
    together = next((each for each in alike if len(each.parties) == 1), None)
    if together is None:
        return []
    return [
        voice.say(
            "arrangement.compared",
            parties=parties_named(each, voice),
            exposed=voice.people(each.exposed_at_once),
            before=voice.people(together.exposed_at_once),
            all=_chance(each, each.all_arrive, voice),
            together=_chance(together, together.all_arrive, voice),
            people=f"{each.arrive_people:.2f}",
            people_together=f"{together.arrive_people:.2f}",
            parted=_chance(each, each.parted, voice),
        )
        for each in alike
        if each is not together
    ]


def _company(arrangement: Arrangement, voice: Voice) -> str:
    if arrangement.company is CompanyRule.WHERE_BEST and not arrangement.staff_at_once:
        return voice.say("arrangement.company.nowhere")
    return voice.say(f"arrangement.company.{arrangement.company}")


def _chance(arrangement: Arrangement, chance: float, voice: Voice) -> str:
    shown = voice.percent(chance)
    return voice.say("arrangement.about", percent=shown) if arrangement.standard_error >= _ROUGH else shown


def _exposed(arrangement: Arrangement, voice: Voice) -> str:
    people = voice.people(arrangement.exposed_at_once)
    if not arrangement.staff_at_once:
        return people
    return voice.say("arrangement.exposed", people=people, staff=str(arrangement.staff_at_once))
