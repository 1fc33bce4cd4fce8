"""The way itself: map, stages, check-ins, money and contacts."""

from collections.abc import Iterator

from waystation.briefs.argument.doubt import brackets
from waystation.briefs.blocks import Paragraph, Picture, Section, Stages, Table
from waystation.briefs.course import stage_text
from waystation.briefs.map import draw_map
from waystation.briefs.voice import Voice
from waystation.engine.journeys import prices
from waystation.engine.journeys.durations import slot_chances
from waystation.engine.journeys.plan import ActionKind, Choice, Decision, Plan, Stage, WhenAsked
from waystation.engine.model import Leg, convert
from waystation.kernel import Money

_MAP_MM = 92


def map_picture(plan: Plan, voice: Voice) -> Picture:
    """Return the map of the plan for screen and paper."""
    places = [stage.place for stage in plan.stages if stage.on_main_line] or [voice.group.place]
    alternative = voice.say("map.alt", places=" – ".join(voice.place(place) for place in places))
    return Picture(draw_map(plan, voice), draw_map(plan, voice, paper=True), alternative, _MAP_MM)


def map_section(picture: Picture, plan: Plan, voice: Voice) -> list[Section]:
    """Return the map with its legend; nothing when no place could be drawn."""
    if not picture.screen:
        return []
    legend = Paragraph(voice.say("map.legend" if plan.stages else "map.legend.none"), quiet=True)
    return [Section("map", voice.say("section.map"), (picture, legend))]


def stages(plan: Plan, voice: Voice) -> Section:
    """Return the stages with their branches."""
    texts = tuple(stage_text(stage, voice) for stage in plan.stages)
    told = Stages(texts, voice.say("stage.branch"), voice.say("decision.rare"))
    lead = " ".join(filter(None, (voice.say("stages.lead"), brackets(plan, voice))))
    return Section("stages", voice.say("section.stages"), (Paragraph(lead), told))


def calls(plan: Plan, voice: Voice) -> Section:
    """Return when a call is expected after each leg, and when it is overdue."""
    head = tuple(voice.say(f"calls.column.{name}") for name in ("leg", "leave", "expected", "overdue"))
    rows = []
    for stage in plan.stages:
        by_leg: dict[str, list[Decision]] = {}
        for decision in stage.decisions:
            if decision.leg is not None and decision.leg in voice.legs:
                by_leg.setdefault(decision.leg, []).append(decision)
        rows += [_call(stage, voice.legs[leg], taken, voice) for leg, taken in by_leg.items()]
    table = Table(head, tuple(rows))
    return Section("calls", voice.say("section.calls"), (Paragraph(voice.say("calls.lead")), table))


def _call(stage: Stage, leg: Leg, taken: list[Decision], voice: Voice) -> tuple[str, ...]:
    since, until = min(d.from_day for d in taken), max(d.until_day for d in taken)
    slot_hours = voice.network.slot_hours
    least, most = (slots * slot_hours / 24 for slots in _slots(leg, taken, slot_hours))
    usual = max(min(leg.days.likely, most), least)
    leaves = voice.day(since)
    if until > since:
        leaves = voice.say("calls.between", since=leaves, until=voice.day(until))
    day = voice.day(min(max(stage.likely_day, since), until) + usual)
    if usual > least:
        expected = voice.say("calls.expected", after=voice.days(usual), least=voice.days(least), day=day)
    else:
        expected = voice.say("calls.expected.fixed", after=voice.days(usual), day=day)
    overdue = voice.say("calls.overdue", after=voice.days(most), day=voice.day(until + most))
    return (voice.leg_way(leg.id), leaves, expected, overdue)


def _slots(leg: Leg, taken: list[Decision], slot_hours: int) -> tuple[int, int]:
    """Return the fewest and most slots a leg can last, the longer way after a refused demand included."""
    chances = slot_chances(leg.days, slot_hours)
    may_refuse = any(decision.when_asked in {WhenAsked.REFUSE, WhenAsked.DEPENDS} for decision in taken)
    longer = leg.demand.refusal.longer_slots if leg.demand and may_refuse else None
    return min(chances), max(chances) + (longer or 0)


