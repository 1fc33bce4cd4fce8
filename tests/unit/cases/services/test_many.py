import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, summary
from waystation.accounts.roles import Role
from waystation.cases.models import Case
from waystation.cases.services import close_case, set_priority
from waystation.cases.services.many import KINDS, Changed, TakenBack, change_many, take_back
from waystation.cases.steps.vocabulary import Priority
from waystation.continuity.errors import StoppedError
from waystation.kernel import BadInputError
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db


def changed(office: Office, cases: list[Case], kind: str, to: str, by: str = "case_lead") -> Changed:
    ids = [case.pk for case in cases]
    return change_many(keyring=office.keyring(by), case_ids=ids, kind=kind, to=to, at=office.later())


def test_priorities_are_set_and_taken_back_where_nobody_changed_them_since(office: Office) -> None:
    first, second, third = asked(office), asked(office), asked(office)
    keyring = office.keyring("case_lead")
    set_priority(keyring=keyring, case=third, priority=Priority.URGENT, at=office.later())
    done = changed(office, [first, second, third], "priority", "urgent")
    assert ([way.case_id for way in done.ways], done.refused) == ([first.pk, second.pk], 0)
    set_priority(keyring=keyring, case=second, priority=Priority.EMERGENCY, at=office.later())
    assert take_back(keyring=keyring, changed=done, at=office.later()).done == 1
    now = [summary(office, case).priority for case in (first, second, third)]
    assert now == [Priority.NORMAL, Priority.EMERGENCY, Priority.URGENT]


def test_an_owner_is_set_with_the_keys_and_taken_back_without_them(office: Office) -> None:
    case = asked(office)
    office.admit("other", "Somebody Else", [Role.CASEWORKER])
    done = changed(office, [case], "owner", str(office.id("other")))
    assert summary(office, case).owner == office.id("other")
    assert Tier.IDENTITY in office.keyring("other").tiers_of(case.record)
    assert take_back(keyring=office.keyring("case_lead"), changed=done, at=office.later()).done == 1
    assert summary(office, case).owner == office.id("caseworker")
    assert Tier.IDENTITY in office.keyring("other").tiers_of(case.record)
    assert changed(office, [case], "owner", str(office.id("caseworker"))).ways == ()


def test_a_flag_is_raised_and_lowered_again(office: Office) -> None:
    case = asked(office)
    done = changed(office, [case], "flag", "medical", "caseworker")
    assert summary(office, case).flags == ("medical",)
    for _ in range(2):
        assert take_back(keyring=office.keyring("caseworker"), changed=done, at=office.later()).done == 1
    assert summary(office, case).flags == ()


def test_what_is_refused_for_one_hinders_no_other(office: Office) -> None:
    ours, closed = asked(office), asked(office)
    close_case(keyring=office.keyring("caseworker"), case=closed, outcome="withdrew", at=office.later())
    done = changed(office, [closed, ours], "priority", "urgent", "caseworker")
    assert ([way.case_id for way in done.ways], done.refused) == ([ours.pk], 1)
    theirs = changed(office, [ours], "priority", "normal", "field_officer")
    assert (theirs.ways, theirs.refused) == ((), 1)


@pytest.mark.parametrize(
    ("kind", "to"),
    [("name", "x"), ("priority", "now"), ("owner", "nobody"), ("owner", "00000000-0000-0000-0000-000000000009")],
)
def test_what_is_not_declared_changes_nothing(office: Office, kind: str, to: str) -> None:
    case = asked(office)
    before = Case.objects.get(pk=case.pk).version
    with pytest.raises(BadInputError):
        changed(office, [case], kind, to)
    assert Case.objects.get(pk=case.pk).version == before
    assert kind not in KINDS or kind in {"priority", "owner"}


def test_an_undeclared_flag_is_refused(office: Office) -> None:
    with pytest.raises(BadInputError):
        changed(office, [asked(office)], "flag", "because")


def test_it_tells_how_far_it_is_and_what_was_changed_when_it_is_stopped(office: Office) -> None:
    cases, keyring, told = [asked(office) for _ in range(3)], office.keyring("case_lead"), []

    def steps(name: str, done: int, total: int) -> None:
        told.append((name, done, total))
        if done == 2:
            raise StoppedError("enough")

    ids = [case.pk for case in cases]
    done = change_many(keyring=keyring, case_ids=ids, kind="priority", to="urgent", at=office.later(), steps=steps)
    assert told == [("change", 0, 3), ("change", 1, 3), ("change", 2, 3)]
    assert ([way.case_id for way in done.ways], done.left) == (ids[:2], 1)
    assert summary(office, cases[2]).priority is Priority.NORMAL
    assert take_back(keyring=keyring, changed=done, at=office.later(), steps=steps) == TakenBack(2, 0)

    def at_once(*_: object) -> None:
        raise StoppedError("at once")

    done = changed(office, cases, "priority", "urgent")
    assert take_back(keyring=keyring, changed=done, at=office.later(), steps=at_once) == TakenBack(0, 3)
