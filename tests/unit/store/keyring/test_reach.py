from uuid import uuid4

import pytest

from tests.unit.store.sheets import NOON, Office
from waystation.store.keyring import Keyring
from waystation.store.keyring.places import Place
from waystation.store.keyring.reach import Reach
from waystation.store.keyring.trust import Trust
from waystation.store.models import TierKey
from waystation.store.tiers import Tier
from waystation.vault import RECOVERY, NoKeyError, TamperedError, admit, new_identity


def reach_of(desk: Office, number: int) -> Reach:
    identity = list(desk.people.identities.values())[number]
    return Reach(identity, Trust(desk.people.root.sign_public, desk.people.recovery.public, desk.people.cards))


def places(desk: Office) -> list[Place]:
    return [Place(desk.record.pk, tier) for tier in Tier]


def test_what_is_usable_is_what_was_given(desk: Office) -> None:
    assert set(reach_of(desk, 0).usable(places(desk))) == set(places(desk))
    assert reach_of(desk, 2).usable(places(desk)) == {}
    with pytest.raises(NoKeyError):
        reach_of(desk, 2).demand(places(desk)[0])


def test_a_version_that_nobody_made_is_not_a_missing_key(desk: Office) -> None:
    place = places(desk)[0]
    with pytest.raises(TamperedError):
        reach_of(desk, 0).keys_for([(place, 9)])(place, 9)
    with pytest.raises(NoKeyError):
        reach_of(desk, 2).keys_for([(place, 9)])(place, 9)


def test_holders_are_told_apart_by_their_tags(desk: Office) -> None:
    reach, place = reach_of(desk, 0), places(desk)[0]
    present, strangers = reach.holders(place, reach.demand(place))
    assert (present, strangers) == ({desk.ada.person_id, desk.ben.person_id, RECOVERY}, 0)


def newcomer_who_holds_identity(desk: Office) -> tuple[list, object]:  # type: ignore[type-arg] # cards, and the newcomer
    """Let Ben admit somebody through a colleague whom Ada does not know either, and give them a key."""
    ben = desk.people.identities[desk.ben.person_id]
    colleague, newcomer = new_identity(uuid4()), new_identity(uuid4())
    first = admit(ben, colleague.person_id, colleague.box_public, colleague.sign_public)
    second = admit(colleague, newcomer.person_id, newcomer.box_public, newcomer.sign_public)
    desk.ben.learn_card(first)
    desk.ben.give(desk.record, Tier.IDENTITY, second)
    return [second, first], newcomer


def test_who_joined_meanwhile_keeps_the_key_when_it_is_renewed(desk: Office) -> None:
    cards, newcomer = newcomer_who_holds_identity(desk)
    people = desk.people
    stranger = new_identity(uuid4())
    false = admit(stranger, stranger.person_id, stranger.box_public, stranger.sign_public)
    ada = Keyring(
        people.root,
        people.root.sign_public,
        people.recovery.public,
        dict(people.cards),
        more_cards=lambda: [false, *cards],
    )
    taken = ada.take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    assert taken.strangers == 0
    everybody = people.cards | {card.person_id: card for card in cards}
    theirs = Keyring(newcomer, people.root.sign_public, people.recovery.public, everybody)  # type: ignore[arg-type]
    assert theirs.open(desk.stored(), "name") == {"name": "Ri Hana"}
    assert false.person_id not in ada.cards


def test_a_holder_whom_nobody_knows_is_counted_and_loses_the_key(desk: Office) -> None:
    newcomer_who_holds_identity(desk)
    taken = desk.again(desk.ada).take(desk.record, Tier.IDENTITY, desk.ben.person_id, at=NOON)
    assert taken.strangers == 1


def test_recipients_who_joined_meanwhile_are_looked_for(desk: Office) -> None:
    cards, newcomer = newcomer_who_holds_identity(desk)
    people = desk.people
    ada = Keyring(
        people.root, people.root.sign_public, people.recovery.public, dict(people.cards), more_cards=lambda: cards
    )
    record = ada.create_record(kind="case", recipients={cards[0].person_id: {Tier.WELFARE}}, at=NOON)
    assert TierKey.objects.filter(record=record).count() == 4
    assert newcomer is not None
