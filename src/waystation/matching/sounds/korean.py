"""Korean names: Hangul, and the many ways in which it is written in Latin letters.

Sources: Revised Romanization of Korean (Ministry of Culture and Tourism notice 2000-8), McCune-Reischauer (1939; ALA-LC
Korean table), the spellings found in passports (Ministry of Foreign Affairs of the Republic of Korea lists Kim, Lee,
Park, Choi, Jung, Moon, Noh and others beside the rules), and the initial-sound rule (dueum beopchik) that tells Seoul's
spelling from Pyongyang's: 이/리, 임/림, 유/류, 노/로.
"""

from functools import cache
from itertools import product

ONSETS: tuple[tuple[str, ...], ...] = (
    ("g", "k"),
    ("kk", "gg", "k"),
    ("n",),
    ("d", "t"),
    ("tt", "dd", "t"),
    ("r", "l", "rh"),
    ("m",),
    ("b", "p", "v"),
    ("pp", "bb", "p"),
    ("s", "sh"),
    ("ss", "s"),
    ("",),
    ("j", "ch", "z"),
    ("jj", "tch", "j"),
    ("ch",),
    ("k", "kh"),
    ("t", "th"),
    ("p", "ph", "f"),
    ("h",),
)
"""How each of the 19 initial consonants is spelt, in the order of Unicode."""

NUCLEI: tuple[tuple[str, ...], ...] = (
    ("a", "ah", "ar"),
    ("ae", "ai", "e", "ay"),
    ("ya", "yah"),
    ("yae",),
    ("eo", "o", "u", "uh", "ur", "eoh", "oe"),
    ("e", "eh", "ae"),
    ("yeo", "yo", "yu", "you", "yuh", "yeoh"),
    ("ye", "yeh"),
    ("o", "oh", "ou", "oa"),
    ("wa", "oa", "hwa"),
    ("wae",),
    ("oe", "oi", "we", "oy"),
    ("yo", "yoh"),
    ("u", "oo", "woo", "wu", "ou"),
    ("wo", "weo"),
    ("we",),
    ("wi", "wee", "ui"),
    ("yu", "yoo", "you", "yuh", "ew"),
    ("eu", "u", "e", "oo"),
    ("ui", "eui", "i", "ee", "ey"),
    ("i", "ee", "y", "ie", "yi", "yee"),
)
"""How each of the 21 vowels is spelt."""

CODAS: dict[int, tuple[str, ...]] = {
    0: ("",),
    1: ("k", "g", "c", "ck"),
    4: ("n", "hn"),
    7: ("t", "d"),
    8: ("l", "r", "ll"),
    16: ("m", "hm"),
    17: ("p", "b"),
    21: ("ng",),
}
"""How the seven final sounds and none are spelt, by the final consonant's place in Unicode."""

SOUNDED_CODA: tuple[int, ...] = (
    0,
    1,
    1,
    1,
    4,
    4,
    4,
    7,
    8,
    1,
    16,
    8,
    8,
    8,
    17,
    8,
    16,
    17,
    17,
    7,
    7,
    21,
    7,
    7,
    1,
    7,
    17,
    7,
)
"""The sound of each of the 28 final consonants (Standard Pronunciation, articles 8 to 11)."""

CONFUSED_NUCLEI: tuple[frozenset[int], ...] = (
    frozenset({4, 8, 13, 18}),
    frozenset({1, 5}),
    frozenset({6, 12, 17}),
    frozenset({10, 11, 15}),
    frozenset({16, 19, 20}),
)
"""Vowels that people who write by ear take for one another: ㅓㅗㅜㅡ, ㅐㅔ, ㅕㅛㅠ, ㅙㅚㅞ, ㅟㅢㅣ."""

CONFUSED_ONSETS: tuple[frozenset[int], ...] = (
    frozenset({0, 1, 15}),
    frozenset({3, 4, 16}),
    frozenset({7, 8, 17}),
    frozenset({9, 10}),
    frozenset({12, 13, 14}),
)
"""Plain, tense and aspirated consonants of one place."""

INITIAL_SOUND = frozenset({2, 5, 11})
"""ㄴ, ㄹ and none: Seoul and Pyongyang write the first syllable of 이/리, 임/림, 유/류, 노/로 with different ones."""

TWO_SYLLABLE_SURNAMES = frozenset({"남궁", "독고", "동방", "사공", "서문", "선우", "제갈", "황보"})
"""Surnames of two syllables in the censuses of the Republic of Korea."""

MOST_LETTERS = 24
MOST_READINGS = 12
CODA_CLASS = {0: "", 1: "k", 4: "n", 7: "t", 8: "l", 16: "m", 17: "p", 21: "N"}

