import pytest

from tests.office import Office
from tests.unit.cases.desk import decided, person, recommended, ruled, to_decision
from tests.unit.cases.family import family
from waystation.cases.services import take_off_traveller
from waystation.cases.steps.on_record import read_on_record

pytestmark = pytest.mark.django_db


def test_the_newest_judgement_and_decision_count(office: Office) -> None:
    case, worker = to_decision(office), office.keyring("caseworker")
    assert read_on_record(worker, case.record).decision is None
    decided(office, case, "not_now")
    recommended(office, case, "accepted")
    found = read_on_record(worker, case.record).decision
    assert found is not None
    assert (found.outcome, found.agreed, found.by_two, found.waiting) == ("accepted", False, False, True)
    ruled(office, case, "screening", result="cannot_yet", reason="no_interpreter")
    known = read_on_record(worker, case.record)
    assert (known.found("screening"), known.rulings["screening"].reason) == ("cannot_yet", "no_interpreter")
    assert known.found("consent") == ""


def test_who_was_taken_off_and_who_cannot_open_are_not_on_record(office: Office) -> None:
    whole = family(office)
    worker = office.keyring("caseworker")
    known = read_on_record(worker, whole.case.record)
    assert {each.id for each in known.companions} == set(whole.people)
    assert known.not_consenting == {whole.people[2]}
    assert {each.id for each in known.companions if each.is_child and each.accompanied_by is None} == {
        whole.child_alone
    }
    take_off_traveller(keyring=worker, case=whole.case, traveller_id=whole.people[2], at=office.later())
    assert read_on_record(worker, whole.case.record).not_consenting == frozenset()
    assert read_on_record(office.keyring("field_officer"), whole.case.record).companions == ()


def test_without_an_age_the_stricter_rules_hold(office: Office) -> None:
    case = to_decision(office)
    nobody_knows = person(office, case, "18-59", age_band=None)
    known = read_on_record(office.keyring("caseworker"), case.record)
    assert {each.id for each in known.companions if each.is_child} == {nobody_knows}
