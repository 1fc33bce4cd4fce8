from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from waystation.cases.steps.blocks import Asked, Block, Companion, Source
from waystation.cases.steps.needs import OWN, blocks
from waystation.cases.steps.on_record import OnRecord, Ruling, Signed
from waystation.cases.steps.vocabulary import Need, Step

ADULT, CHILD = UUID(int=1), UUID(int=2)
DONE = Ruling("done")
RULED = ("verification", "screening", "assessment", "plan")
ELSEWHERE = frozenset({Need.CONSENT, Need.CHILD_PROCEDURE})
AT = datetime(2031, 3, 1, tzinfo=UTC)


def asked(to: Step) -> Asked:
    nothing: Any = None  # no rule of the case's own asks for keys
    return Asked(nothing, nothing, to, (), AT)


def known(**changed: Any) -> OnRecord:
    """A family of two of which everything is on record."""
    whole: dict[str, Any] = {
        "contact_consent": "yes",
        "rulings": dict.fromkeys(RULED, DONE),
        "companions": (Companion(ADULT, "18-59", is_child=False), Companion(CHILD, "5-11", is_child=True)),
        "decision": Signed("accepted", agreed=True, by_two=True, waiting=False),
    }
    return OnRecord(**{**whole, **changed})


class Room:
    """A room that answers for consent and children, with what it is told to."""

    needs = ELSEWHERE

    def __init__(self, *found: Block) -> None:
        self.found = found

    def __call__(self, asked: Asked) -> tuple[Block, ...]:
        return self.found


def found(
    record: OnRecord, start: Step = Step.PLAN, to: Step = Step.MOVEMENT, rooms: Collection[Source] = (Room(),)
) -> set[str]:
    return {block.code for block in blocks(asked(to), start, record, rooms)}


def test_every_need_is_looked_up_here_or_elsewhere() -> None:
    assert set(OWN) | ELSEWHERE == set(Need)
    assert not set(OWN) & ELSEWHERE


def test_a_need_for_which_nobody_answers_blocks() -> None:
    assert found(known(), rooms=()) == {"consent.not_started", "child_procedure.not_started"}


def test_a_whole_record_lets_people_move() -> None:
    assert found(known()) == set()


@pytest.mark.parametrize("missing", range(1, 2**7))
def test_nobody_moves_while_anything_is_missing(missing: int) -> None:
    """Every combination of seven things that may be missing: one alone is enough to stop."""
    gone = [bool(missing >> place & 1) for place in range(7)]
    rulings = {**known().rulings}
    for away, name in zip(gone, ("verification", "screening", "plan"), strict=False):
        if away:
            del rulings[name]
    room = Room(Block(Need.CHILD_PROCEDURE, "bid_missing", CHILD)) if gone[3] else Room()
    decision = Signed("declined" if gone[4] else "accepted", agreed=not gone[5], by_two=not gone[6], waiting=gone[5])
    assert found(known(rulings=rulings, decision=decision), rooms=[room])


@pytest.mark.parametrize("result", ["cannot_yet", "withdrawn"])
def test_what_cannot_go_on_or_was_withdrawn_is_not_done(result: str) -> None:
    rulings = {**known().rulings, "screening": Ruling(result)}
    assert found(known(rulings=rulings)) == {f"screened.{result}"}


def test_of_whom_nobody_knows_the_age_nobody_moves() -> None:
    nameless = Companion(ADULT, "", is_child=True)
    codes = found(known(companions=(nameless,)))
    assert codes == {"travellers.no_age_band"}
    assert found(known(companions=())) == {"travellers.none"}


def test_a_room_that_answers_for_a_need_answers_alone_and_for_no_other() -> None:
    room = Room(Block(Need.CHILD_PROCEDURE, "bid_missing", CHILD), Block(Need.EXIT, "not_asked_here"))
    assert found(known(), rooms=[room]) == {"bid_missing"}
    assert found(known(), start=Step.REQUEST, to=Step.VERIFICATION, rooms=[room]) == set()


def test_consent_to_be_contacted_may_be_given_later_and_taken_back() -> None:
    start, to = Step.REQUEST, Step.VERIFICATION
    assert found(known(contact_consent="no"), start, to) == {"contact_consent.not_given"}
    assert found(known(contact_consent="", rulings={"contact": DONE}), start, to) == set()
    taken = {"contact": Ruling("withdrawn")}
    assert found(known(rulings=taken), start, to) == {"contact_consent.withdrawn"}
