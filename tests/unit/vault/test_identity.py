from dataclasses import replace
from itertools import pairwise, permutations
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.bindings import crypto_scalarmult, crypto_sign

from waystation.vault import (
    RECOVERY,
    Card,
    Identity,
    NoKeyError,
    TamperedError,
    TooLargeError,
    admit,
    new_box_pair,
    new_identity,
    new_recovery,
    open_box,
    seal_to,
    sign,
    trusted_cards,
    verify,
)
from waystation.vault.cipher import LARGEST_VALUE
from waystation.vault.identity import OFFICE

# RFC 7748, section 6.1: two secrets, their public keys, and what they agree on
X25519 = [
    (
        "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
        "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
    ),
    (
        "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
        "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
    ),
]
X25519_SHARED = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"
# RFC 8032, section 7.1, test 1: seed, public key, signature of nothing
ED25519_SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
ED25519_PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
ED25519_SIGNATURE = (
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
    "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)
ED25519_ORDER = 2**252 + 27742317777372353535851937790883648493
# The seven encodings of points of low order on Curve25519: whatever is sealed to them, anybody can open.
LOW_ORDER = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]


def a_person() -> Identity:
    return new_identity(uuid4())


def own_card(person: Identity) -> Card:
    return admit(person, person.person_id, person.box_public, person.sign_public)


def card_of(person: Identity, by: Identity) -> Card:
    return admit(by, person.person_id, person.box_public, person.sign_public)


@pytest.mark.parametrize(("secret", "public"), X25519)
def test_box_keys_are_those_of_rfc_7748(secret: str, public: str) -> None:
    person = Identity(UUID(int=9), bytes.fromhex(secret), bytes(32))
    assert person.box_public.hex() == public
    other = next(secret for secret, theirs in X25519 if theirs != public)
    assert crypto_scalarmult(bytes.fromhex(other), person.box_public).hex() == X25519_SHARED


def test_signing_keys_are_those_of_rfc_8032() -> None:
    person = Identity(UUID(int=9), bytes(32), bytes.fromhex(ED25519_SEED))
    assert person.sign_public.hex() == ED25519_PUBLIC
    seed_and_public = bytes.fromhex(ED25519_SEED + ED25519_PUBLIC)
    assert crypto_sign(b"", seed_and_public)[:64].hex() == ED25519_SIGNATURE
    with pytest.raises(
        TamperedError
    ):  # a signature of the bare message is none of ours: ours are of a message so named
        verify(person.sign_public, b"", bytes.fromhex(ED25519_SIGNATURE))


def test_an_identity_shows_no_secret() -> None:
    person = a_person()
    for secret in (person.box_secret, person.sign_secret, new_box_pair().secret):
        assert repr(secret) not in repr(person)
        assert secret.hex() not in repr(person)
    assert "secret" not in repr(new_box_pair())


@pytest.mark.parametrize(("box", "signing"), [(b"", bytes(32)), (bytes(32), bytes(64)), (bytes(31), bytes(32))])
def test_secrets_have_32_bytes(box: bytes, signing: bytes) -> None:
    with pytest.raises(TamperedError):
        Identity(UUID(int=9), box, signing)


@settings(deadline=None, max_examples=30)
@given(message=st.binary(max_size=200), other=st.binary(max_size=200))
def test_a_signature_holds_for_its_message_and_signer_alone(message: bytes, other: bytes) -> None:
    person, stranger = a_person(), a_person()
    signature = sign(person, message)
    assert len(signature) == 64
    verify(person.sign_public, message, signature)
    with pytest.raises(TamperedError):
        verify(stranger.sign_public, message, signature)
    if other != message:
        with pytest.raises(TamperedError):
            verify(person.sign_public, other, signature)


def test_every_flipped_bit_of_a_signature_is_noticed() -> None:
    person = a_person()
    signature = sign(person, b"entry 7")
    for bit in range(512):
        changed = (int.from_bytes(signature, "big") ^ 1 << bit).to_bytes(64, "big")
        with pytest.raises(TamperedError):
            verify(person.sign_public, b"entry 7", changed)


