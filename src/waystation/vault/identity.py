"""One person's keys, the cards that vouch for them, signatures, and boxes only one person opens."""

import secrets
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from uuid import UUID

from nacl.bindings import (
    crypto_box_seal,
    crypto_box_seal_open,
    crypto_scalarmult_base,
    crypto_sign,
    crypto_sign_BYTES,
    crypto_sign_open,
    crypto_sign_seed_keypair,
)
from nacl.exceptions import CryptoError

from waystation.vault.cipher import KEY_BYTES, LARGEST_VALUE, checked_key
from waystation.vault.errors import NoKeyError, TamperedError, TooLargeError

RECOVERY: Final = UUID(int=0)
"""Stands where a person's id would, for the organisation's recovery key."""
OFFICE: Final = UUID(int=1)
"""Stands where a person's id would, for an office's own keys."""

# A card made out to one of these would let whoever was admitted speak for the organisation.
_RESERVED = frozenset({RECOVERY, OFFICE})

_BOX_VERSION = b"\x01"
_CARD = b"waystation card 1\x00"
_MESSAGE = b"waystation message 1\x00"


@dataclass(frozen=True)
class BoxPair:
    """An X25519 key pair, 32 bytes each."""

    public: bytes
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class Identity:
    """Both secret keys of a person: X25519 for what is sealed to them, and the seed of Ed25519 for what they sign."""

    person_id: UUID
    box_secret: bytes = field(repr=False)
    sign_secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        checked_key(self.box_secret)
        checked_key(self.sign_secret)

    @cached_property
    def box_public(self) -> bytes:
        """X25519 public key, 32 bytes."""
        return bytes(crypto_scalarmult_base(self.box_secret))

    @cached_property
    def sign_public(self) -> bytes:
        """Ed25519 public key, 32 bytes."""
        return bytes(crypto_sign_seed_keypair(self.sign_secret)[0])


@dataclass(frozen=True)
class Card:
    """A person's public keys, signed by whoever admitted them. The root's card is signed by itself."""

    person_id: UUID
    box_public: bytes
    sign_public: bytes
    admitted_by: UUID
    signature: bytes


def new_identity(person_id: UUID) -> Identity:
    """Make a person's keys at random."""
    return Identity(person_id, secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES))


def new_box_pair() -> BoxPair:
    """Make an X25519 key pair at random."""
    secret = secrets.token_bytes(KEY_BYTES)
    return BoxPair(bytes(crypto_scalarmult_base(secret)), secret)


def sign(identity: Identity, message: bytes) -> bytes:
    """Sign a message (Ed25519, 64 bytes). What is signed here can never pass for a card."""
    return _signed(identity, _MESSAGE + message)


def verify(sign_public: bytes, message: bytes, signature: bytes) -> None:
    """Raise TamperedError unless the holder of this key signed this message with ``sign``."""
    _demand_signature(sign_public, _MESSAGE + message, signature)


def admit(by: Identity, person_id: UUID, box_public: bytes, sign_public: bytes) -> Card:
    """Vouch for a person's public keys. The root admits itself; the recovery key's identity admits whoever lost their keys."""
    for key in (box_public, sign_public):
        checked_key(key)
    message = _card_message(person_id, box_public, sign_public, by.person_id)
    return Card(person_id, box_public, sign_public, by.person_id, _signed(by, message))


