import pytest
from tests.office import Office

from waystation.accounts.errors import NotPermittedError
from waystation.accounts.models import Person, Team
from waystation.accounts.services import (
    begin_session,
    choose_language,
    end_session,
    note_passphrase_changed,
    remove_person,
)
from waystation.audit.models import Entry
from waystation.audit.queries import read
from waystation.kernel import BadInputError

pytestmark = pytest.mark.django_db


def test_coming_and_going_are_entries(office: Office) -> None:
    before = Entry.objects.count()
    worker = office.keyring("caseworker")
    assert begin_session(keyring=worker, at=office.later()).pk == office.id("caseworker")
    note_passphrase_changed(keyring=worker, at=office.later())
    end_session(keyring=worker, at=office.later())
    kinds = list(Entry.objects.filter(seq__gt=before).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["unlocked", "passphrase.changed", "locked"]


def test_one_entry_tells_whose_names_a_session_opens(office: Office) -> None:
    begin_session(keyring=office.keyring("caseworker"), at=office.later())
    came = Entry.objects.filter(kind="unlocked").order_by("-seq")[:1]
    (line,) = read(office.keyring("auditor"), came)
    assert line.payload is not None
    teams = Team.objects.filter(closed_at=None).count()
    assert line.payload.details == {"names": Person.objects.count() + teams}


def test_who_has_left_does_not_come_back(office: Office) -> None:
    former = office.keyring("finance")
    remove_person(keyring=office.keyring("director"), person=office.person("finance"), at=office.later())
    before = Entry.objects.count()
    with pytest.raises(NotPermittedError):
        begin_session(keyring=former, at=office.later())
    with pytest.raises(NotPermittedError):
        choose_language(keyring=former, language="ko", at=office.later())
    assert Entry.objects.count() == before


def test_keys_that_are_not_the_rows_are_refused(office: Office) -> None:
    Person.objects.filter(pk=office.id("finance")).update(box_public=office.person("caseworker").box_public)
    with pytest.raises(NotPermittedError):
        begin_session(keyring=office.keyring("finance"), at=office.later())


def test_a_language_is_one_of_two(office: Office) -> None:
    worker = office.keyring("caseworker")
    choose_language(keyring=worker, language="ko", at=office.later())
    assert office.person("caseworker").language == "ko"
    with pytest.raises(BadInputError):
        choose_language(keyring=worker, language="fr", at=office.later())
