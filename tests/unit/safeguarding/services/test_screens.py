import ast
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import waystation
from tests.office import Office
from tests.unit.cases.people import entered
from tests.unit.safeguarding.children import Child
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.safeguarding.errors import SafeguardRefusedError, UnknownCodeError
from waystation.safeguarding.htcds import DecidingOrganisation, TraffickingStatus
from waystation.safeguarding.models import StatusDecision
from waystation.safeguarding.queries import picture_of
from waystation.safeguarding.services import decide_status, record_screen
from waystation.safeguarding.services.screens import TABLES

pytestmark = pytest.mark.django_db


def test_what_was_seen_is_kept_in_order(office: Office) -> None:
    record = entered(office).record
    screen = record_screen(
        keyring=office.keyring("caseworker"),
        record=record,
        traveller_id=uuid4(),
        seen={"means": ["WithholdsDocuments", "DebtBondage"], "indicators": ["threats"]},
        exploited_where="a workshop",
        at=office.later(),
    )
    read = office.keyring("safeguarding").open(screen, "means", "indicators", "acts", "exploited_where")
    assert read == {
        "means": ["DebtBondage", "WithholdsDocuments"],
        "indicators": ["threats"],
        "acts": None,
        "exploited_where": "a workshop",
    }
    assert Entry.objects.filter(kind="screen.recorded").count() == 1


@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries({name: st.sets(st.sampled_from(sorted(values))) for name, values in TABLES.items()}))
def test_no_sign_ever_decides(office: Office, seen: dict[str, set[str]]) -> None:
    """Whatever is seen, all of it included: the status stays what people decided, here nothing."""
    record, traveller = entered(office).record, uuid4()
    for each in (seen, TABLES):
        record_screen(
            keyring=office.keyring("caseworker"),
            record=record,
            traveller_id=traveller,
            seen=each,
            words="told",
            at=office.later(),
        )
    picture = picture_of(office.keyring("case_lead"), record, traveller)
    assert (picture.screened, picture.status) == (True, None)
    assert not StatusDecision.objects.exists()


def test_a_screen_says_something(office: Office) -> None:
    record, keyring = entered(office).record, office.keyring("caseworker")
    with pytest.raises(SafeguardRefusedError) as refused:
        record_screen(
            keyring=keyring, record=record, traveller_id=uuid4(), seen={"means": []}, words=" ", at=office.later()
        )
    assert refused.value.code == "nothing_said"


def test_one_function_writes_a_status_and_it_reads_no_screen() -> None:
    """The source itself: a status is made in one place, from what a person gave and nothing else."""
    makers = {}
    for path in (Path(waystation.__file__).parent / "safeguarding").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and "StatusDecision(" in ast.unparse(node):
                makers[node.name] = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    assert set(makers) == {"decide_status"}
    assert (
        not {"Screen", "OF_PERSON", "INDICATORS", "LISTS", "TABLES", "rows_of", "picture_of"} & makers["decide_status"]
    )


def test_a_status_says_who_decided_and_why(office: Office) -> None:
    child = Child(office)
    row = child.screened(status=TraffickingStatus.POSSIBLE)
    assert office.keyring("safeguarding").open(row) == {
        "status": "PossibleVictimOfTrafficking",
        "decided_by_kind": "NGO",
        "decided_by": "the case lead",
        "why": "nothing points to it",
    }
    child.screened("safeguarding", TraffickingStatus.ACTUAL)
    assert picture_of(office.keyring("director"), child.record, child.id).status is TraffickingStatus.ACTUAL


@pytest.mark.parametrize(("who", "why"), [(" ", "told so"), ("the police", "")])
def test_a_status_without_who_or_why_is_refused(office: Office, who: str, why: str) -> None:
    with pytest.raises(SafeguardRefusedError) as refused:
        decide_status(
            keyring=office.keyring("case_lead"),
            record=entered(office).record,
            traveller_id=uuid4(),
            status=TraffickingStatus.NOT,
            decided_by_kind=DecidingOrganisation.POLICE,
            decided_by=who,
            why=why,
            at=office.later(),
        )
    assert refused.value.code == "no_reason"


def test_who_may_not_decides_nothing_and_nobody_writes_what_is_not_declared(office: Office) -> None:
    child = Child(office)
    for by in ("caseworker", "director", "finance"):
        with pytest.raises(NotPermittedError):
            child.screened(by)
    with pytest.raises(UnknownCodeError):
        record_screen(
            keyring=office.keyring("caseworker"),
            record=child.record,
            traveller_id=child.id,
            seen={"means": ["Bad luck"]},
            at=office.later(),
        )
