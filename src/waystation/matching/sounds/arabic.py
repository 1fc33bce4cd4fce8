"""Arabic, Persian and Pashto names: the consonants and long vowels that Arabic script writes, and Latin spellings of them.

Sources: ALA-LC romanization tables (Arabic 2012, Persian 2022), ICAO Doc 9303 part 3 section 6 (table of Arabic script),
the ISO 233 letters; that Egypt says g for jim, that French writes ou, dj and ch, that Persian says v for waw and e, o for
the short i, u is common usage in passports.
"""

import re
from functools import cache
from itertools import product

LETTERS: dict[str, str] = {
    "ب": "b", "پ": "p", "ت": "t", "ط": "t", "ث": "tsT", "ج": "jg", "چ": "c", "ح": "h", "خ": "x", "د": "d", "ذ": "dz",
    "ر": "r", "ز": "z", "ژ": "jz", "س": "s", "ش": "S", "ص": "s", "ض": "dz", "ظ": "zd", "غ": "g", "ف": "f", "ق": "kg",
    "ك": "k", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ھ": "h", "ټ": "t", "ډ": "d", "ړ": "r",
    "ښ": "Sx", "ږ": "zg", "ڼ": "n", "څ": "st", "ځ": "dz",
}  # fmt: skip
"""Consonants and the sounds they may stand for, a letter each: S for sh, x for kh, T for th, c for ch."""

SPELLINGS: tuple[tuple[str, str], ...] = (
    ("tch", "c"), ("sch", "S"), ("kh", "x"), ("sh", "S"), ("ch", "cSx"), ("th", "tsT"), ("dh", "dz"), ("gh", "g"),
    ("zh", "jz"), ("dj", "j"), ("ph", "f"), ("ck", "k"), ("q", "kg"), ("g", "gkj"), ("c", "ksc"), ("x", "xk"),
    ("b", "b"), ("d", "d"), ("f", "f"), ("h", "h"), ("j", "j"), ("k", "k"), ("l", "l"), ("m", "m"), ("n", "n"),
    ("p", "pb"), ("r", "r"), ("s", "s"), ("t", "t"), ("v", "wf"), ("w", "w"), ("z", "zd"),
)  # fmt: skip
"""Latin spellings of consonants, the longer first, and the sounds they may stand for."""

VOWELS = frozenset("aeiouy")
LONG = {"ا": "a", "آ": "a", "ى": "a", "و": "u", "ي": "i", "ی": "i", "ې": "i"}
SILENT = frozenset("ءأإؤئعٱ")
"""Signs of a stop or of ayn, which Latin spellings leave out; with them stands some vowel."""
ARTICLE = re.compile(r"^(?:al|el|ul|as|ash|ar|az|an|ad|at)-")
SERVANT = re.compile(r"^(abd)-?[aeiou]?(?:l-?|(?=([rnsztd])\2)[rnsztd])?")
LINKS = frozenset({"bin", "ibn", "ben", "bint", "al", "el", "ul", "ould", "بن", "ابن", "بنت", "ال"})
"""Words between the parts of a name that one office writes and the next leaves out."""
FINAL_A = frozenset("aeht?")
"""What the ending of Fatima is spelt with: a, ah, e, eh, at, or the letter ta marbuta."""
QUALITIES: dict[str, str] = {
    "?": "aiuAU", "a": "aA", "e": "aiuIA", "i": "iI", "o": "uU", "u": "uU", "y": "iI", "aa": "A", "ee": "I", "ii": "I",
    "oo": "U", "uu": "U", "ou": "uU", "ei": "I", "ai": "I", "ay": "I", "ey": "I", "ia": "IA", "ie": "IA", "iy": "I",
    "au": "UA", "ao": "UA", "aw": "UA", "eh": "a", "oe": "U", "ue": "U",
}  # fmt: skip
"""The vowels that a spelling may stand for: a, i, u short, A, I, U long; ? is the sign of a stop or of ayn."""
ENDINGS = (("ii", "I"), ("ee", "I"), ("i", "I"), ("y", "I"), ("ou", "U"), ("oo", "U"), ("u", "U"), ("a", "A"))
"""What a run of vowels that is not in `QUALITIES` is taken for, by how it ends."""
MOST_READINGS = 6

Reading = tuple[tuple[frozenset[str], ...], tuple[str, ...]]
"""Consonants, each as the sounds it may be, and the vowels before, between and after them, one more: "" none or a short
one that is not written, a letter a short one, two letters a long one; a, i, u."""


@cache
def arabic_readings(text: str) -> tuple[Reading, ...]:
    """Read Arabic script: waw within the word as a vowel and as a consonant. At most 6 readings."""
    word = text.replace(" ", "").replace("\u200c", "")
    word = re.sub(r"^عبد(?:ال)?", "عبد", word)
    word = re.sub(r"^ال(?=..)", "", word)
    ways: list[tuple[list[frozenset[str]], list[str]]] = [([], [""])]
    for place, letter in enumerate(word):
        choices = _choices_of(letter, place, word)
        ways = [_added(way, sound, is_vowel=is_vowel) for way in ways for sound, is_vowel in choices][:MOST_READINGS]
    return tuple(
        (tuple(consonants), tuple(vowels))
        for consonants, vowels in ways
        if _is_enough((tuple(consonants), tuple(vowels)))
    )


