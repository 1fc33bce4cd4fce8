"""The organisation's last way back: one secret, five people, any three of them."""

import hmac
import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share

from waystation.vault.age import recipient_of, secret_text
from waystation.vault.cipher import KEY_BYTES, checked_key, derived_key
from waystation.vault.errors import MistypedShareError, WrongSecretError
from waystation.vault.identity import RECOVERY, Identity
from waystation.vault.passphrase import folded

SHARES: Final = 5
NEEDED: Final = 3

_LONGEST_SHARE = 1024


@dataclass(frozen=True)
class RecoveryPublic:
    """What everybody may know of the recovery key: to seal to it, to check its signatures, to encrypt backups to it."""

    box_public: bytes
    sign_public: bytes
    age_recipient: str


@dataclass(frozen=True)
class RecoverySecret:
    """The organisation's recovery secret, 32 bytes. It exists on paper only, in five shares, and in memory while it is used."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        checked_key(self.secret)

    @cached_property
    def identity(self) -> Identity:
        """Its box and signing keys, under the id that stands for no person; ``admit`` takes it."""
        box, signing = (derived_key(self.secret, label) for label in (b"waystation.r.box", b"waystation.r.sig"))
        return Identity(RECOVERY, box, signing)

    @cached_property
    def age_secret(self) -> str:
        """The key as the age tool reads it, ``AGE-SECRET-KEY-1...``."""
        return secret_text(self._age)

    @cached_property
    def public(self) -> RecoveryPublic:
        """The public halves."""
        return RecoveryPublic(self.identity.box_public, self.identity.sign_public, recipient_of(self._age))

    @property
    def _age(self) -> bytes:
        return derived_key(self.secret, b"waystation.r.age")


def new_recovery() -> RecoverySecret:
    """Make a recovery secret at random."""
    return RecoverySecret(secrets.token_bytes(KEY_BYTES))


def shares_of(secret: RecoverySecret) -> tuple[str, ...]:
    """Write the secret as five SLIP-39 shares of 33 words; any three give it back, two tell nothing. New words at each call."""
    # Exponent 0: the secret is random, there is no passphrase to guess, so stretching would only be slow.
    (group,) = generate_mnemonics(1, [(NEEDED, SHARES)], secret.secret, iteration_exponent=0)
    return tuple(group)


def recover(shares: Sequence[str]) -> RecoverySecret:
    """Give the secret back from three or more shares, as typed (case and spaces do not matter).

    Raises
    ------
    MistypedShareError
        If single shares are wrong: mistyped, twice the same, or of another set. It names them by position, from 1.
    WrongSecretError
        If there are too few, or they do not fit together.
    """
    typed = [folded(share) for share in shares]
    parsed = _parsed(typed)
    _demand_one_set(parsed)
    if len(parsed) < NEEDED:
        raise WrongSecretError("three different shares are needed")
    try:
        found = {combine_mnemonics([*typed[:2], third]) for third in typed[2:]}
    except MnemonicError:
        raise WrongSecretError("these shares do not fit together") from None
    if len(found) != 1 or len(secret := found.pop()) != KEY_BYTES:
        raise WrongSecretError("these shares do not fit together")
    return RecoverySecret(secret)


def same_share(first: str, second: str) -> bool:
    """Tell whether two texts are the same share, whatever their case and spaces. Takes the same time wherever they differ."""
    return hmac.compare_digest(folded(first).encode(), folded(second).encode())


def _parsed(typed: Sequence[str]) -> list[Share]:
    parsed, wrong = [], []
    for position, text in enumerate(typed, start=1):
        try:
            parsed.append(Share.from_mnemonic(text[:_LONGEST_SHARE]))
        except MnemonicError:
            wrong.append(position)
    if wrong:
        # The library's own message quotes words of the share: it goes no further.
        raise MistypedShareError(tuple(wrong), "a word is missing, wrong or out of its place")
    return parsed


def _demand_one_set(parsed: Sequence[Share]) -> None:
    ours = [_is_ours(share) for share in parsed]
    if not all(ours):
        strangers = tuple(place for place, good in enumerate(ours, start=1) if not good)
        raise MistypedShareError(strangers, "not a recovery share of this program")
    sets = Counter(share.group_parameters() for share in parsed)
    if len(sets) > 1:
        (usual, count), *_ = sets.most_common(1)
        if count < 2:
            raise WrongSecretError("each of these shares belongs to another set")
        odd = tuple(place for place, share in enumerate(parsed, start=1) if share.group_parameters() != usual)
        raise MistypedShareError(odd, "from another set than the others")
    first: dict[int, int] = {}
    again = tuple(place for place, share in enumerate(parsed, 1) if first.setdefault(share.index, place) != place)
    if again:
        raise MistypedShareError(again, "given before")


def _is_ours(share: Share) -> bool:
    shape = (share.group_index, share.group_threshold, share.group_count, share.member_threshold, len(share.value))
    return shape == (0, 1, 1, NEEDED, KEY_BYTES)
