"""What one office hands to another so that bundles can go between them, and the numbers that two people compare."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from waystation.kernel import BadInputError
from waystation.vault import OfficeKeys, TamperedError, verify

_SAID = b"waystation office card 1\0"
_LONGEST = 4096
_GROUPS: Final = 8
_DIGITS: Final = 5


@dataclass(frozen=True)
class OfficeCard:
    """An office's public keys: to make parcels out to it, to seal keys to it, and to check what it signed."""

    age_recipient: str
    box_public: bytes
    sign_public: bytes

    @property
    def fingerprint(self) -> tuple[str, ...]:
        """Eight groups of five digits (132 bits), the same in every language, to be read aloud and compared."""
        number = int.from_bytes(blake2b(_message(self), digest_size=32).digest(), "big")
        digits = f"{number % 10 ** (_GROUPS * _DIGITS):0{_GROUPS * _DIGITS}d}"
        return tuple(digits[place : place + _DIGITS] for place in range(0, len(digits), _DIGITS))


def card_of(office: OfficeKeys) -> OfficeCard:
    """Return an office's card."""
    return OfficeCard(office.age_recipient, office.box_public, office.sign_public)


def card_to_text(office: OfficeKeys) -> str:
    """Write the card as one line of text, signed with its own key so that a mistyped one is noticed."""
    card = card_of(office)
    content = {
        "waystation_office": 1,
        "age": card.age_recipient,
        "box": b64encode(card.box_public).decode(),
        "sign": b64encode(card.sign_public).decode(),
        "signature": b64encode(office.sign(_message(card))).decode(),
    }
    return json.dumps(content, separators=(",", ":"))


def card_from_text(text: str) -> OfficeCard:
    """Read a card.

    Raises
    ------
    BadInputError
        If it is none, or not as it was written. Whose it is only the comparing of fingerprints tells.
    """
    try:
        content = json.loads(text) if len(text) <= _LONGEST else {}
        box, public, signature = (b64decode(content[name], validate=True) for name in ("box", "sign", "signature"))
        card = OfficeCard(str(content["age"]), box, public)
        if (
            content["waystation_office"] == 1
            and len(box) == len(public) == 32
            and card.age_recipient.startswith("age1")
        ):
            verify(public, _message(card), signature)
            return card
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, TamperedError):
        pass
    raise BadInputError("this is no office's card, or it was not copied whole; ask the other office for it again")


def _message(card: OfficeCard) -> bytes:
    return b"".join((_SAID, card.box_public, card.sign_public, card.age_recipient.encode()))
