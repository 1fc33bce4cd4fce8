import pytest

from tests.office import Office
from tests.unit.cases.desk import agreed_to_go, asked, person
from tests.unit.consent.answers import answered
from waystation.cases.models import AGE_BANDS, CHILDREN
from waystation.cases.services import set_household
from waystation.cases.steps.blocks import Asked, Companion
from waystation.cases.steps.on_record import read_on_record
from waystation.cases.steps.rooms import ROOMS, age_of
from waystation.cases.steps.table import MOVE
from waystation.cases.steps.vocabulary import Need, Step
from waystation.consent.models import Answer
from waystation.consent.purposes import NEVER_A_CONDITION
from waystation.safeguarding.models import Age
from waystation.store.models import Record


def question(office: Office, record: Record, by: str = "caseworker") -> Asked:
    keyring = office.keyring(by)
    return Asked(keyring, record, Step.MOVEMENT, read_on_record(keyring, record).companions, office.later())


def test_every_band_is_an_age_and_no_band_is_none() -> None:
    def age(band: str) -> Age | None:
        return age_of(Companion(Record().pk, band, is_child=False))

    assert age("") is None
    assert {band for band in AGE_BANDS if age(band) in {Age.CHILD, Age.DISPUTED}} == CHILDREN
    assert age("disputed") is Age.DISPUTED


def test_the_rooms_answer_for_what_nobody_moves_without() -> None:
    needs = [need for room in ROOMS for need in room.needs]
    assert sorted(needs) == sorted({Need.CONSENT, Need.CHILD_PROCEDURE})
    assert set(needs) <= MOVE


@pytest.mark.django_db
def test_each_traveller_answers_for_themself(office: Office) -> None:
    case = asked(office)
    yes, no = person(office, case), person(office, case)
    agreed_to_go(office, case, yes)
    found = [block for room in ROOMS for block in room(question(office, case.record))]
    assert {block.traveller for block in found} == {no}
    assert {block.code for block in found} == {
        "consent.casework.never_asked",
        "consent.movement.never_asked",
        "safeguarding.screen.missing",
    }


@pytest.mark.django_db
def test_who_refuses_to_be_filmed_goes_as_anybody_else(office: Office) -> None:
    case = asked(office)
    who = person(office, case)
    agreed_to_go(office, case)
    for purpose in NEVER_A_CONDITION:
        answered(office, case.record, who, purpose, Answer.REFUSED)
    assert [block for room in ROOMS for block in room(question(office, case.record))] == []


@pytest.mark.django_db
def test_who_did_not_agree_to_go_with_the_others_stays_named(office: Office) -> None:
    case = asked(office)
    who = person(office, case)
    agreed_to_go(office, case)
    set_household(
        keyring=office.keyring("caseworker"),
        case=case,
        kind="group",
        members=[who],
        not_consenting=[who],
        at=office.later(),
    )
    assert [block.code for room in ROOMS for block in room(question(office, case.record))] == ["consent.not_given_by"]


@pytest.mark.django_db
def test_who_cannot_open_the_welfare_part_lets_nobody_pass(office: Office) -> None:
    case = asked(office)
    person(office, case)
    agreed_to_go(office, case)
    whole = question(office, case.record)
    blind = Asked(office.keyring("finance"), case.record, Step.MOVEMENT, whole.companions, whole.at)
    assert [block.code for room in ROOMS for block in room(blind)] == ["safeguarding.key.missing"]
