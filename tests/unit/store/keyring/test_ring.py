import traceback
from uuid import uuid4

import pytest
from django.db import connection
from django.test import RequestFactory
from django.views.debug import SafeExceptionReporterFilter
from pytest_django import DjangoAssertNumQueries

from tests.unit.store.sheets import NOON, VALUES, Office, Sheet
from waystation.kernel import BadInputError
from waystation.store.models import Record
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError


def test_what_was_sealed_opens_for_those_who_were_given_it_and_nobody_else(desk: Office) -> None:
    for keyring in (desk.ada, desk.ben, desk.again(desk.ada), desk.people.recovered()):
        assert keyring.open(desk.stored()) == VALUES
    with pytest.raises(NoKeyError):
        desk.eve.open(desk.stored(), "name")


def test_giving_and_taking(desk: Office) -> None:
    desk.ada.give(desk.record, Tier.IDENTITY, desk.people.cards[desk.eve.person_id])
    assert desk.eve.open(desk.stored(), "name") == {"name": "Ri Hana"}
    assert desk.eve.tiers_of(desk.record) == {Tier.IDENTITY}
    assert desk.ada.holders(desk.record, Tier.IDENTITY) == {desk.ada.person_id, desk.ben.person_id, desk.eve.person_id}
    taken = desk.ben.take(desk.record, Tier.IDENTITY, desk.eve.person_id, at=NOON)
    assert (taken.held, taken.renewed, taken.version, taken.fields) == (True, True, 2, 3)
    with pytest.raises(NoKeyError):
        desk.eve.open(desk.stored(), "name")
    assert desk.ada.open(desk.stored()) == VALUES


def test_taking_without_the_key(desk: Office) -> None:
    taken = desk.eve.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    assert (taken.held, taken.renewed) == (None, False)
    with pytest.raises(NoKeyError):
        desk.ben.open(desk.stored(), "name")
    assert desk.ada.withdrawn(desk.record, desk.ben.person_id) == {Tier.IDENTITY}
    assert desk.ada.renew_stale(at=NOON) == 1
    assert desk.ada.renew_stale(at=NOON) == 0
    assert desk.ada.holders(desk.record, Tier.IDENTITY) == {desk.ada.person_id}
    assert desk.again(desk.ada).open(desk.stored()) == VALUES


def test_the_maker_keeps_only_what_is_named_for_them(desk: Office) -> None:
    record = desk.ada.create_record(
        kind="case",
        recipients={desk.ada.person_id: {Tier.MOVEMENT}, desk.ben.person_id: {Tier.IDENTITY}},
        team_id=desk.eve.person_id,
        at=NOON,
    )
    assert desk.ada.tiers_of(record) == {Tier.MOVEMENT}
    assert desk.ben.tiers_of(record) == {Tier.IDENTITY}
    assert desk.people.recovered().tiers_of(record) == set(Tier)
    assert desk.ada.tiers_of_many([record, desk.record]) == {record.pk: {Tier.MOVEMENT}, desk.record.pk: set(Tier)}
    assert (record.team_id, record.created_at) == (desk.eve.person_id, NOON)


def test_a_recipient_without_a_trusted_card_gets_nothing_and_nothing_is_made(desk: Office) -> None:
    before = Record.objects.count()
    with pytest.raises(BadInputError, match="trusted card"):
        desk.ada.create_record(kind="case", recipients={uuid4(): {Tier.IDENTITY}}, at=NOON)
    assert Record.objects.count() == before


def test_a_record_may_be_given_its_id(desk: Office) -> None:
    record_id = uuid4()
    assert desk.ada.create_record(kind="case", recipients={}, at=NOON, record_id=record_id).pk == record_id


def test_sealing_needs_the_key_even_to_take_a_value_away(desk: Office) -> None:
    for value in ("x", None):
        with pytest.raises(NoKeyError):
            desk.eve.seal(desk.stored(), name=value)


def test_what_was_never_given_is_none_for_everybody(desk: Office) -> None:
    row = Sheet(record=desk.record)
    row.save()
    assert desk.eve.open(row, "name") == {"name": None}


def test_with_the_key_of_one_tier_the_others_stay_closed(desk: Office) -> None:
    desk.ada.give(desk.record, Tier.MOVEMENT, desk.people.cards[desk.eve.person_id])
    assert desk.eve.open(desk.stored(), "party") == {"party": 3}
    assert desk.eve.may_open(desk.record, Tier.MOVEMENT)
    assert not desk.eve.may_open(desk.record, Tier.IDENTITY)
    with pytest.raises(NoKeyError):
        desk.eve.open(desk.stored(), "party", "name")
    with pytest.raises(NoKeyError):
        desk.eve.open(desk.stored())
    with pytest.raises(NoKeyError):
        desk.eve.holders(desk.record, Tier.IDENTITY)


def test_somebody_who_was_given_a_key_late_reads_what_was_sealed_before(desk: Office) -> None:
    with pytest.raises(NoKeyError):
        desk.eve.open(desk.stored(), "name")
    desk.ada.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    desk.ada.give(desk.record, Tier.IDENTITY, desk.people.cards[desk.eve.person_id])
    assert desk.eve.open(desk.stored(), "name") == {"name": "Ri Hana"}


def test_the_keyring_shows_nothing_of_what_it_holds(desk: Office) -> None:
    desk.ada.open(desk.stored())
    assert repr(desk.ada) == f"<Keyring of {desk.ada.person_id}>"
    assert desk.ada.root_public == desk.people.root.sign_public
    assert desk.ada.recovery == desk.people.recovery.public


def test_the_cards_it_tells_are_a_copy(desk: Office) -> None:
    desk.ada.cards.clear()
    assert desk.ada.cards == desk.people.cards


def test_what_was_forgotten_is_opened_again_when_asked_for(desk: Office) -> None:
    desk.ada.open(desk.stored())
    desk.ada.forget()
    assert desk.ada.open(desk.stored()) == VALUES


def test_a_lock_ends_with_its_block_and_shows_the_record_as_it_is(desk: Office) -> None:
    Record.objects.update(hold=True, hold_by=desk.ada.person_id)
    with desk.ada.locked(desk.record) as now:
        assert now.hold is True
        assert connection.in_atomic_block


def test_a_plaintext_is_in_no_error_and_no_report_of_one(desk: Office) -> None:
    with pytest.raises(BadInputError) as refused:
        desk.ada.seal(desk.stored(), urgency="Ri Hana of Riverside")
    assert "Hana" not in str(refused.value)
    frames = SafeExceptionReporterFilter().get_traceback_frame_variables
    shown = [
        value
        for frame, _ in traceback.walk_tb(refused.tb)
        if frame.f_code.co_name in {"seal", "sensitive_variables_wrapper"}
        for _, value in frames(RequestFactory().get("/"), frame)
    ]
    assert shown
    assert "Hana" not in repr(shown)


def test_holders_of_many_are_those_of_each(desk: Office, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    records = [desk.record]
    for number in range(20):
        tiers = set(sorted(Tier)[: number % 5])
        recipients = {desk.ada.person_id: tiers, desk.eve.person_id: set(Tier)}
        records.append(desk.ada.create_record(kind="case", recipients=recipients, at=NOON))
    desk.eve.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    fresh = desk.again(desk.ada)
    with django_assert_max_num_queries(6):
        many = fresh.holders_of_many(records)
    assert list(many) == [record.pk for record in records]
    for record in records:
        assert many[record.pk] == {tier: fresh.holders(record, tier) for tier in fresh.tiers_of(record)}
    assert many[desk.record.pk][Tier.IDENTITY] == {desk.ada.person_id}
