from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.unit.store.sheets import NOON, Office
from waystation.store.keyring.finding import AT_ONCE, Finder, Handings, Sought, parts, tags_of
from waystation.store.keyring.places import Place
from waystation.store.keyring.trust import Trust
from waystation.store.models import Grant
from waystation.store.tiers import Tier
from waystation.vault import RECOVERY, admit, new_identity


def finder_of(desk: Office, number: int) -> Finder:
    identity = list(desk.people.identities.values())[number]
    trust = Trust(desk.people.root.sign_public, desk.people.recovery.public, desk.people.cards)
    return Finder(Handings(identity), trust, lambda: False)


def sought(desk: Office, record_id: UUID) -> dict[Place, Sought]:
    return {Place(record_id, tier): Sought(1, desk.ada.person_id) for tier in Tier}


def test_ones_own_are_found_with_one_query_and_the_others_own_are_not(desk: Office) -> None:
    wanted = sought(desk, desk.record.pk)
    with CaptureQueriesContext(connection) as asked:
        found = finder_of(desk, 1).find(wanted)
    assert len(asked) == 1
    assert {place: each.key for place, each in found.items()} == {
        place: desk.ada.key_of_version(place.record_id, place.tier, 1) for place in wanted
    }
    assert all(each.vouched for each in found.values())
    assert finder_of(desk, 2).find(wanted) == {}


def test_what_somebody_else_than_the_maker_gave_is_found_too(desk: Office) -> None:
    eve = desk.people.cards[desk.eve.person_id]
    desk.ben.give(desk.record, Tier.WELFARE, eve)
    found = finder_of(desk, 2).find(sought(desk, desk.record.pk))
    assert list(found) == [Place(desk.record.pk, Tier.WELFARE)]
    assert found[Place(desk.record.pk, Tier.WELFARE)].vouched


def test_a_key_whose_maker_does_not_keep_it_is_found_by_trying_and_not_vouched_for(desk: Office) -> None:
    record = desk.ada.create_record(kind="case", recipients={desk.eve.person_id: {Tier.EVIDENCE}}, at=NOON)
    grants = Grant.objects.filter(record=record)
    assert set(grants.values_list("hint", flat=True)) == {None}
    found = finder_of(desk, 2).find(sought(desk, record.pk))
    assert [(place.tier, each.vouched) for place, each in found.items()] == [(Tier.EVIDENCE, False)]
    assert desk.people.keyring(desk.ada.person_id).tiers_of(record) == frozenset()
    assert desk.again(desk.eve).tiers_of(record) == {Tier.EVIDENCE}


def test_handing_over_gives_a_hint_and_changes_nobody(desk: Office) -> None:
    record = desk.ada.create_record(
        kind="case", recipients={each: {Tier.EVIDENCE} for each in (desk.ben.person_id, desk.eve.person_id)}, at=NOON
    )
    before = desk.ben.holders(record, Tier.EVIDENCE)
    assert desk.ben.hand_over(record, Tier.EVIDENCE) == 3  # the recovery key's too
    assert desk.ben.hand_over(record, Tier.EVIDENCE) == 0
    assert None not in Grant.objects.filter(record=record, tier=Tier.EVIDENCE).values_list("hint", flat=True)
    assert desk.again(desk.eve).holders(record, Tier.EVIDENCE) == before
    place = Place(record.pk, Tier.EVIDENCE)
    assert finder_of(desk, 2).find({place: Sought(1, desk.ben.person_id)})[place].vouched


def test_the_recovery_key_finds_what_it_was_given(desk: Office) -> None:
    trust = Trust(desk.people.root.sign_public, desk.people.recovery.public, desk.people.cards)
    finder = Finder(Handings(desk.people.recovery.identity), trust, lambda: False)
    assert finder.find(sought(desk, desk.record.pk)).keys() == sought(desk, desk.record.pk).keys()
    assert RECOVERY in trust.boxes()


def test_a_giver_who_came_since_is_looked_for(desk: Office) -> None:
    new = new_identity(uuid4())
    card = admit(desk.people.root, new.person_id, new.box_public, new.sign_public)
    cards = {**desk.people.cards, new.person_id: card}
    desk.ada.give(desk.record, Tier.WELFARE, card)
    giver = Trust(desk.people.root.sign_public, desk.people.recovery.public, cards)
    assert new.person_id in giver.boxes()
    from waystation.store.keyring.ring import Keyring

    ring = Keyring(new, desk.people.root.sign_public, desk.people.recovery.public, cards)
    ring.give(desk.record, Tier.WELFARE, desk.people.cards[desk.eve.person_id])
    eve = desk.people.identities[desk.eve.person_id]
    known = (desk.people.root.sign_public, desk.people.recovery.public, desk.people.cards)
    assert Keyring(eve, *known).tiers_of(desk.record) == frozenset()
    assert Keyring(eve, *known, more_cards=lambda: [card]).tiers_of(desk.record) == {Tier.WELFARE}


def test_hints_tell_nothing_about_who_is_who(desk: Office) -> None:
    hints = [bytes(hint or b"") for hint in Grant.objects.values_list("hint", flat=True)]
    assert len(set(hints)) == len(hints) == 3 * len(Tier)


def test_tags_and_parts(desk: Office) -> None:
    place = Place(desk.record.pk, Tier.IDENTITY)
    assert len(tags_of({place: 1})[place]) == 3
    assert tags_of({place: 2}) == {place: set()}
    assert [len(each) for each in parts([uuid4() for _ in range(AT_ONCE + 1)])] == [AT_ONCE, 1]


@pytest.mark.parametrize("number", [0, 1])
def test_a_wrong_version_finds_nothing(desk: Office, number: int) -> None:
    place = Place(desk.record.pk, Tier.IDENTITY)
    assert finder_of(desk, number).find({place: Sought(2, desk.ada.person_id)}) == {}
