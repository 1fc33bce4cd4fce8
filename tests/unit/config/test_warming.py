import gc
from typing import Any

import pytest

from tests.unit.cases.people import entered
from waystation.accounts.services import keys as keys_module
from waystation.accounts.services import remove_person
from waystation.accounts.services.sessions import begin_session
from waystation.cases.duplicates.book import book_of
from waystation.cases.index.index import index_of
from waystation.config import warming
from waystation.config.warming import warm
from waystation.store.models import Grant, TierKey
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db


def test_afterwards_everything_is_open_and_nothing_is_left_to_read(office: Any) -> None:
    for _ in range(3):
        entered(office)
    keyring = office.keyring("case_lead")
    warm(keyring, office.later())
    assert index_of(keyring).progress.done
    assert len(index_of(keyring).newest_first()) == 3


def test_whoever_takes_first_calls_is_ready_to_be_told_who_is_alike(office: Any) -> None:
    case = entered(office)
    keyring, finance = office.keyring("caseworker"), office.keyring("finance")
    for each in (keyring, finance):
        warm(each, office.later())
    assert book_of(keyring).held.keys() == {case.pk}
    assert not book_of(keyring).unread
    assert book_of(finance).generation == -1


def test_of_very_many_the_keys_are_settled_some_at_a_time(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [entered(office) for _ in range(3)]
    monkeypatch.setattr(keys_module, "FEW", 1)
    monkeypatch.setattr(warming, "AT_ONCE", 2)
    evidence = Grant.objects.filter(record__kind="case", tier=Tier.EVIDENCE)
    TierKey.objects.filter(record=cases[0].record, tier=Tier.IDENTITY).update(stale=True)
    office.admit("second", "Somebody New", ["safeguarding"])
    keyring = office.keyring("safeguarding")
    begin_session(keyring=keyring, at=office.later())
    assert evidence.filter(hint=None).count() > 0
    warm(keyring, office.later())
    assert evidence.filter(hint=None).count() == 0
    assert not TierKey.objects.filter(stale=True).exists()
    for case in cases:
        assert Tier.EVIDENCE in office.keyring("second").tiers_of(case.record)


def test_whoever_was_removed_meanwhile_warms_nothing(office: Any) -> None:
    keyring = office.keyring("caseworker")
    remove_person(keyring=office.keyring("director"), person=office.person("caseworker"), at=office.later())
    warm(keyring, office.later())
    with pytest.raises(RuntimeError):
        _ = index_of(keyring).reader


def test_what_was_read_is_not_looked_through_for_what_can_go(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "warm", lambda *_: None)
    gc.unfreeze()
    warming.begin_warming(office.keyring("caseworker")).join(5)
    assert gc.get_freeze_count() > 0
    gc.unfreeze()


def test_the_thread_ends_by_itself_whatever_fails(office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import DatabaseError

    def fail(*_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(warming, "warm", fail)
    thread = warming.begin_warming(office.keyring("caseworker"))
    thread.join(5)
    assert not thread.is_alive()