@cache
def latin_readings(text: str) -> tuple[Reading, ...]:
    """Read Latin letters as Arabic: w after a vowel as its second half and as a consonant. At most 2."""
    word = SERVANT.sub(r"\1", ARTICLE.sub("", text))
    word = re.sub(r"([bcdfghjklmnpqrstvwz])\1+", r"\1", word)
    word = re.sub(r"(?<=a)[wv](?=oo|ou|u)", "", word)
    versions = {word, re.sub(r"(?<=[aeiou])[wv](?![aeiou])|(?<=[aeiou])w$", "u", word)}
    return tuple(
        reading for version in sorted(versions) for reading in [_latin_reading(version)] if _is_enough(reading)
    )


def same_sound(one: Reading, other: Reading) -> bool:
    """Tell whether two readings may be the same name: consonants alike in order, and no two vowels that differ."""
    consonants, vowels = one
    others, other_vowels = other
    return (
        len(consonants) == len(others)
        and all(a & b for a, b in zip(consonants, others, strict=True))
        and all(
            _vowels_agree(a, b, inside=0 < place < len(consonants))
            for place, (a, b) in enumerate(zip(vowels, other_vowels, strict=True))
        )
    )


def keys_of(reading: Reading) -> frozenset[str]:
    """Return coarse keys for looking a reading up: its consonants, h at the end left out, up to four ways."""
    consonants = reading[0]
    if len(consonants) > 2 and "h" in consonants[-1]:
        consonants = consonants[:-1]
    ways = product(*(sorted(_merged(possible)) for possible in consonants))
    return frozenset("".join(way) for way, _ in zip(ways, range(4), strict=False))


def _is_enough(reading: Reading) -> bool:
    """Two consonants, or one after a vowel (Ali): a single one before vowels (Choi, Lee) would be like everybody."""
    consonants, vowels = reading
    return len(consonants) > 1 or (len(consonants) == 1 and bool(vowels[0]))


def _merged(possible: frozenset[str]) -> set[str]:
    return {
        {"z": "d", "T": "t", "g": "k", "x": "k", "j": "k", "c": "k", "p": "b"}.get(sound, sound) for sound in possible
    }


def _choices_of(letter: str, place: int, word: str) -> list[tuple[str, bool]]:
    if letter in LETTERS:
        return [(LETTERS[letter], False)]
    if letter == "ة":
        return [("?", True)]
    if letter in SILENT:
        return [("?", True)]
    if letter in LONG:
        sound = LONG[letter]
        if place == 0:
            return [("w", False)] if letter == "و" else [("?", True)]
        if letter == "و" and place < len(word) - 1:
            return [("uu", True), ("w", False)]
        return [(sound * 2, True)]
    return [("", True)]


def _added(
    way: tuple[list[frozenset[str]], list[str]], sound: str, *, is_vowel: bool
) -> tuple[list[frozenset[str]], list[str]]:
    consonants, vowels = way
    if is_vowel:
        return consonants, [*vowels[:-1], vowels[-1] + sound]
    return [*consonants, frozenset(sound)], [*vowels, ""]


def _latin_reading(word: str) -> Reading:
    consonants: list[frozenset[str]] = []
    vowels = [""]
    place = 0
    while place < len(word):
        if word[place] == "-":
            place += 1
            continue
        if word[place] in VOWELS:
            vowels[-1] += word[place]
            place += 1
            continue
        spelt = next(((s, sounds) for s, sounds in SPELLINGS if word.startswith(s, place)), None)
        if spelt is None:
            return (), ("",)
        if spelt[0] == "h" and place == len(word) - 1 and vowels[-1] and consonants:
            break  # the h of Fatimah, Abdullah
        consonants.append(frozenset(spelt[1]))
        vowels.append("")
        place += len(spelt[0])
    return tuple(consonants), tuple(vowels)


def _vowels_agree(one: str, other: str, *, inside: bool) -> bool:
    if one == other:
        return True
    if not one or not other:
        return len(one + other) == 1 and (inside or one + other == "e")
    if not inside and set(one + other) <= FINAL_A:
        return True
    return bool(_qualities(one) & _qualities(other))


@cache
def _qualities(vowel: str) -> frozenset[str]:
    """The vowels that a spelling may stand for: a, i, u short, A, I, U long."""
    if vowel in QUALITIES:
        return frozenset(QUALITIES[vowel])
    if vowel.endswith("?"):
        return frozenset("aiuAIU")
    return next((frozenset(quality) for end, quality in ENDINGS if vowel.endswith(end)), frozenset("AIU"))
