from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from tests.office import Office
from tests.unit.cases.desk import asked
from tests.unit.cases.people import entered
from waystation.accounts.roles import Role
from waystation.accounts.services import change_roles, give_access, take_access
from waystation.audit.models import Entry as LogEntry
from waystation.cases.index import index as index_module
from waystation.cases.index.entry import Entry
from waystation.cases.index.index import Index, Progress, index_of
from waystation.cases.index.reading import Reading
from waystation.cases.index.reasons import Reason
from waystation.cases.models import Case
from waystation.cases.services import add_task, change_case, close_case, set_priority
from waystation.cases.steps.vocabulary import Priority
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db
ROLES = ("director", "case_lead", "caseworker", "field_officer", "finance", "safeguarding", "communications", "auditor")


def filled(office: Office, key: str) -> Index:
    index = Index(office.keyring(key))
    assert index.catch_up(office.person(key), at=office.later()).done
    return index


def codes(index: Index) -> list[str]:
    return [each.code for each in index.newest_first()]


def test_everybody_sees_what_the_table_and_their_keys_say(office: Office) -> None:
    ours, theirs = asked(office), entered(office, "case_lead")
    seen = {key: codes(filled(office, key)) for key in ROLES}
    both = [theirs.code, ours.code]
    assert seen == {
        "director": both,
        "case_lead": both,
        "caseworker": [ours.code],
        "field_officer": [],
        "finance": both,
        "safeguarding": both,
        "communications": [],
        "auditor": [],
    }
    opened = {key: filled(office, key).get(ours.pk) for key in ("caseworker", "director", "finance", "safeguarding")}
    held = {key: each.tiers if each else None for key, each in opened.items()}
    assert held == {
        "caseworker": {Tier.IDENTITY, Tier.MOVEMENT, Tier.WELFARE},
        "director": {Tier.MOVEMENT, Tier.WELFARE},
        "finance": frozenset(),
        "safeguarding": {Tier.IDENTITY, Tier.WELFARE, Tier.EVIDENCE},
    }
    for key, each in opened.items():
        assert each is not None
        assert bool(each.summary) is (Tier.WELFARE in each.tiers), key
        assert bool(each.outline) is (Tier.MOVEMENT in each.tiers), key
        assert bool(each.names) is (Tier.IDENTITY in each.tiers), key
        assert ("박은주" in str(each.names)) is (Tier.IDENTITY in each.tiers), key


def test_nothing_is_read_again_until_something_is_written(office: Office) -> None:
    case = asked(office)
    index, person = filled(office, "caseworker"), office.person("caseworker")
    before = index.get(case.pk)
    with CaptureQueriesContext(connection) as queries:
        index.catch_up(person, at=office.later())
    if connection.vendor == "sqlite":  # PostgreSQL names again what this test's own transaction wrote
        assert len(queries) <= 2
    assert index.get(case.pk) == before
    set_priority(keyring=office.keyring("case_lead"), case=case, priority=Priority.EMERGENCY, at=office.later())
    assert index.get(case.pk) == before
    index.catch_up(person, at=office.later())
    after = index.get(case.pk)
    assert after is not None
    assert after.summary is not None
    assert after.summary.priority is Priority.EMERGENCY


def test_new_cases_changes_and_closures_arrive(office: Office) -> None:
    first = asked(office)
    index, keyring = filled(office, "case_lead"), office.keyring("caseworker")
    second = entered(office)
    index.catch_up(office.person("case_lead"), at=office.later())
    assert codes(index) == [second.code, first.code]
    change_case(keyring=keyring, case=first, seen_version=1, values={"note": "again"}, at=office.later())
    index.catch_up(office.person("case_lead"), at=office.later())
    assert codes(index) == [first.code, second.code]
    assert index.count("all") == 2
    Case.objects.filter(pk=second.pk).update(closed_at=office.later())
    index.catch_up(office.person("case_lead"), at=office.later())
    entry = index.get(second.pk)
    assert entry is not None
    assert not entry.open
    assert index.count("all") == 1


