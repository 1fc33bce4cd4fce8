import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, summary, told
from tests.unit.cases.people import entered, saved
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.cases.errors import CaseClosedError
from waystation.cases.models import Case, Change
from waystation.cases.services import close_case, write_note
from waystation.cases.steps.vocabulary import Step

pytestmark = pytest.mark.django_db


def test_every_service_leaves_a_version_an_event_and_an_entry(office: Office) -> None:
    case = asked(office)
    before = saved(case.pk).version
    write_note(keyring=office.keyring("caseworker"), case=case, text="a quiet voice", at=office.later())
    now = saved(case.pk)
    assert now.version == before + 1
    assert Change.objects.get(case=case, version=now.version).kind == "worked"
    assert told(office, case)[-1]["kind"] == "noted"
    assert Entry.objects.filter(kind="record.changed", signer=office.id("caseworker"), at=office.now).count() == 1


def test_nothing_is_kept_of_what_is_refused(office: Office) -> None:
    case = asked(office)
    changes, entries = Change.objects.count(), Entry.objects.count()
    for key in ("director", "finance", "field_officer"):
        with pytest.raises(NotPermittedError):
            write_note(keyring=office.keyring(key), case=case, text="x", at=office.later())
    assert (Change.objects.count(), Entry.objects.count()) == (changes, entries)
    close_case(keyring=office.keyring("caseworker"), case=case, outcome="withdrew", at=office.later())
    with pytest.raises(CaseClosedError):
        write_note(keyring=office.keyring("caseworker"), case=case, text="x", at=office.later())


def test_a_case_from_before_steps_were_kept_is_taken_up_where_it_is(office: Office) -> None:
    case = entered(office)
    Case.objects.filter(pk=case.pk).update(summary=None, outline=None)
    write_note(keyring=office.keyring("caseworker"), case=case, text="a quiet voice", at=office.later())
    now = summary(office, case)
    assert (now.step, now.owner) == (Step.REQUEST, None)
    assert office.keyring("director").open(saved(case.pk), "note", "outline")["note"] == "asks for a quiet room"