Syllable = tuple[int, int, int]
Reading = tuple[frozenset[Syllable], ...]
"""One way to read a name: for each syllable what it may be, as places of its initial, vowel and final sound."""


def hangul_reading(text: str) -> Reading:
    """Read Hangul: one possibility for each syllable, finals by their sound. What is no syllable is passed over."""
    return tuple(frozenset({_taken_apart(letter)}) for letter in text if "가" <= letter <= "힣")


@cache
def latin_readings(word: str) -> tuple[Reading, ...]:
    """Read Latin letters as Korean in every way that uses all of them; hyphens part syllables.

    Returns
    -------
    tuple of Reading
        At most 12, those of fewest syllables first; empty if the word cannot be Korean or has more than 24 letters.
    """
    if len(word) > MOST_LETTERS:
        return ()
    ways: list[Reading] = [()]
    for piece in word.split("-"):
        read = _readings_of_piece(piece)
        ways = [way + more for way, more in product(ways, read)][:MOST_READINGS]
    return tuple(way for way in ways if way)


def same_sound(one: Reading, other: Reading) -> bool:
    """Tell whether two readings may be the same name: as many syllables, each with a possibility in common."""
    return len(one) == len(other) and all(
        a & b or (place == 0 and _widened(a) & _widened(b)) for place, (a, b) in enumerate(zip(one, other, strict=True))
    )


def near_sound(one: Reading, other: Reading) -> bool:
    """Tell whether they may be the same name written by ear: one sound of each syllable taken for a like one."""
    return len(one) == len(other) and all(_near(a, b) for a, b in zip(one, other, strict=True))


def keys_of(reading: Reading) -> frozenset[str]:
    """Return coarse keys for looking a reading up: consonants only, by place; like-sounding names share one."""
    shapes = [
        sorted({_shape(syllable, first=place == 0) for syllable in syllables})
        for place, syllables in enumerate(reading)
    ]
    return frozenset("-".join(way) for way, _ in zip(product(*shapes), range(4), strict=False))


def _taken_apart(letter: str) -> Syllable:
    place = ord(letter) - 0xAC00
    return place // 588, place % 588 // 28, SOUNDED_CODA[place % 28]


@cache
def _spellings() -> dict[str, frozenset[Syllable]]:
    found: dict[str, set[Syllable]] = {}
    for (onset, onset_spelt), (nucleus, nucleus_spelt), (coda, coda_spelt) in product(
        enumerate(ONSETS), enumerate(NUCLEI), CODAS.items()
    ):
        for letters in product(onset_spelt, nucleus_spelt, coda_spelt):
            found.setdefault("".join(letters), set()).add((onset, nucleus, coda))
    return {spelt: frozenset(syllables) for spelt, syllables in found.items()}


@cache
def _readings_of_piece(piece: str) -> tuple[Reading, ...]:
    spellings = _spellings()
    ways: list[list[Reading]] = [[] for _ in range(len(piece) + 1)]
    ways[0].append(())
    for end in range(1, len(piece) + 1):
        for start in range(max(0, end - 7), end):
            syllable = spellings.get(piece[start:end])
            if syllable is not None and ways[start]:
                ways[end] += [(*way, syllable) for way in ways[start][:MOST_READINGS]]
        ways[end].sort(key=len)
    return tuple(ways[-1][:MOST_READINGS])


@cache
def _widened(syllables: frozenset[Syllable]) -> frozenset[Syllable]:
    wider = {
        (onset, nucleus, coda)
        for first, nucleus, coda in syllables
        for onset in (INITIAL_SOUND if first in INITIAL_SOUND else (first,))
    }
    return frozenset(wider)


@cache
def _near(one: frozenset[Syllable], other: frozenset[Syllable]) -> bool:
    return any(
        coda == other_coda
        and _alike(CONFUSED_NUCLEI, nucleus, other_nucleus)
        and _alike(CONFUSED_ONSETS, onset, other_onset)
        for onset, nucleus, coda in one
        for other_onset, other_nucleus, other_coda in other
    )


def _alike(classes: tuple[frozenset[int], ...], one: int, other: int) -> bool:
    return one == other or any(one in alike and other in alike for alike in classes)


def _shape(syllable: Syllable, *, first: bool) -> str:
    onset, _, coda = syllable
    if first and onset in INITIAL_SOUND:
        letter = "0"
    else:
        place = next((number for number, alike in enumerate(CONFUSED_ONSETS) if onset in alike), None)
        letter = "ktpsc"[place] if place is not None else {2: "n", 5: "r", 6: "m", 11: "0"}.get(onset, "h")
    return letter + CODA_CLASS[coda]