def test_a_signature_has_one_form_only() -> None:
    person = a_person()
    signature = sign(person, b"entry 7")
    twin = int.from_bytes(signature[32:], "little") + ED25519_ORDER
    with pytest.raises(TamperedError):
        verify(person.sign_public, b"entry 7", signature[:32] + twin.to_bytes(32, "little"))


@pytest.mark.parametrize("signature", [b"", bytes(63), bytes(64), bytes(65)])
@pytest.mark.parametrize("public", [b"", bytes(31), bytes(32), b"\x01" + bytes(31), b"\xff" * 32])
def test_nonsense_is_no_signature(public: bytes, signature: bytes) -> None:
    with pytest.raises(TamperedError):
        verify(public, b"", signature)


@settings(deadline=None, max_examples=30)
@given(st.binary(max_size=300))
def test_a_box_opens_for_its_owner_alone(plain: bytes) -> None:
    owner, other = a_person(), a_person()
    sealed = seal_to(owner.box_public, plain)
    assert len(sealed) == len(plain) + 49
    assert open_box(owner.box_secret, sealed) == plain
    assert owner.box_public not in sealed
    with pytest.raises(NoKeyError):
        open_box(other.box_secret, sealed)


def test_what_a_database_driver_gives_opens_as_well() -> None:
    owner = a_person()
    assert open_box(owner.box_secret, memoryview(seal_to(owner.box_public, b"a key"))) == b"a key"


def test_every_flipped_bit_and_cut_of_a_box_is_noticed() -> None:
    owner = a_person()
    sealed = seal_to(owner.box_public, bytes(32))
    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(NoKeyError):
            open_box(owner.box_secret, bytes(changed))
    for length in range(len(sealed)):
        with pytest.raises(NoKeyError):
            open_box(owner.box_secret, sealed[:length])
    with pytest.raises(NoKeyError):
        open_box(owner.box_secret, sealed + b"\0")


def test_even_the_bit_that_x25519_ignores_is_noticed() -> None:
    owner = a_person()
    changed = bytearray(seal_to(owner.box_public, b"a key"))
    changed[32] ^= 0x80
    with pytest.raises(NoKeyError):  # the point is part of the nonce
        open_box(owner.box_secret, bytes(changed))


@pytest.mark.parametrize("point", LOW_ORDER)
def test_nothing_is_sealed_to_a_point_of_low_order(point: str) -> None:
    with pytest.raises(TamperedError):
        seal_to(bytes.fromhex(point), b"a key")


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(33)])
def test_a_public_key_has_32_bytes(public: bytes) -> None:
    with pytest.raises(TamperedError):
        seal_to(public, b"a key")
    with pytest.raises(TamperedError):
        admit(a_person(), uuid4(), public, bytes(32))
    with pytest.raises(TamperedError):
        admit(a_person(), uuid4(), bytes(32), public)


def test_ids_that_stand_for_no_person_stay_what_they_are() -> None:
    assert (UUID(int=0), UUID(int=1)) == (RECOVERY, OFFICE)


def test_a_box_has_a_largest_size() -> None:
    owner = a_person()
    sealed = seal_to(owner.box_public, bytes(LARGEST_VALUE))
    assert open_box(owner.box_secret, sealed) == bytes(LARGEST_VALUE)
    with pytest.raises(NoKeyError):
        open_box(owner.box_secret, sealed + b"\0")
    with pytest.raises(TooLargeError):
        seal_to(a_person().box_public, bytes(LARGEST_VALUE + 1))


def test_a_chain_from_the_root_is_trusted_in_any_order() -> None:
    root, first, second, third = (a_person() for _ in range(4))
    cards = [own_card(root), card_of(first, root), card_of(second, first), card_of(third, second)]
    for order in permutations(cards):
        assert trusted_cards(order, root.sign_public) == {card.person_id: card for card in cards}


