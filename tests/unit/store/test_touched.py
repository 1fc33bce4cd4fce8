from collections.abc import Callable

import pytest
from django.db import connection, transaction

from tests.unit.store.sheets import NOON, VALUES, Office, Sheet
from waystation.store.models import Grant, Record
from waystation.store.tiers import Tier
from waystation.store.touched import keep_count, position, touched_since, watch_table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sheets_are_watched(db: None) -> None:
    watch_table(Sheet)


def named(place: int) -> set[object]:
    return set(touched_since(place)[0])


def test_nothing_is_named_until_something_is_written(desk: Office) -> None:
    found, place = touched_since(position())
    # PostgreSQL names what the transaction under way wrote itself.
    assert found <= {desk.record.pk}
    assert place >= 0


def test_every_way_of_writing_is_counted(desk: Office) -> None:
    other = desk.ada.create_record(kind="case", recipients={desk.ada.person_id: set(Tier)}, at=NOON)
    ways: list[Callable[[], object]] = [
        lambda: Sheet._base_manager.filter(record=other).update(code="changed at once"),
        lambda: Record.objects.filter(pk=other.pk).update(team_id=desk.ada.person_id),
        lambda: desk.ada.give(other, Tier.IDENTITY, desk.people.cards[desk.ben.person_id]),
        lambda: desk.ada.take(other, Tier.IDENTITY, desk.ben.person_id, at=NOON),
        lambda: desk.ben.take(other, Tier.EVIDENCE, desk.ada.person_id, at=NOON),
        lambda: Sheet._base_manager.filter(record=other).delete(),
        lambda: desk.ada.shred(other, at=NOON),
    ]
    sheet = Sheet(record=other)
    desk.ada.seal(sheet, **VALUES)
    sheet.save()
    for way in ways:
        place = position()
        way()
        assert other.pk in named(place)
        if connection.vendor == "sqlite":
            assert named(place) == {other.pk}


def test_what_was_undone_is_not_named(desk: Office) -> None:
    place = position()
    with transaction.atomic():
        desk.ada.give(desk.record, Tier.IDENTITY, desk.people.cards[desk.eve.person_id])
        transaction.set_rollback(True)
    if connection.vendor == "sqlite":
        assert named(place) == set()


def test_reading_is_not_counted(desk: Office) -> None:
    place = position()
    desk.again(desk.ada).open(desk.sheet)
    assert list(Grant.objects.all())
    if connection.vendor == "sqlite":
        assert touched_since(place) == (set(), place)


def test_to_begin_counting_again_changes_nothing(desk: Office) -> None:
    place = position()
    keep_count()
    Record.objects.filter(pk=desk.record.pk).update(team_id=None)
    assert desk.record.pk in named(place)
