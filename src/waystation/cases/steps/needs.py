"""Whether what is on record meets a need, and what stands in the way where it does not."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final

from waystation.cases.steps.blocks import Asked, Block, Source
from waystation.cases.steps.on_record import OnRecord
from waystation.cases.steps.table import transition
from waystation.cases.steps.vocabulary import Need, Step

SOURCES: Final[tuple[Source, ...]] = ()
"""Rooms that answer for needs in place of the case's own judgements. A need for which one answers is asked of it alone."""


def blocks(asked: Asked, start: Step, known: OnRecord, sources: Collection[Source] = SOURCES) -> list[Block]:
    """Return everything that stands between a step and the next; empty where nothing does.

    What nobody answers for is not met: a rule that is not asked blocks.
    """
    row = transition(start, asked.to)
    if row is None:
        return []
    elsewhere = {need for source in sources for need in source.needs}
    found = [block for need in Need if need in row.needs - elsewhere for block in OWN[need](known)]
    found += [block for source in sources if row.needs & source.needs for block in source(asked)]
    return [block for block in found if block.need in row.needs]


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


def _consent(known: OnRecord) -> Iterator[Block]:
    yield from _ruled(Need.CONSENT, "consent")(known)
    for traveller in sorted(known.not_consenting):
        yield Block(Need.CONSENT, "consent.not_given_by", traveller)


def _children(known: OnRecord) -> Iterator[Block]:
    for each in known.companions:
        if each.is_child and known.found("child_procedure", each.id) != "done":
            alone = each.accompanied_by is None
            yield Block(Need.CHILD_PROCEDURE, f"child_procedure.{'alone' if alone else 'with_adult'}", each.id)


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
    Need.CONSENT: _consent,
    Need.CHILD_PROCEDURE: _children,
    Need.ACCEPTED: _accepted,
    Need.TWO_SIGNATURES: _two_signatures,
    Need.PLANNED: _ruled(Need.PLANNED, "plan"),
    Need.ARRIVED: _ruled(Need.ARRIVED, "arrival"),
    Need.EXIT: _exit,
}
"""How each need is looked up in the case itself, where no other room answers for it."""
