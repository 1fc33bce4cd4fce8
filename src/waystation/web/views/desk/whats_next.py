"""What is next in a case: the step it may go to, and everything that stands in the way, person by person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from waystation.cases.models import Traveller
from waystation.cases.steps.blocks import Asked, Block, Source
from waystation.cases.steps.needs import blocks
from waystation.cases.steps.on_record import OnRecord
from waystation.cases.steps.table import next_step, step_before
from waystation.cases.steps.vocabulary import Need, Step
from waystation.cases.whole import Whole
from waystation.web.views.cases.asked import AskedRequest
from waystation.web.views.desk.labels import label
from waystation.web.views.desk.refusals import said_block
from waystation.web.wording import say

SUBJECT_OF: dict[Need, str] = {
    Need.CONTACT_CONSENT: "contact",
    Need.VERIFIED: "verification",
    Need.SCREENED: "screening",
    Need.ASSESSED: "assessment",
    Need.PLANNED: "plan",
    Need.ARRIVED: "arrival",
}
"""What is to be judged so that a need is met."""


@dataclass(frozen=True)
class Missing:
    """One thing that is missing, in words, and the page on which something can be done about it."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way because of one person, or one thing of the case as a whole: then nobody is named."""

    whose: str
    missing: tuple[Missing, ...]


def what_is_next(
    request: AskedRequest, whole: Whole, known: OnRecord, now: datetime, rooms: Collection[Source]
) -> dict[str, Any]:
    """Return the next step and everything that stands between the case and it."""
    row, before = next_step(whole.summary.step), step_before(whole.summary.step)
    found: list[Block] = []
    ended = _ended(known) if whole.summary.step is Step.DECISION else ""
    if ended:
        row = None
    if row is not None:
        asked = Asked(request.keyring, whole.case.record, row.to, known.companions, now)
        found = blocks(asked, whole.summary.step, known, rooms)
    return {
        "to": say(f"desk.step.{row.to}") if row else "",
        "back": say(f"desk.step.{before.to}") if before else "",
        "obstacles": obstacles(found, whole, request),
        "ended": ended,
    }


def _ended(known: OnRecord) -> str:
    """Return what a signed decision that is no yes leaves to do; empty where the way goes on, or nobody signed yet."""
    decision = known.decision
    if decision is None or not (decision.agreed and decision.by_two) or decision.outcome == "accepted":
        return ""
    return say(f"desk.next.after.{decision.outcome}")


def obstacles(found: Collection[Block], whole: Whole, request: AskedRequest) -> list[Obstacle]:
    """Return what stands in the way, one line for the case's own things each and one for each person, in their order."""
    lines: dict[int, list[Missing]] = {}
    for block in found:
        missing = Missing(said_block(block), _remedy(block, whole, request))
        of_whom = lines.setdefault(_place(block, whole), [])
        if missing not in of_whom:
            of_whom.append(missing)
    own = [Obstacle("", (each,)) for each in lines.pop(0, [])]
    people = whole.rows(Traveller)
    return own + [Obstacle(label(place, people[place - 1]), tuple(lines[place])) for place in sorted(lines)]


def _place(block: Block, whole: Whole) -> int:
    """Return the number of the person whom a block is about, 0 for the case as a whole."""
    return next((n for n, told in enumerate(whole.rows(Traveller), 1) if told.row.pk == block.traveller), 0)


def _remedy(block: Block, whole: Whole, request: AskedRequest) -> str:
    """Return the page on which this reader can do something about a block; none where only another can."""
    case_id = whole.case.pk
    if block.need is Need.TRAVELLERS:
        return reverse("desk.traveller", args=[case_id])
    if block.need is Need.CONSENT:
        return reverse("consent.page", args=[case_id])
    if block.need is Need.CHILD_PROCEDURE or (block.need is Need.SCREENED and block.traveller is not None):
        return f"{reverse('safeguarding.case', args=[case_id])}#who-{_place(block, whole)}"
    if block.need in {Need.ACCEPTED, Need.TWO_SIGNATURES}:
        return f"{reverse('cases.page', args=[case_id])}#decision"
    subject = SUBJECT_OF.get(block.need)
    return f"{reverse('desk.judge', args=[case_id])}?of={subject}" if subject else ""
