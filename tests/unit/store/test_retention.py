import ast
from datetime import timedelta
from pathlib import Path

import pytest

from tests.unit.store.sheets import NOON, Office, Sheet
from waystation.kernel import BadInputError
from waystation.store.models import Record
from waystation.store.retention import KINDS, RETENTION, Then, count_due, due
from waystation.store.tiers import Tier

SOURCE = Path(__file__).resolve().parents[3] / "src" / "waystation"
CASE = next(rule for rule in RETENTION if rule.kind == "case")


def test_every_kind_of_record_has_one_rule() -> None:
    assert len(KINDS) == len(RETENTION)
    assert all(bool(rule.counted_from) is (rule.then is Then.SHRED) for rule in RETENTION)


def test_no_record_is_made_of_a_kind_without_a_rule(desk: Office) -> None:
    with pytest.raises(BadInputError, match="retention"):
        desk.ada.create_record(kind="secret", recipients={desk.ada.person_id: set(Tier)}, at=NOON)


def test_every_kind_that_the_source_makes_has_a_rule() -> None:
    from waystation.accounts.permissions import Kind
    from waystation.cases.models import KIND

    known = {"KIND": KIND, **{f"Kind.{kind.name}": kind.value for kind in Kind}}
    made = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "create_record"
            ):
                written = next(ast.unparse(word.value) for word in node.keywords if word.arg == "kind")
                made.add(known.get(written, written.strip("'\"")))
    assert made == KINDS


def test_a_record_is_due_when_its_time_is_over(desk: Office) -> None:
    assert due(NOON + 100 * CASE.keep) == [], "time does not run while it is open"
    Sheet._base_manager.update(closed_at=NOON)
    assert due(NOON + CASE.keep - timedelta(seconds=1)) == []
    assert due(NOON + CASE.keep) == [desk.record]


def test_what_is_held_or_gone_is_never_due(desk: Office) -> None:
    Sheet._base_manager.update(closed_at=NOON)
    later = NOON + 2 * CASE.keep
    Record.objects.update(hold=True, hold_by=desk.ada.person_id)
    assert due(later) == []
    Record.objects.update(hold=False, hold_by=None)
    assert due(later) == [desk.record]
    desk.ada.shred(desk.record, at=NOON)
    assert due(later) == []


def test_the_longest_due_comes_first_and_other_kinds_never(desk: Office) -> None:
    Sheet._base_manager.update(closed_at=NOON)
    for kind, days in (("case", -3), ("case", 3), ("audit", -9), ("organisation", -9)):
        record = desk.ada.create_record(kind=kind, recipients={}, at=NOON)
        Sheet(record=record, closed_at=NOON + timedelta(days=days)).save()
    found = due(NOON + CASE.keep + timedelta(days=9))
    closed = [Sheet._base_manager.get(record=record).closed_at for record in found]
    assert closed == [NOON + timedelta(days=days) for days in (-3, 0, 3)]


def test_they_are_counted_by_kind_without_being_read(desk: Office) -> None:
    Sheet._base_manager.update(closed_at=NOON)
    later = NOON + CASE.keep
    assert count_due(later, "case") == len(due(later, "case")) == len(due(later)) == 1
    assert count_due(later, "complaint") == len(due(later, "complaint")) == 0
    assert count_due(later - timedelta(days=1), "case") == 0
