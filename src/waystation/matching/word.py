import re
import unicodedata
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import product

from rapidfuzz.distance import OSA, JaroWinkler

from waystation.matching.scripts import Script, fold, script_of, squeezed
from waystation.matching.sounds import arabic, chinese, korean

CLOSE_FROM = 0.9
LIKE_FROM = 0.75
"""Likeness from which two spellings count as close or as like: the larger of 1 minus the share of letters mistyped (optimal
string alignment) and Jaro-Winkler."""
SHORTEST_ALIKE = 3
NAME_SYLLABLES = 2
"""Syllables of most given names in Korean and Chinese: a spelling that reads as another such name is no typing error."""
LONGEST_NAME = 24
NUMBERS = re.compile(r"\d+")
ONE_LETTER = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه"})
"""Arabic letters of which one office types the one and the next the other; fold has joined the seats of hamza already."""


class WordLevel(IntEnum):
    """How far two words agree, from best to worst."""

    SAME = 0
    SOUND = 1
    CLOSE = 2
    LIKE = 3
    UNLIKE = 4


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A name or a part of one, a place or a line of text, made ready for comparing; two words are never equal as objects."""

    shown: str
    plain: str
    script: Script
    as_korean: tuple[korean.Reading, ...] = field(repr=False, default=())
    as_chinese: tuple[chinese.Reading, ...] = field(repr=False, default=())
    as_arabic: tuple[arabic.Reading, ...] = field(repr=False, default=())
    sounds: frozenset[str] = field(init=False, repr=False)
    """Coarse keys of its readings: words that share none cannot sound alike."""

    def __post_init__(self) -> None:
        keys = {f"k{key}" for reading in self.as_korean for key in korean.keys_of(reading)}
        keys.update(f"c{key}" for reading in self.as_chinese for key in chinese.keys_of(reading))
        keys.update(f"a{key}" for reading in self.as_arabic for key in arabic.keys_of(reading))
        object.__setattr__(self, "sounds", frozenset(keys))


def read_word(text: str, *, sounds: bool = True) -> Word | None:
    """Make a word ready; None if it has neither letter nor digit. Without ``sounds`` only its spelling will be compared."""
    folded = fold(text)
    plain = squeezed(folded)
    if not plain:
        return None
    script = script_of(folded)
    if not sounds or len(plain) > LONGEST_NAME:
        return Word(text, plain, script)
    if script is Script.HANGUL:
        return Word(text, plain, script, as_korean=(korean.hangul_reading(plain),))
    if script is Script.HAN:
        return Word(text, plain, script, as_chinese=(chinese.han_reading(plain),))
    if script is Script.ARABIC:
        return Word(text, plain, script, as_arabic=arabic.arabic_readings(plain))
    if script is Script.LATIN:
        spelt = "-".join(part for part in folded.replace(" ", "-").split("-") if part)
        return Word(
            text,
            plain,
            script,
            korean.latin_readings(spelt),
            chinese.latin_readings(spelt),
            arabic.latin_readings(spelt),
        )
    return Word(text, plain, script)


def compare_words(one: Word, other: Word) -> WordLevel | None:
    """Tell how far two words agree; None if nothing here can compare their scripts (Hangul with Arabic)."""
    if one.plain == other.plain:
        return WordLevel.SAME
    if one.script is not other.script:
        return _across(one, other)
    may_sound_alike = not one.sounds.isdisjoint(other.sounds)
    if may_sound_alike and one.script is not Script.ARABIC and _sound_alike(one, other):
        return WordLevel.SOUND
    if may_sound_alike and _nearly_sound_alike(one, other):
        return WordLevel.CLOSE
    level = _by_spelling(_spelt(one), _spelt(other))
    apart = level is WordLevel.CLOSE and (_two_names_by_sound(one, other) or _two_numbers(one, other))
    return WordLevel.LIKE if apart else level


def keys_of(word: Word) -> frozenset[str]:
    """Return coarse keys for looking a word up: its beginning, its end, and its readings' own."""
    return word.sounds | {f"<{word.plain[:4]}", f">{word.plain[-4:]}"}


def _across(one: Word, other: Word) -> WordLevel | None:
    comparable = {one.script, other.script} & {Script.HANGUL, Script.HAN, Script.ARABIC}
    if Script.LATIN not in (one.script, other.script) or not comparable:
        return None
    if _sound_alike(one, other):
        return WordLevel.SOUND
    return WordLevel.CLOSE if _nearly_sound_alike(one, other) else WordLevel.UNLIKE


def _sound_alike(one: Word, other: Word) -> bool:
    return (
        any(korean.same_sound(a, b) for a, b in product(one.as_korean, other.as_korean))
        or any(chinese.same_sound(a, b) for a, b in product(one.as_chinese, other.as_chinese))
        or any(arabic.same_sound(a, b) for a, b in product(one.as_arabic, other.as_arabic))
    )


def _nearly_sound_alike(one: Word, other: Word) -> bool:
    return any(korean.near_sound(a, b) for a, b in product(one.as_korean, other.as_korean))


def _spelt(word: Word) -> str:
    if word.script is Script.HANGUL:
        return unicodedata.normalize("NFD", word.plain)
    return word.plain.translate(ONE_LETTER) if word.script is Script.ARABIC else word.plain


def _by_spelling(one: str, other: str) -> WordLevel:
    if one == other:
        return WordLevel.SOUND
    aligned = OSA.normalized_similarity(one, other)
    if aligned >= CLOSE_FROM:
        return WordLevel.CLOSE
    likeness = (
        max(aligned, JaroWinkler.similarity(one, other)) if min(len(one), len(other)) >= SHORTEST_ALIKE else aligned
    )
    if likeness >= CLOSE_FROM:
        return WordLevel.CLOSE
    return WordLevel.LIKE if likeness >= LIKE_FROM else WordLevel.UNLIKE


def _two_names_by_sound(one: Word, other: Word) -> bool:
    """Whether two words that look alike are two names: in Arabic script, or both of two syllables of one language (at most)."""
    if one.script is Script.ARABIC:
        return True
    read = ((one.as_korean, other.as_korean), (one.as_chinese, other.as_chinese))
    return any(ours and theirs and max(_fewest(ours), _fewest(theirs)) == NAME_SYLLABLES for ours, theirs in read)


def _two_numbers(one: Word, other: Word) -> bool:
    """Whether both hold a number and not the same: district 3 and district 6 are two places, however alike they are spelt."""
    ours, theirs = (NUMBERS.findall(word.plain) for word in (one, other))
    return bool(ours) and bool(theirs) and ours != theirs


def _fewest(readings: tuple[korean.Reading, ...] | tuple[chinese.Reading, ...]) -> int:
    return min(len(reading) for reading in readings)
