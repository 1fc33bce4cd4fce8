from dataclasses import dataclass
from itertools import product

from waystation.matching.scripts import Script, fold, script_of, without_marks, words_of
from waystation.matching.sounds.arabic import LINKS
from waystation.matching.sounds.chinese import TWO_CHARACTER_SURNAMES
from waystation.matching.sounds.korean import TWO_SYLLABLE_SURNAMES
from waystation.matching.word import Word, WordLevel, compare_words, read_word

BEGINNINGS = frozenset({"abd", "abdul", "abdel", "abu", "abou", "umm", "عبد", "أبو", "ابو", "ام"})
"""Words that are one name with the word after them."""

WORTH: dict[WordLevel | None, int] = {
    None: 0,
    WordLevel.SAME: 5,
    WordLevel.SOUND: 4,
    WordLevel.CLOSE: 3,
    WordLevel.LIKE: 1,
    WordLevel.UNLIKE: -3,
}
"""How the readings of two names are ranked, so that the best is the one that is judged."""
SWAP_MARGIN = 3
"""How much better two stated parts must agree crosswise before they count as swapped."""


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """One way to divide a name: its first part (the family's), its second, and whether that division was stated."""

    first: Word | None
    second: Word | None
    stated: bool


@dataclass(frozen=True, slots=True)
class NamesCompared:
    """The best way to lay two people's names side by side: how far each part agrees, and which words were compared.

    A level is None where a part is missing or cannot be compared. ``swapped`` is None unless both divisions were stated.
    """

    first: WordLevel | None
    second: WordLevel | None
    swapped: bool | None
    firsts: tuple[Word | None, Word | None]
    seconds: tuple[Word | None, Word | None]


def read_names(text: str, *, sounds: bool = True) -> tuple[Name, ...]:
    """Divide a name in every way that makes sense.

    ``Kim, Seung-eun`` states which part is which, and Hangul and characters are divided after their surname. Of anything else
    the first or the last word may be the family's; of three words or more, those in the middle may be left out. A name written
    in two scripts (``Pak Un-ju 박은주``) is two names.
    """
    chunks = _by_script(text)
    if len(chunks) > 1:
        return tuple(name for chunk in chunks for name in read_names(chunk, sounds=sounds))
    family, comma, given = text.partition(",")
    after_surname = (family, given) if comma else _after_surname(text, script_of(text))
    if after_surname is not None:
        family, given = after_surname
        first, second = read_word(family, sounds=sounds), read_word(given, sounds=sounds)
        return (Name(first, second, True),) if first or second else ()
    divided = dict.fromkeys(_divisions(text))
    names = [(read_word(first, sounds=sounds), read_word(second, sounds=sounds)) for first, second in divided]
    return tuple(Name(first, second, False) for first, second in names if first or second)


def compare_names(ones: tuple[Name, ...], others: tuple[Name, ...]) -> NamesCompared | None:
    """Lay two people's names side by side in every way and return the one that agrees best; None if one has no name.

    Of two ways that agree as well, the one in which the family's name agrees: shared by many, it says the less.
    """
    ways = [way for one, other in product(ones, others) for way in _laid(one, other)]
    return max(ways, key=lambda way: (way[1], WORTH[way[0].first]))[0] if ways else None


def _laid(one: Name, other: Name) -> list[tuple[NamesCompared, int]]:
    both = one.stated and other.stated
    straight = _side_by_side(one.first, one.second, other.first, other.second, swapped=False if both else None)
    ways = [(straight, _worth(straight))]
    if both:
        crossed = _side_by_side(one.first, one.second, other.second, other.first, swapped=True)
        ways.append((crossed, _worth(crossed) - SWAP_MARGIN))
    return ways


def _side_by_side(
    first: Word | None,
    second: Word | None,
    other_first: Word | None,
    other_second: Word | None,
    *,
    swapped: bool | None,
) -> NamesCompared:
    return NamesCompared(
        _level(first, other_first), _level(second, other_second), swapped, (first, other_first), (second, other_second)
    )


def _level(one: Word | None, other: Word | None) -> WordLevel | None:
    return None if one is None or other is None else compare_words(one, other)


def _worth(compared: NamesCompared) -> int:
    return WORTH[compared.first] + WORTH[compared.second]


def _by_script(text: str) -> list[str]:
    """Part a text into what it says in each script, if it has words in more than one."""
    chunks: dict[Script, list[str]] = {}
    for word in text.split():
        chunks.setdefault(script_of(word), []).append(word)
    if len(chunks) > 1:
        chunks.pop(Script.OTHER, None)
    return [text] if len(chunks) < 2 else [" ".join(words).strip("(),;/") for words in chunks.values()]


def _divisions(text: str) -> list[tuple[str, str]]:
    words = _joined([word for word in words_of(without_marks(text)) if fold(word) not in LINKS])
    if len(words) < 2:
        return [("", word) for word in words] + [(word, "") for word in words]
    ways = [(words[0], "-".join(words[1:])), (words[-1], "-".join(words[:-1]))]
    return [*ways, (words[-1], words[0])] if len(words) > 2 else ways


def _after_surname(text: str, script: Script) -> tuple[str, str] | None:
    """Divide Hangul or characters after the surname; None for anything else and for a single syllable."""
    if script not in (Script.HANGUL, Script.HAN):
        return None
    first, _, rest = text.strip().partition(" ")
    if rest:
        return first, rest
    surnames = TWO_SYLLABLE_SURNAMES if script is Script.HANGUL else TWO_CHARACTER_SURNAMES
    size = 2 if first[:2] in surnames and len(first) > 2 else 1
    return (first[:size], first[size:]) if len(first) > 1 else None


def _joined(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        if joined and fold(joined[-1]) in BEGINNINGS:
            joined[-1] += word if script_of(word) is Script.ARABIC else f"-{word}"
        else:
            joined.append(word)
    return joined
