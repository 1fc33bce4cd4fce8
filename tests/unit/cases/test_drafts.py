from datetime import timedelta

import pytest

from tests.office import Office
from waystation.cases.drafts import KEPT, LARGEST, drop_draft, drop_old, keep_draft, kept_draft
from waystation.cases.models import Draft
from waystation.kernel import BadInputError

pytestmark = pytest.mark.django_db
TYPED = {"name": ["박은주"], "needs": ["medicine", "calm"]}


def test_it_comes_back_to_whoever_typed_it_and_to_nobody_else(office: Office) -> None:
    mine, at = office.keyring("caseworker"), office.later()
    keep_draft(keyring=mine, form="note", typed={"name": ["earlier"]}, at=at)
    keep_draft(keyring=mine, form="note", typed=TYPED, at=at)
    assert kept_draft(keyring=mine, form="note") == (TYPED, at)
    assert kept_draft(keyring=office.keyring("director"), form="note") is None
    row = Draft.objects.get()
    assert "박은주".encode() not in bytes(row.sealed)
    row.person_id = office.id("director")
    row.save()
    assert kept_draft(keyring=office.keyring("director"), form="note") is None  # moved to another: it stays shut


def test_its_length_tells_little(office: Office) -> None:
    sizes = set()
    for text in ("x", "x" * 900):
        keep_draft(keyring=office.keyring("caseworker"), form="note", typed={"text": [text]}, at=office.later())
        sizes.add(len(Draft.objects.get().sealed))
    assert len(sizes) == 1


def test_it_goes_when_sent_or_after_its_time(office: Office) -> None:
    mine, at = office.keyring("caseworker"), office.later()
    keep_draft(keyring=mine, form="note", typed=TYPED, at=at)
    drop_draft(keyring=mine, form="note")
    assert kept_draft(keyring=mine, form="note") is None
    keep_draft(keyring=mine, form="note", typed=TYPED, at=at)
    assert (drop_old(at=at + KEPT), drop_old(at=at + KEPT + timedelta(seconds=1))) == (0, 1)


def test_one_that_is_too_large_leaves_the_one_before(office: Office) -> None:
    mine, at = office.keyring("caseworker"), office.later()
    keep_draft(keyring=mine, form="note", typed=TYPED, at=at)
    with pytest.raises(BadInputError):
        keep_draft(keyring=mine, form="note", typed={"text": ["x" * LARGEST]}, at=office.later())
    assert kept_draft(keyring=mine, form="note") == (TYPED, at)