def test_a_key_that_was_given_or_taken_is_seen_at_the_next_look(office: Office) -> None:
    case, officer = entered(office), office.person("field_officer")
    index, lead = filled(office, "field_officer"), office.keyring("case_lead")
    assert codes(index) == []
    given: dict[str, Any] = {"record": case.record, "person": officer, "tiers": {Tier.MOVEMENT}}
    give_access(keyring=lead, at=office.later(), **given)
    index.catch_up(officer, at=office.later())
    assert codes(index) == [case.code]
    take_access(keyring=lead, at=office.later(), **given)
    index.catch_up(officer, at=office.later())
    assert codes(index) == []
    give_access(keyring=lead, at=office.later(), **given)
    take_access(keyring=office.keyring("director"), at=office.later(), **given)
    index.catch_up(officer, at=office.later())
    assert codes(index) == []


def test_with_other_roles_everything_is_looked_at_anew(office: Office) -> None:
    case = entered(office)
    index = filled(office, "finance")
    assert codes(index) == [case.code]
    change_roles(
        keyring=office.keyring("director"),
        person=office.person("finance"),
        roles=[Role.COMMUNICATIONS],
        team_id=None,
        at=office.later(),
    )
    index.catch_up(office.person("finance"), at=office.later())
    assert codes(index) == []


def test_counts_follow_and_are_those_of_the_list(office: Office) -> None:
    index = filled(office, "caseworker")
    for _ in range(3):
        asked(office)
    case = asked(office)
    keyring, today = office.keyring("caseworker"), office.now.date()
    add_task(keyring=keyring, case=case, what="other", due=today - timedelta(days=1), at=office.later())
    index.catch_up(office.person("caseworker"), at=office.later())

    def counted() -> dict[tuple[str, Reason], int]:
        return {(whose, why): index.count(whose, why) for whose in ("mine", "team", "all") for why in Reason}

    def listed() -> dict[tuple[str, Reason], int]:
        rows = [each for each in index.newest_first() if each.open]
        return {(whose, why): sum(whose in each.whose and why in each.why for each in rows) for whose, why in counted()}

    assert counted() == listed()
    assert index.count("mine", Reason.OVERDUE) == 1
    late = office.later(days=40)
    index.catch_up(office.person("caseworker"), at=late)
    assert counted() == listed()
    assert index.count("mine", Reason.OVERDUE) == index.count("mine", Reason.QUIET) == 4


