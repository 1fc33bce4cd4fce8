"""What a brief says, built once from a plan and given to every renderer."""

from dataclasses import dataclass
from datetime import date

from waystation.briefs import wording
from waystation.briefs.blocks import Paragraph, Points, Section
from waystation.briefs.language import Language
from waystation.briefs.regional import regional_value
from waystation.briefs.sections import care, evidence, route
from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import Plan
from waystation.engine.model import Group, Network


@dataclass(frozen=True, slots=True)
class BriefContent:
    """A brief in plain text, without any mark-up.

    Attributes
    ----------
    head
        Lines under the title: the network, the dates, how fresh the ground is.
    answer
        The whole answer in one sentence.
    remarks
        What must be read with the answer.
    private
        Who may hold the brief.
    as_of
        The day the brief belongs to; a file made from it carries this date and no other.
    map_svg
        The map for a file of its own; empty when there is none.
    """

    language: Language
    title: str
    head: tuple[str, ...]
    answer: str
    remarks: tuple[str, ...]
    private: str
    sections: tuple[Section, ...]
    as_of: date
    map_svg: str


def brief_content(plan: Plan, network: Network, group: Group, language: Language) -> BriefContent:
    """Return everything a brief of this plan says, in one language."""
    voice = Voice(language, network, group, plan.start)
    picture = route.map_picture(plan, voice)
    if plan.choice is None:
        sections = [_change(plan, voice), *route.map_section(picture, plan, voice)]
        remarks: tuple[str, ...] = (wording.caps(plan, voice),)
    else:
        sections = [
            evidence.numbers(plan, plan.choice, voice),
            *route.map_section(picture, plan, voice),
            *evidence.ask_first(plan, voice),
            route.stages(plan, voice),
            route.calls(plan, voice),
            care.wrong(plan, voice),
            care.carry(plan, voice),
            route.money(plan, plan.choice, voice),
            route.contacts(plan, voice),
        ]
        remarks = (wording.chosen(plan, voice), regional_value(plan, voice), voice.say("answer.few"))
    sections += evidence.grounds(plan, voice)
    return BriefContent(
        language=language,
        title=voice.say("brief.title", group=plan.group),
        head=_head(plan, voice),
        answer=wording.answer(plan, voice),
        remarks=tuple(filter(None, remarks)),
        private=voice.say("brief.private"),
        sections=tuple(sections),
        as_of=plan.as_of,
        map_svg=picture.screen,
    )


def _head(plan: Plan, voice: Voice) -> tuple[str, ...]:
    dates = voice.say(
        "brief.dates",
        as_of=voice.date(plan.as_of, year=True),
        start=voice.date(plan.start, year=True),
        people=voice.people(voice.group.size),
    )
    return (plan.network, dates, evidence.oldest(plan, voice))


def _change(plan: Plan, voice: Voice) -> Section:
    obstacle = plan.obstacle
    if obstacle is None:
        return Section("change", voice.say("section.change"), ())
    # The first sentence stands in the answer already.
    why = tuple(Paragraph(sentence) for sentence in wording.obstacle_sentences(obstacle, plan, voice)[1:])
    changes = Points(tuple(("", change) for change in wording.changes(obstacle, voice)))
    return Section("change", voice.say("section.change"), (*why, changes))
