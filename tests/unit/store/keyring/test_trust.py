from uuid import uuid4

import pytest

from tests.unit.store.sheets import People
from waystation.kernel import BadInputError
from waystation.store.keyring.trust import Trust
from waystation.vault import RECOVERY, Card, Identity, TamperedError, admit, new_identity, sign


def trust_of(people: People, former: tuple[Card, ...] = ()) -> Trust:
    return Trust(people.root.sign_public, people.recovery.public, people.cards, former)


def card_by(admitter: Identity, of: Identity) -> Card:
    return admit(admitter, of.person_id, of.box_public, of.sign_public)


def test_keys_are_sealed_to_trusted_cards_and_the_recovery_key(people: People) -> None:
    trust = trust_of(people)
    assert trust.box_of(people.root.person_id) == people.root.box_public
    assert trust.box_of(RECOVERY) == people.recovery.public.box_public
    assert set(trust.everybody()) == {RECOVERY, *people.cards}
    with pytest.raises(BadInputError, match="trusted card"):
        trust.box_of(uuid4())


def test_a_signature_counts_by_whom_it_was_made(people: People) -> None:
    trust, (first, second, *_) = trust_of(people), list(people.identities.values())
    trust.demand_signature(first.person_id, b"message", sign(first, b"message"))
    trust.demand_signature(RECOVERY, b"message", sign(people.recovery.identity, b"message"))
    for signer, message, signature in (
        (second.person_id, b"message", sign(first, b"message")),
        (first.person_id, b"another", sign(first, b"message")),
        (uuid4(), b"message", sign(first, b"message")),
    ):
        with pytest.raises(TamperedError):
            trust.demand_signature(signer, message, signature)


def test_a_card_is_learned_from_somebody_trusted_only(people: People) -> None:
    trust, newcomer = trust_of(people), new_identity(uuid4())
    with pytest.raises(TamperedError, match="anybody"):
        trust.learn(card_by(new_identity(uuid4()), newcomer))
    with pytest.raises(TamperedError):
        trust.learn(card_by(newcomer, newcomer))
    assert newcomer.person_id not in trust.cards
    colleague = list(people.identities.values())[1]
    trust.learn(card_by(colleague, newcomer))
    assert trust.box_of(newcomer.person_id) == newcomer.box_public


def test_a_colleague_cannot_put_their_own_keys_on_anothers_card(people: People) -> None:
    trust, (_, second, third, *_) = trust_of(people), list(people.identities.values())
    false = admit(second, third.person_id, second.box_public, second.sign_public)
    with pytest.raises(TamperedError, match="another card"):
        trust.learn(false)
    assert trust.box_of(third.person_id) == third.box_public


def test_the_recovery_key_replaces_a_card_and_what_was_signed_stays_signed(people: People) -> None:
    trust, second = trust_of(people), list(people.identities.values())[1]
    renewed = new_identity(second.person_id)
    trust.learn(card_by(people.recovery.identity, renewed))
    assert trust.box_of(second.person_id) == renewed.box_public
    for identity in (second, renewed):
        trust.demand_signature(second.person_id, b"m", sign(identity, b"m"))


def test_former_cards_count_only_if_a_chain_leads_to_them(people: People) -> None:
    second = list(people.identities.values())[1]
    renewed, stranger = new_identity(second.person_id), new_identity(second.person_id)
    old = people.cards[second.person_id]
    people.cards[second.person_id] = card_by(people.recovery.identity, renewed)
    trust = trust_of(people, (old, card_by(stranger, stranger)))
    trust.demand_signature(second.person_id, b"m", sign(second, b"m"))
    with pytest.raises(TamperedError):
        trust.demand_signature(second.person_id, b"m", sign(stranger, b"m"))
    with pytest.raises(TamperedError):
        trust_of(people).demand_signature(second.person_id, b"m", sign(second, b"m"))