def test_it_fills_newest_first_for_as_long_as_it_may(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [entered(office) for _ in range(5)]
    monkeypatch.setattr(index_module, "AT_ONCE", 2)
    index, ticks = Index(office.keyring("case_lead")), count()
    person, at = office.person("case_lead"), office.later()
    first = index.catch_up(person, at=at, seconds=1, clock=lambda: float(next(ticks)))
    assert (first.read, first.of, first.done) == (2, 5, False)
    assert codes(index) == [each.code for each in reversed(made[3:])]
    change_case(
        keyring=office.keyring("caseworker"),
        case=made[0],
        seen_version=1,
        values={"note": "newer"},
        at=office.later(),
    )
    assert index.catch_up(person, at=at).done
    assert codes(index) == [each.code for each in (made[0], made[4], made[3], made[2], made[1])]


def test_what_was_changed_while_it_was_read_is_not_put_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    case, other = entered(office), entered(office)
    index, person, read = Index(office.keyring("case_lead")), office.person("case_lead"), Reading.entries

    def slow(self: Reading, ids: list[UUID]) -> dict[UUID, Entry]:
        """Read two cases, and give back what was read only after somebody changed one and another page was asked for."""
        found = read(self, ids)
        if len(ids) == 2:
            values = {"note": "newer"}
            worker = office.keyring("caseworker")
            change_case(keyring=worker, case=case, seen_version=1, values=values, at=office.later())
            half = index.catch_up(person, at=office.later(), seconds=0)
            assert (half.read, half.of, codes(index)) == (0, 2, [case.code])
        return found

    monkeypatch.setattr(Reading, "entries", slow)
    assert index.catch_up(person, at=office.later()).done
    assert codes(index) == [case.code, other.code]
    assert [each.version for each in index.newest_first()] == [2, 1]
    assert index.count("all") == 2


def test_what_could_not_be_read_is_tried_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    entered(office)
    index, person, read = Index(office.keyring("case_lead")), office.person("case_lead"), Reading.entries

    def fail(*_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(Reading, "entries", fail)
    with pytest.raises(DatabaseError):
        index.catch_up(person, at=office.later())
    assert index.progress == Progress(0, 1)
    monkeypatch.setattr(Reading, "entries", read)
    assert index.catch_up(person, at=office.later()).done
    assert len(codes(index)) == 1


def test_what_waits_and_was_changed_is_read_at_once(office: Office) -> None:
    old, _ = entered(office), entered(office)
    index, person = Index(office.keyring("case_lead")), office.person("case_lead")
    assert index.catch_up(person, at=office.later(), seconds=0).read == 0
    change_case(
        keyring=office.keyring("caseworker"), case=old, seen_version=1, values={"note": "newer"}, at=office.later()
    )
    assert index.catch_up(person, at=office.later(), seconds=0) == Progress(1, 2)
    assert codes(index) == [old.code]


def test_of_many_changed_at_once_those_that_wait_keep_their_turn(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "MOVED", 1)
    made = [entered(office) for _ in range(3)]
    index, person = Index(office.keyring("case_lead")), office.person("case_lead")
    index.catch_up(person, at=office.later(), seconds=0)
    for case in made:
        values = {"note": "newer"}
        change_case(keyring=office.keyring("caseworker"), case=case, seen_version=1, values=values, at=office.later())
    assert index.catch_up(person, at=office.later(), seconds=0) == Progress(0, 3)
    assert index.catch_up(person, at=office.later()).done
    assert codes(index) == [each.code for each in reversed(made)]


def test_a_code_is_found_and_what_may_be_opened_is_counted(office: Office) -> None:
    case = entered(office)
    index = filled(office, "case_lead")
    assert (index.coded(case.code), index.coded("nobody's"), index.opened) == (index.get(case.pk), None, 1)
    assert filled(office, "auditor").opened == 0


def test_one_entry_tells_that_it_was_filled(office: Office) -> None:
    entered(office)
    index = filled(office, "case_lead")
    index.catch_up(office.person("case_lead"), at=office.later())
    assert LogEntry.objects.filter(kind="records.listed").count() == 1
    assert not LogEntry.objects.filter(kind="identity.opened").exists()


def test_a_keyring_has_one_index_and_it_goes_with_it(office: Office) -> None:
    keyring = office.keyring("case_lead")
    assert index_of(keyring) is index_of(keyring)
    assert index_of(keyring) is not index_of(office.keyring("case_lead"))
    with pytest.raises(RuntimeError):
        _ = index_of(keyring).reader
    assert "박은주" not in repr(filled(office, "case_lead").newest_first())


def test_a_value_that_was_damaged_takes_no_list_with_it(office: Office) -> None:
    case, other = asked(office), asked(office)
    close_case(keyring=office.keyring("caseworker"), case=other, at=office.later(), outcome="withdrew")
    from waystation.store.sealed_value import SealedValue

    Case.objects.filter(pk=case.pk).update(summary=SealedValue(b"\x00\x00\x00\x01damaged"))
    entry = filled(office, "caseworker").get(case.pk)
    assert entry is not None
    assert entry.summary is None


def test_what_moved_since_is_remembered_and_after_beginning_anew_it_is_not(office: Office) -> None:
    first, second = entered(office), entered(office)
    index, person = Index(office.keyring("case_lead")), office.person("case_lead")
    assert index.moved_since(-1) is None
    assert index.catch_up(person, at=office.later()).done
    then = index.generation
    assert index.moved_since(then) == set()
    change_case(
        keyring=office.keyring("caseworker"), case=first, seen_version=1, values={"note": "newer"}, at=office.later()
    )
    index.catch_up(person, at=office.later())
    assert index.moved_since(then) == {first.pk}
    assert index.moved_since(then - 1) in (None, {first.pk, second.pk})
    assert index.moved_since(-1) is None