def money(plan: Plan, choice: Choice, voice: Voice) -> Section:
    """Return what can have been spent before and after each step, under the hard cap."""
    head = tuple(voice.say(f"money.column.{name}") for name in ("place", "before", "what", "fee", "extra", "after"))
    dearest = Money(choice.evaluation.cost_max, plan.currency)
    rows = tuple(row for stage in plan.stages for row in _money_rows(stage, dearest, voice))
    if plan.caps.budget is None:
        cap = voice.say("money.no_cap", money=voice.money(dearest))
    else:
        cap = voice.say("money.cap", money=voice.money(plan.caps.budget))
    table = Table(head, rows, frozenset({1, 3, 4, 5}))
    blocks = (Paragraph(cap), table, Paragraph(voice.say("money.short"), quiet=True))
    return Section("money", voice.say("section.money"), blocks)


def _money_rows(stage: Stage, dearest: Money, voice: Voice) -> Iterator[tuple[str, ...]]:
    place, before, none = voice.place(stage.place), voice.money(stage.spent_max), voice.say("none")
    seen: set[tuple[str | None, bool]] = set()
    for decision in stage.decisions:
        step = (decision.leg, decision.in_company)
        if step in seen or decision.action is ActionKind.STOP:
            continue
        seen.add(step)
        if decision.leg is None:
            per_day = _stay_per_day(stage.place, voice)
            if per_day.minor:
                yield (place, before, voice.say("money.waiting"), voice.money(per_day), none, none)
        elif decision.leg in voice.legs:
            leg = voice.legs[decision.leg]
            fee = prices.fee_of(leg, voice.group, voice.network, in_company=decision.in_company)
            extra = _extra(leg, stage, voice)
            after = Money(min(stage.spent_max.minor + fee.minor + extra.minor, dearest.minor), fee.currency)
            name = voice.leg(leg.id)
            what = voice.say("money.company", leg=name) if decision.in_company else name
            yield (
                place,
                before,
                what,
                voice.money(fee),
                voice.money(extra) if extra.minor else none,
                voice.money(after),
            )


def _extra(leg: Leg, stage: Stage, voice: Voice) -> Money:
    """Return the extra demand the plan may pay on a leg from this stage; 0 where it always refuses."""
    answers = {decision.when_asked for decision in stage.decisions if decision.leg == leg.id}
    if answers & {WhenAsked.PAY, WhenAsked.DEPENDS}:
        return prices.demand_of(leg, voice.group, voice.network)
    return Money(0, voice.network.currency)


def _stay_per_day(place_id: str, voice: Voice) -> Money:
    place, network = voice.places.get(place_id), voice.network
    if place is None:
        return Money(0, network.currency)
    each = convert(place.stay_cost, network.currency, network.rates, network.as_of)
    return Money(each.minor * voice.group.size, network.currency)


def contacts(plan: Plan, voice: Voice) -> Section:
    """Return the partners of the plan's legs by code."""
    legs_of: dict[str, list[str]] = {}
    for stage in plan.stages:
        for decision in stage.decisions:
            leg = voice.legs.get(decision.leg or "")
            if leg is not None and leg.partner is not None and leg.id not in legs_of.setdefault(leg.partner, []):
                legs_of[leg.partner].append(leg.id)
    if not legs_of:
        return Section("contacts", voice.say("section.contacts"), (Paragraph(voice.say("contacts.none")),))
    head = tuple(voice.say(f"contacts.column.{name}") for name in ("partner", "kind", "legs", "vetted"))
    rows = tuple(_contact(partner, legs, voice) for partner, legs in legs_of.items())
    lead = Paragraph(voice.say("contacts.lead"))
    return Section("contacts", voice.say("section.contacts"), (lead, Table(head, rows)))


def _contact(partner_id: str, legs: list[str], voice: Voice) -> tuple[str, ...]:
    partner = voice.partners.get(partner_id)
    kind = voice.say(f"partner_kind.{partner.kind}") if partner else voice.say("partner_kind.other")
    vetted = partner.vetted_until if partner else None
    until = voice.date(vetted, year=True) if vetted else voice.say("contacts.unvetted")
    return (partner_id, kind, voice.say("list.comma").join(legs), until)
