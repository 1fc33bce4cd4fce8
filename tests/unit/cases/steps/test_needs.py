from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from waystation.cases.models import CHILDREN
from waystation.cases.steps.blocks import Asked, Block, Companion
from waystation.cases.steps.needs import OWN, blocks
from waystation.cases.steps.on_record import OnRecord, Ruling, Signed
from waystation.cases.steps.vocabulary import Need, Step

ADULT, CHILD = UUID(int=1), UUID(int=2)
DONE = Ruling("done")
RULED = ("verification", "screening", "assessment", "consent", "plan")
AT = datetime(2031, 3, 1, tzinfo=UTC)


def asked(to: Step) -> Asked:
    nothing: Any = None  # no rule of the case's own asks for keys
    return Asked(nothing, nothing, to, (), AT)


def known(**changed: Any) -> OnRecord:
    """A family of two of which everything is on record."""
    whole: dict[str, Any] = {
        "contact_consent": "yes",
        "rulings": {**{(name, None): DONE for name in RULED}, ("child_procedure", CHILD): DONE},
        "companions": (Companion(ADULT, "18-59", is_child=False), Companion(CHILD, "5-11", is_child=True)),
        "decision": Signed("accepted", agreed=True, by_two=True, waiting=False),
    }
    return OnRecord(**{**whole, **changed})


def found(record: OnRecord, start: Step = Step.PLAN, to: Step = Step.MOVEMENT, **options: Any) -> set[str]:
    return {block.code for block in blocks(asked(to), start, record, **options)}


def test_every_need_is_looked_up() -> None:
    assert set(OWN) == set(Need)


def test_a_whole_record_lets_people_move() -> None:
    assert found(known()) == set()


@pytest.mark.parametrize("missing", range(1, 2**8))
def test_nobody_moves_while_anything_is_missing(missing: int) -> None:
    """Every combination of eight things that may be missing: one alone is enough to stop."""
    gone = [bool(missing >> place & 1) for place in range(8)]
    rulings = {**known().rulings}
    for away, name in zip(gone, ("verification", "screening", "consent", "plan"), strict=False):
        if away:
            del rulings[(name, None)]
    if gone[4]:
        del rulings[("child_procedure", CHILD)]
    decision = Signed("declined" if gone[5] else "accepted", agreed=not gone[6], by_two=not gone[7], waiting=gone[6])
    assert found(known(rulings=rulings, decision=decision))


@pytest.mark.parametrize(("result", "band"), list(product(("cannot_yet", "withdrawn"), sorted(CHILDREN))))
def test_what_cannot_go_on_or_was_withdrawn_is_not_done(result: str, band: str) -> None:
    rulings = {**known().rulings, ("consent", None): Ruling(result)}
    assert found(known(rulings=rulings)) == {f"consent.{result}"}
    child = Companion(CHILD, band, is_child=True, accompanied_by=ADULT)
    rulings = {**known().rulings, ("child_procedure", CHILD): Ruling(result)}
    assert found(known(companions=(child,), rulings=rulings)) == {"child_procedure.with_adult"}


def test_nobody_who_did_not_consent_goes_along() -> None:
    assert found(known(not_consenting=frozenset({ADULT}))) == {"consent.not_given_by"}


def test_of_whom_nobody_knows_the_age_nobody_moves() -> None:
    nameless = Companion(ADULT, "", is_child=True)
    codes = found(known(companions=(nameless,)))
    assert codes == {"travellers.no_age_band", "child_procedure.alone"}
    assert found(known(companions=())) == {"travellers.none"}


def test_a_room_that_answers_for_a_need_answers_alone() -> None:
    class Elsewhere:
        needs = frozenset({Need.CONSENT, Need.CHILD_PROCEDURE})

        def __call__(self, given: Asked) -> Iterator[Block]:
            assert given.to is Step.MOVEMENT
            yield Block(Need.CHILD_PROCEDURE, "bid_missing", CHILD)
            yield Block(Need.EXIT, "not_asked_here")

    bare = known(rulings={(name, None): DONE for name in ("verification", "screening", "plan")})
    assert found(bare, sources=[Elsewhere()]) == {"bid_missing"}
    assert found(known(), sources=[Elsewhere()]) == {"bid_missing"}
    assert found(known(), start=Step.REQUEST, to=Step.VERIFICATION, sources=[Elsewhere()]) == set()


def test_consent_to_be_contacted_may_be_given_later_and_taken_back() -> None:
    start, to = Step.REQUEST, Step.VERIFICATION
    assert found(known(contact_consent="no"), start, to) == {"contact_consent.not_given"}
    assert found(known(contact_consent="", rulings={("contact", None): DONE}), start, to) == set()
    taken = {("contact", None): Ruling("withdrawn")}
    assert found(known(rulings=taken), start, to) == {"contact_consent.withdrawn"}
