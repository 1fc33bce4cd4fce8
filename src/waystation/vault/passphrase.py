"""Passphrases of generated words, and the slow function that makes a key of one."""

import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from mnemonic import Mnemonic
from nacl.bindings import crypto_pwhash_alg, crypto_pwhash_ALG_ARGON2ID13

from waystation.kernel import BadInputError
from waystation.vault.errors import TooLargeError

Language = Literal["en", "ko"]
FEWEST_WORDS: Final = 6
SALT_BYTES: Final = 16

_LISTS: Final = {"en": "english", "ko": "korean"}
_LONGEST = 1024
_SHORTEST_WORD = 3


@dataclass(frozen=True)
class Cost:
    """What one try at a passphrase costs.

    Parameters
    ----------
    memory_kib
        Memory, KiB, 8 to 1048576 (1 GiB): a changed device file cannot ask for more.
    passes
        Passes over that memory, 1 to 16.
    """

    memory_kib: int
    passes: int

    def __post_init__(self) -> None:
        if not (8 <= self.memory_kib <= 1024 * 1024 and 1 <= self.passes <= 16):
            raise BadInputError("a passphrase costs 8 KiB to 1 GiB of memory and 1 to 16 passes")


STRONG: Final = Cost(256 * 1024, 3)
CHEAP: Final = Cost(64, 1)
"""For tests only."""


def generate_passphrase(language: Language, words: int = 7) -> str:
    """Return so many different words drawn at random from the BIP-39 list of a language (2,048 words, 11 bits each).

    Shown in NFC, with single spaces. Fewer than 6 words raise BadInputError.
    """
    if not FEWEST_WORDS <= words <= 24:
        raise BadInputError("a passphrase has 6 to 24 words")
    drawn = secrets.SystemRandom().sample(_words(language), words)
    return unicodedata.normalize("NFC", " ".join(drawn))


def is_strong_enough(passphrase: str) -> bool:
    """Tell whether typed words may be a passphrase: six different words of three letters or more (two syllables in Korean).

    It cannot tell whether they were drawn at random; offer ``generate_passphrase`` first.
    """
    words = {word for word in folded(passphrase).split(" ") if len(word) >= _SHORTEST_WORD}
    return len(words) >= FEWEST_WORDS and len(passphrase) <= _LONGEST


def demand_strong(passphrase: str) -> None:
    """Raise BadInputError unless ``is_strong_enough``."""
    if not is_strong_enough(passphrase):
        raise BadInputError("a passphrase needs six different words or more")


def folded(text: str) -> str:
    """Write what was typed in one way: decomposed (NFKD), without case, single spaces. A Korean keyboard may send either form."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(decomposed.split())


def stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """Make 32 bytes of a passphrase and a salt of 16 bytes with Argon2id (version 1.3, one lane), as slowly as ``cost`` says.

    Raises
    ------
    TooLargeError
        If the memory cannot be had now.
    """
    if len(passphrase) > _LONGEST:
        raise BadInputError("a passphrase has at most 1024 characters")
    if len(salt) != SALT_BYTES:
        raise BadInputError("a salt has 16 bytes")
    typed = folded(passphrase).encode(errors="replace")
    try:
        key = crypto_pwhash_alg(32, typed, salt, cost.passes, cost.memory_kib * 1024, crypto_pwhash_ALG_ARGON2ID13)
    except RuntimeError:
        raise TooLargeError(
            "there is too little memory free to try a passphrase; close something and try again"
        ) from None
    return bytes(key)


@cache
def _words(language: Language) -> tuple[str, ...]:
    if language not in _LISTS:
        raise BadInputError("there are lists of words in en and ko")
    return tuple(Mnemonic(_LISTS[language]).wordlist)