def test_whoever_is_not_tied_to_the_root_is_left_out() -> None:
    root, member, stranger, friend = (a_person() for _ in range(4))
    good = [own_card(root), card_of(member, root)]
    bad = [
        own_card(stranger),  # vouches for itself
        card_of(friend, stranger),
        replace(card_of(stranger, root), box_public=friend.box_public),  # a key exchanged after signing
        replace(card_of(stranger, root), sign_public=friend.sign_public),
        replace(card_of(stranger, root), person_id=uuid4()),
        replace(card_of(stranger, root), signature=bytes(64)),
        replace(card_of(stranger, root), signature=b""),
        replace(card_of(stranger, stranger), admitted_by=root.person_id),
        replace(card_of(stranger, member), admitted_by=uuid4()),
    ]
    assert trusted_cards([*bad, *good], root.sign_public) == {card.person_id: card for card in good}


def test_two_who_vouch_for_each_other_are_not_trusted() -> None:
    root, one, two = a_person(), a_person(), a_person()
    cards = [own_card(root), card_of(one, two), card_of(two, one)]
    assert set(trusted_cards(cards, root.sign_public)) == {root.person_id}


def test_another_root_trusts_nobody() -> None:
    root, member = a_person(), a_person()
    assert trusted_cards([own_card(root), card_of(member, root)], a_person().sign_public) == {}
    assert trusted_cards([], root.sign_public) == {}


def test_the_recovery_key_vouches_for_new_keys_and_goes_first() -> None:
    root, member, recovery = a_person(), a_person(), new_recovery()
    renewed = new_identity(member.person_id)
    old, new = card_of(member, root), card_of(renewed, recovery.identity)
    assert new.admitted_by == RECOVERY
    for order in permutations([own_card(root), old, new]):
        chosen = trusted_cards(order, root.sign_public, recovery.public.sign_public)
        assert chosen[member.person_id] == new
    assert trusted_cards([own_card(root), old, new], root.sign_public)[member.person_id] == old
    other = new_recovery().public.sign_public
    assert trusted_cards([own_card(root), old, new], root.sign_public, other)[member.person_id] == old


def test_whom_the_root_admitted_stays_after_the_root_was_given_new_keys() -> None:
    root, member, recovery = a_person(), a_person(), new_recovery()
    renewed = new_identity(root.person_id)
    cards = [card_of(member, root), card_of(renewed, recovery.identity)]
    assert len(trusted_cards(cards, root.sign_public, recovery.public.sign_public)) == 2


def test_a_person_with_an_old_and_a_new_card_vouches_with_both() -> None:
    root, lead, early, late, recovery = (*(a_person() for _ in range(4)), new_recovery())
    renewed = new_identity(lead.person_id)
    cards = [
        card_of(late, renewed),
        card_of(early, lead),
        card_of(lead, root),
        card_of(renewed, recovery.identity),
        own_card(root),
    ]
    assert len(trusted_cards(cards, root.sign_public, recovery.public.sign_public)) == 4


@pytest.mark.parametrize("reserved", [RECOVERY, OFFICE])
def test_a_member_cannot_make_a_card_for_the_organisation_itself(reserved: UUID) -> None:
    root, member, victim = a_person(), a_person(), a_person()
    false_recovery = new_identity(reserved)
    cards = [
        own_card(root),
        card_of(member, root),
        card_of(victim, root),
        card_of(false_recovery, member),
        card_of(new_identity(victim.person_id), false_recovery),
    ]
    chosen = trusted_cards(cards, root.sign_public, new_recovery().public.sign_public)
    assert reserved not in chosen
    assert chosen[victim.person_id] == cards[2]


def test_what_was_signed_as_a_message_never_passes_for_a_card() -> None:
    root, stranger = a_person(), a_person()
    card = card_of(stranger, root)
    text = (
        b"waystation card 1\x00" + stranger.person_id.bytes + root.person_id.bytes + card.box_public + card.sign_public
    )
    forged = replace(card, signature=sign(root, text))
    assert trusted_cards([forged], root.sign_public) == {}
    assert set(trusted_cards([card], root.sign_public)) == {stranger.person_id}


def test_a_thousand_cards_in_one_chain() -> None:
    people = [a_person() for _ in range(1000)]
    cards = [own_card(people[0])] + [card_of(new, by) for by, new in pairwise(people)]
    assert len(trusted_cards(reversed(cards), people[0].sign_public)) == 1000