def trusted_cards(
    cards: Iterable[Card], root_sign_public: bytes, recovery_sign_public: bytes | None = None
) -> dict[UUID, Card]:
    """Keep the cards that a chain of signatures ties to the root's key, or to the recovery key where one is named.

    Several cards of one person may be given: each trusted one vouches for whoever it admitted, and the one signed by the
    recovery key is returned, otherwise the first. All others are left out, whoever wrote them into the database.

    Returns
    -------
    dict[UUID, Card]
        By person. Time and memory grow with the number of cards.
    """
    waiting: dict[UUID, list[Card]] = defaultdict(list)
    anchored: list[Card] = []
    given = [card for card in cards if card.person_id not in _RESERVED]
    for card in given:
        if _anchored(card, root_sign_public, recovery_sign_public):
            anchored.append(card)
        else:
            waiting[card.admitted_by].append(card)
    trusted: set[Card] = set()
    while anchored:
        admitter = anchored.pop()
        trusted.add(admitter)
        mine = [card for card in waiting[admitter.person_id] if _vouches(admitter.sign_public, card)]
        anchored.extend(mine)
        waiting[admitter.person_id] = [card for card in waiting[admitter.person_id] if card not in mine]
    chosen: dict[UUID, Card] = {}
    for card in given:
        if card in trusted and (card.person_id not in chosen or card.admitted_by == RECOVERY):
            chosen[card.person_id] = card
    return chosen


def seal_to(box_public: bytes, plain: bytes) -> bytes:
    """Seal a short secret so that only the holder of the matching secret key opens it; nothing tells who that is.

    Returns
    -------
    bytes
        ``version 1 | sealed box``: 49 bytes more than ``plain``.

    Raises
    ------
    TamperedError
        If ``box_public`` is no usable key (not 32 bytes, or a point of low order).
    """
    if len(plain) > LARGEST_VALUE:
        raise TooLargeError("a value may have 16 MiB at most")
    try:
        return _BOX_VERSION + bytes(crypto_box_seal(plain, checked_key(box_public)))
    except (CryptoError, RuntimeError):
        raise TamperedError("this public key cannot be used") from None


def open_box(box_secret: bytes, sealed: bytes | memoryview, box_public: bytes | None = None) -> bytes:
    """Open what ``seal_to`` made for this key; anything else raises NoKeyError.

    ``box_public`` is the secret's own public half, for whoever tries many boxes with one key: it need not be computed each time.
    """
    sealed = bytes(sealed)  # PostgreSQL's driver gives a memoryview
    if not sealed.startswith(_BOX_VERSION) or len(sealed) > LARGEST_VALUE + KEY_BYTES + 17:
        raise NoKeyError("this was not sealed to this key")
    public = box_public or bytes(crypto_scalarmult_base(checked_key(box_secret)))
    try:
        return bytes(crypto_box_seal_open(sealed[1:], public, box_secret))
    except (CryptoError, RuntimeError, ValueError, TypeError):
        raise NoKeyError("this was not sealed to this key, or was changed") from None


def _anchored(card: Card, root: bytes, recovery: bytes | None) -> bool:
    if recovery is not None and card.admitted_by == RECOVERY:
        return _vouches(recovery, card)
    # The root's key vouches directly: what it signed stays good even after the root person has been given new keys.
    return _vouches(root, card)


def _vouches(sign_public: bytes, card: Card) -> bool:
    message = _card_message(card.person_id, card.box_public, card.sign_public, card.admitted_by)
    try:
        _demand_signature(sign_public, message, card.signature)
    except TamperedError:
        return False
    return len(card.box_public) == KEY_BYTES == len(card.sign_public)


def _card_message(person_id: UUID, box_public: bytes, sign_public: bytes, admitted_by: UUID) -> bytes:
    return _CARD + person_id.bytes + admitted_by.bytes + box_public + sign_public


def _signed(identity: Identity, message: bytes) -> bytes:
    secret = crypto_sign_seed_keypair(identity.sign_secret)[1]
    return bytes(crypto_sign(message, secret)[:crypto_sign_BYTES])


def _demand_signature(sign_public: bytes, message: bytes, signature: bytes) -> None:
    if len(signature) != crypto_sign_BYTES:
        raise TamperedError("a signature has 64 bytes")
    try:
        crypto_sign_open(signature + message, checked_key(sign_public))
    except (CryptoError, RuntimeError):
        raise TamperedError("this was not signed by the holder of that key, or was changed since") from None
