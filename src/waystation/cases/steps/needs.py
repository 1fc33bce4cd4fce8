"""Whether what is on record meets a need, and what stands in the way where it does not."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final

from waystation.cases.steps.blocks import Asked, Block, Source
from waystation.cases.steps.on_record import OnRecord
from waystation.cases.steps.table import transition
from waystation.cases.steps.vocabulary import Need, Step


def blocks(asked: Asked, start: Step, known: OnRecord, sources: Collection[Source]) -> list[Block]:
    """Return everything that stands between a step and the next; empty where nothing does.

    A need for which one of the ``sources`` answers is asked of it alone. What nobody answers for is not met: a rule that is not
    asked blocks.
    """
    row = transition(start, asked.to)
    if row is None:
        return []
    elsewhere = {need for source in sources for need in source.needs}
    found = [block for need in Need if need in row.needs - elsewhere for block in _own(need, known)]
    found += [block for source in sources if row.needs & source.needs for block in source(asked)]
    return [block for block in found if block.need in row.needs]


def _own(need: Need, known: OnRecord) -> Iterator[Block]:
    look = OWN.get(need)
    return look(known) if look else iter((Block(need, f"{need}.not_started"),))


def _ruled(need: Need, subject: str) -> Callable[[OnRecord], Iterator[Block]]:
    def look(known: OnRecord) -> Iterator[Block]:
        result = known.found(subject)
        if result != "done":
            yield Block(need, f"{need}.{result or 'not_started'}")

    return look


def _contact(known: OnRecord) -> Iterator[Block]:
    result = known.found("contact")
    if result != "done" and (result or known.contact_consent != "yes"):
        yield Block(Need.CONTACT_CONSENT, "contact_consent.withdrawn" if result else "contact_consent.not_given")


def _travellers(known: OnRecord) -> Iterator[Block]:
    if not known.companions:
        yield Block(Need.TRAVELLERS, "travellers.none")
    for each in known.companions:
        if not each.age_band:
            yield Block(Need.TRAVELLERS, "travellers.no_age_band", each.id)


def _accepted(known: OnRecord) -> Iterator[Block]:
    if known.decision is None or known.decision.outcome != "accepted":
        yield Block(Need.ACCEPTED, "accepted.not" if known.decision else "accepted.no_decision")


def _two_signatures(known: OnRecord) -> Iterator[Block]:
    if known.decision is None or not (known.decision.agreed and known.decision.by_two):
        yield Block(Need.TWO_SIGNATURES, "two_signatures.missing")


def _exit(known: OnRecord) -> Iterator[Block]:
    if not known.exit:
        yield Block(Need.EXIT, "exit.not_said")


OWN: Final[Mapping[Need, Callable[[OnRecord], Iterator[Block]]]] = {
    Need.CONTACT_CONSENT: _contact,
    Need.VERIFIED: _ruled(Need.VERIFIED, "verification"),
    Need.SCREENED: _ruled(Need.SCREENED, "screening"),
    Need.ASSESSED: _ruled(Need.ASSESSED, "assessment"),
    Need.TRAVELLERS: _travellers,
    Need.ACCEPTED: _accepted,
    Need.TWO_SIGNATURES: _two_signatures,
    Need.PLANNED: _ruled(Need.PLANNED, "plan"),
    Need.ARRIVED: _ruled(Need.ARRIVED, "arrival"),
    Need.EXIT: _exit,
}
"""How needs are looked up in the case itself. Of consent and of children other rooms tell (`waystation.cases.steps.rooms`)."""
