from typing import Any

import pytest

from tests.office import Office
from tests.unit.cases.desk import CALL
from waystation.accounts.errors import NotPermittedError
from waystation.accounts.queries import signers
from waystation.audit.models import Entry, Head
from waystation.audit.queries import read
from waystation.audit.verify import verify
from waystation.cases.codes import turned
from waystation.cases.errors import NotAllOfItError
from waystation.cases.models import Case, Change, Event, Request, Task
from waystation.cases.services import FirstCall, change_case, take_request, take_requests
from waystation.cases.steps.vocabulary import Priority
from waystation.kernel import BadInputError
from waystation.store.models import Grant, Record, SealedModel, TierKey

pytestmark = pytest.mark.django_db

CALLS = (
    FirstCall(**CALL),
    FirstCall(asker="self", for_whom="Sky Invented", heads={"75+": 1}, contact_consent="no", priority=Priority.URGENT),
)
WRITTEN: tuple[type[SealedModel], ...] = (Case, Request, Task, Event)
OWN = {"id", "record", "code", "updated_at", "at"}


def told(office: Office, case: Case) -> dict[str, Any]:
    """Return everything that was written of a case, but for ids, codes and times."""
    keyring = office.keyring("case_lead")
    found: dict[str, Any] = {}
    for kind in WRITTEN:
        for row in kind._default_manager.filter(record=case.record).select_related("record"):
            names = [name for name in row.sealed_fields() if row.sealed_fields()[name].tier != "evidence"]
            plain = {
                field.name: getattr(row, field.name)
                for field in row._meta.concrete_fields
                if field.name not in row.sealed_fields() and field.name not in OWN
            }
            found[kind.__name__] = {**plain, **keyring.open(row, *names)}
    changes = Change.objects.filter(case=case).order_by("version")
    found["changes"] = [(each.version, each.kind, each.tiers, each.fields, each.by) for each in changes]
    keys = TierKey.objects.filter(record=case.record)
    found["keys"] = sorted((each.tier, each.version, each.made_by) for each in keys)
    grants = Grant.objects.filter(record=case.record)
    found["grants"] = sorted((each.tier, each.version, each.hint is None) for each in grants)
    lines = [line for line in read(office.keyring("auditor"), Entry.objects.order_by("seq")) if line.payload]
    of_case = [line for line in lines if line.payload and line.payload.record_id == case.pk]
    found["log"] = [(line.kind, line.signer, line.payload and line.payload.details) for line in of_case]
    return found


@pytest.mark.parametrize("call", CALLS, ids=["family", "alone"])
def test_many_at_once_leave_what_one_by_one_leaves(office: Office, call: FirstCall) -> None:
    keyring, at = office.keyring("caseworker"), office.later()
    one = take_request(keyring=keyring, call=call, at=at)
    many = take_requests(keyring=keyring, calls=[call] * 3, at=[at] * 3).cases
    assert len({each.code for each in many} | {turned(each.code) for each in many}) == 6
    expected = told(office, one)
    assert expected["changes"], "nothing was compared"
    assert [told(office, case) for case in many] == [expected] * 3


def test_they_are_worked_on_like_any_other_and_their_log_is_whole(office: Office) -> None:
    keyring = office.keyring("caseworker")
    (case, _) = take_requests(keyring=keyring, calls=CALLS, at=[office.later(), office.later()]).cases
    now = change_case(
        keyring=office.keyring("case_lead"), case=case, seen_version=2, values={"note": "asks again"}, at=office.later()
    )
    assert now.version == 3
    known = signers(keyring.root_public, keyring.recovery.sign_public)
    head = Head.objects.get()
    entries = Entry.objects.order_by("seq")
    assert list(verify(entries, known, head=(head.seq, bytes(head.digest)))) == []


def test_one_that_is_wrong_means_none(office: Office) -> None:
    keyring = office.keyring("caseworker")
    long = FirstCall(**{**CALL, "for_whom": "x" * 201})
    for wrong, error in ((FirstCall(**{**CALL, "asker": ""}), NotAllOfItError), (long, BadInputError)):
        with pytest.raises(error):
            take_requests(keyring=keyring, calls=[CALLS[0], wrong], at=[office.later()] * 2)
    with pytest.raises(NotPermittedError):
        take_requests(keyring=office.keyring("director"), calls=CALLS, at=[office.later()] * 2)
    assert (Case.objects.count(), Record.objects.filter(kind="case").count(), Task.objects.count()) == (0, 0, 0)
    assert take_requests(keyring=keyring, calls=[], at=[]).cases == ()
