import pytest

from tests.office import Office
from tests.unit.cases.desk import agreed_to_go, asked, decided, on, person, ruled, summary, to_decision, to_plan, told
from tests.unit.safeguarding.children import Child, trained
from waystation.accounts.errors import NotPermittedError
from waystation.cases.errors import BlockedError, NoSuchStepError
from waystation.cases.services import advance, step_back
from waystation.cases.services.advance import TASK_OF
from waystation.cases.steps.vocabulary import Standing, Step
from waystation.consent.models import Consent, SaidBy
from waystation.consent.services import withdraw_consent

pytestmark = pytest.mark.django_db


def codes(error: BlockedError) -> set[str]:
    return {block.code for block in error.blocks}


def test_every_step_but_the_last_has_its_task() -> None:
    assert set(TASK_OF) == set(Step) - {Step.CLOSURE}


def test_a_first_call_becomes_an_accepted_case(office: Office) -> None:
    case = to_plan(office)
    now = summary(office, case)
    assert (now.step, now.standing, now.outcome) == (Step.PLAN, Standing.NOT_STARTED, "accepted")
    ruled(office, case, "plan")
    on(office, case)
    ruled(office, case, "arrival")
    on(office, case, 2)
    assert summary(office, case).step is Step.FOLLOW_UP
    kinds = [each["kind"] for each in told(office, case)]
    assert kinds.count("advanced") == 8


def test_nobody_is_called_who_did_not_agree(office: Office) -> None:
    case = asked(office, contact_consent="not_asked")
    with pytest.raises(BlockedError) as refusal:
        on(office, case)
    assert codes(refusal.value) == {"contact_consent.not_given"}
    ruled(office, case, "contact")
    on(office, case)
    assert summary(office, case).step is Step.VERIFICATION
    ruled(office, case, "verification")
    ruled(office, case, "contact", result="withdrawn", words="she wrote that we must stop")
    with pytest.raises(BlockedError) as refusal:
        on(office, case)
    assert codes(refusal.value) == {"contact_consent.withdrawn"}


def test_everything_that_is_missing_is_named_at_once(office: Office) -> None:
    case = to_decision(office)
    child = person(office, case, "12-17")
    with pytest.raises(BlockedError) as refusal:
        on(office, case)
    blocks = refusal.value.blocks
    asked_of_all = {"consent.casework.never_asked", "consent.movement.never_asked", "safeguarding.screen.missing"}
    assert {block.code for block in blocks if block.traveller is None} == {
        "accepted.no_decision",
        "two_signatures.missing",
    }
    assert {block.code for block in blocks if block.traveller == child} == asked_of_all | {
        "safeguarding.care.missing",
        "safeguarding.bia.missing",
        "safeguarding.bid.missing",
    }
    assert {block.code for block in blocks if block.traveller not in {None, child}} == asked_of_all


def test_a_child_moves_after_the_procedure_alone(office: Office) -> None:
    """One case with an adult and a child alone: nothing that one person does lets the child pass, the whole procedure does."""
    case = to_plan(office)
    ruled(office, case, "plan")
    child = Child(office, case.record)
    child.id = person(office, case, "disputed")
    agreed_to_go(office, case, child.id)
    trained(office)
    child.facts()
    assessment = child.assessment()
    with pytest.raises(BlockedError) as refusal:
        on(office, case)
    assert codes(refusal.value) == {"safeguarding.bia.waiting", "safeguarding.bid.missing"}
    child.decided(assessment)
    child.decided(child.determination(), "case_lead")
    on(office, case)
    assert summary(office, case).step is Step.MOVEMENT


def test_what_was_withdrawn_since_stops_a_case_again(office: Office) -> None:
    case = to_plan(office)
    ruled(office, case, "plan")
    consent = Consent.objects.select_related("record").get(record=case.record, purpose="movement")
    withdraw_consent(keyring=office.keyring("caseworker"), consent=consent, said_by=SaidBy.SELF, at=office.later())
    with pytest.raises(BlockedError) as refusal:
        on(office, case)
    assert codes(refusal.value) == {"consent.movement.withdrawn"}


def test_a_step_back_keeps_what_was_found(office: Office) -> None:
    case = to_decision(office)
    step_back(keyring=office.keyring("caseworker"), case=case, at=office.later())
    assert summary(office, case).step is Step.ASSESSMENT
    on(office, case)
    assert summary(office, case).step is Step.DECISION


def test_before_the_first_and_after_the_last_there_is_no_step(office: Office) -> None:
    with pytest.raises(NoSuchStepError):
        step_back(keyring=office.keyring("caseworker"), case=asked(office), at=office.later())
    case = to_plan(office)
    ruled(office, case, "plan")
    on(office, case)
    ruled(office, case, "arrival")
    on(office, case, 2)
    with pytest.raises(NoSuchStepError):
        on(office, case)


def test_only_casework_takes_a_case_on(office: Office) -> None:
    case = asked(office)
    for key in ("director", "safeguarding", "field_officer", "finance"):
        with pytest.raises(NotPermittedError):
            advance(keyring=office.keyring(key), case=case, at=office.later())
    assert summary(office, case).step is Step.REQUEST


def test_a_declined_case_goes_nowhere(office: Office) -> None:
    case = to_decision(office)
    agreed_to_go(office, case)
    decided(office, case, "declined")
    with pytest.raises(BlockedError) as refusal:
        on(office, case)
    assert codes(refusal.value) == {"accepted.not"}
