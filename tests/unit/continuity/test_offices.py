import pytest

from tests.unit.continuity.conftest import Home
from waystation.accounts.errors import NotPermittedError
from waystation.continuity.models import Office
from waystation.continuity.office_card import card_from_text, card_of, card_to_text
from waystation.continuity.offices import (
    add_office,
    card_of_office,
    confirm_office,
    demand_confirmed,
    office_names,
    offices,
    remove_office,
)
from waystation.kernel import BadInputError, RuleRefusedError
from waystation.vault import OfficeKeys

OTHER = OfficeKeys(b"another office's secret, 32 byte")


def added(home: Home) -> Office:
    return add_office(here=home.here(), name=" South ", card_text=card_to_text(OTHER), at=home.later())


def last_groups() -> str:
    return " ".join(card_of(OTHER).fingerprint[-2:])


def test_two_people_add_an_office(home: Home) -> None:
    office = added(home)
    with pytest.raises(RuleRefusedError):
        demand_confirmed(office)
    confirm_office(here=home.here("case_lead"), office_id=office.pk, typed=last_groups(), at=home.later())
    office.refresh_from_db()
    demand_confirmed(office)
    assert office_names(home.here("case_lead")) == {office.pk: "South"}
    assert card_of_office(office) == card_from_text(card_to_text(OTHER))


def test_the_same_person_cannot_confirm(home: Home) -> None:
    office = added(home)
    with pytest.raises(RuleRefusedError):
        confirm_office(here=home.here(), office_id=office.pk, typed=last_groups(), at=home.later())


def test_the_fingerprint_must_be_typed(home: Home) -> None:
    office = added(home)
    with pytest.raises(BadInputError):
        confirm_office(here=home.here("case_lead"), office_id=office.pk, typed="00000 00000", at=home.later())
    office.refresh_from_db()
    assert office.confirmed_at is None


def test_an_office_is_confirmed_once(home: Home) -> None:
    office = added(home)
    for error in (None, RuleRefusedError):
        try:
            confirm_office(here=home.here("case_lead"), office_id=office.pk, typed=last_groups(), at=home.later())
        except RuleRefusedError:
            assert error is RuleRefusedError
        else:
            assert error is None


def test_ones_own_card_a_second_time_and_no_name_are_refused(home: Home) -> None:
    here = home.here()
    with pytest.raises(BadInputError):
        add_office(here=here, name="We", card_text=card_to_text(here.office), at=home.later())
    with pytest.raises(BadInputError):
        add_office(here=here, name="  ", card_text=card_to_text(OTHER), at=home.later())
    added(home)
    with pytest.raises(BadInputError):
        added(home)


def test_who_may_not_send_may_not_add(home: Home) -> None:
    with pytest.raises(NotPermittedError):
        add_office(here=home.here("caseworker"), name="South", card_text=card_to_text(OTHER), at=home.later())


def test_a_removed_office_is_gone_and_its_row_stays(home: Home) -> None:
    office = added(home)
    remove_office(here=home.here(), office_id=office.pk, at=home.later())
    assert not offices().exists()
    office.refresh_from_db()
    with pytest.raises(RuleRefusedError):
        demand_confirmed(office)


def test_a_removed_office_comes_back_with_its_numbers_and_needs_two_people_again(home: Home) -> None:
    office = added(home)
    confirm_office(here=home.here("case_lead"), office_id=office.pk, typed=last_groups(), at=home.later())
    Office.objects.update(next_out=5, next_in=7)
    remove_office(here=home.here(), office_id=office.pk, at=home.later())
    again = added(home)
    assert again.pk == office.pk
    again.refresh_from_db()
    assert (again.next_out, again.next_in, again.confirmed_at, again.removed_at) == (5, 7, None, None)
    with pytest.raises(RuleRefusedError):
        demand_confirmed(again)
