from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import OSA

SHORTEST_NUMBER = 7
TAIL = 8
"""Digits at the end of a telephone number that stay the same with and without the country's and the trunk's code."""


class ContactLevel(IntEnum):
    """How far two telephone numbers or addresses of mail agree, from best to worst."""

    SAME = 0
    SAME_BUT_CODE = 1
    ONE_ERROR = 2
    UNLIKE = 3


@dataclass(frozen=True, slots=True)
class Contact:
    """A telephone number as its digits, or an address of mail or of a messenger in small letters."""

    shown: str
    plain: str
    is_number: bool


def read_contact(text: str) -> Contact | None:
    """Read a telephone number (``+82 10-1234-5678``, ``0082 10 …``, ``010-1234-5678``) or a name of an account.

    International prefixes (+ and 00) are dropped. None if it holds fewer than 7 digits and no letter.
    """
    folded = text.strip().casefold()
    if any(letter.isalpha() for letter in folded):
        return Contact(text, "".join(folded.split()), False)
    digits = "".join(digit for digit in folded if digit.isdecimal())
    plain = digits.removeprefix("00")
    return Contact(text, plain, True) if len(plain) >= SHORTEST_NUMBER else None


def compare_contacts(one: Contact, other: Contact) -> ContactLevel:
    """Tell how far two contacts agree; a number and an account never do."""
    if one.plain == other.plain:
        return ContactLevel.SAME
    if one.is_number is not other.is_number:
        return ContactLevel.UNLIKE
    if not one.is_number:
        return ContactLevel.ONE_ERROR if OSA.distance(one.plain, other.plain) == 1 else ContactLevel.UNLIKE
    national, others = one.plain.lstrip("0"), other.plain.lstrip("0")
    shorter, longer = sorted((national, others), key=len)
    if len(shorter) >= TAIL and longer.endswith(shorter):
        return ContactLevel.SAME_BUT_CODE
    tails = national[-len(shorter) :], others[-len(shorter) :]
    return ContactLevel.ONE_ERROR if len(shorter) >= TAIL and OSA.distance(*tails) == 1 else ContactLevel.UNLIKE


def keys_of(contact: Contact) -> frozenset[str]:
    """Return coarse keys for looking a contact up: the first and the last half of a number's last 8 digits, or the account."""
    if not contact.is_number:
        return frozenset({f"@{contact.plain}"})
    tail = contact.plain[-TAIL:]
    return frozenset({f"t{tail[: len(tail) // 2]}_", f"t_{tail[len(tail) // 2 :]}", f"#{tail}"})
