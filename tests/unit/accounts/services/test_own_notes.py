from uuid import uuid4

import pytest
from tests.office import Office

from waystation.accounts.models import OwnNote
from waystation.accounts.services import own_notes as module
from waystation.accounts.services.own_notes import MOST, drop_own, keep_own, own_notes
from waystation.kernel import BadInputError
from waystation.vault import new_identity

pytestmark = pytest.mark.django_db


def test_one_keeps_and_reads_and_takes_away_ones_own(office: Office) -> None:
    mine, other = office.keyring("caseworker"), office.keyring("director")
    first = keep_own(keyring=mine, kind="view", value={"name": "오늘"}, at=office.later())
    second = keep_own(keyring=mine, kind="view", value={"name": "b"}, at=office.later())
    assert own_notes(office.keyring("caseworker"), "view") == {first: {"name": "오늘"}, second: {"name": "b"}}
    assert own_notes(other, "view") == own_notes(mine, "draft") == {}
    assert not drop_own(keyring=other, kind="view", note_id=first)
    assert drop_own(keyring=mine, kind="view", note_id=first)
    assert not drop_own(keyring=mine, kind="view", note_id=uuid4())
    assert list(own_notes(mine, "view")) == [second]


def test_nobody_else_opens_it_and_what_was_moved_is_left_out(office: Office) -> None:
    mine = office.keyring("caseworker")
    note = keep_own(keyring=mine, kind="view", value={"name": "오늘"}, at=office.later())
    row = OwnNote.objects.get(pk=note)
    assert "오늘".encode() not in bytes(row.sealed)
    OwnNote.objects.filter(pk=note).update(person_id=office.id("director"))
    assert own_notes(office.keyring("director"), "view") == {}
    OwnNote.objects.filter(pk=note).update(person_id=office.id("caseworker"), kind="draft")
    assert own_notes(mine, "draft") == {}


def test_with_new_keys_the_old_ones_are_gone(office: Office) -> None:
    mine = office.keyring("caseworker")
    keep_own(keyring=mine, kind="view", value={"name": "a"}, at=office.later())
    mine.identity = new_identity(mine.person_id)
    assert own_notes(mine, "view") == {}


def test_there_is_a_limit(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    mine = office.keyring("caseworker")
    keep_own(keyring=mine, kind="view", value={}, at=office.later())
    with pytest.raises(BadInputError, match="no more than 1"):
        keep_own(keyring=mine, kind="view", value={}, at=office.later())
    assert MOST > 10
