"""Chinese names: characters, Hanyu Pinyin, Wade-Giles, and the spellings of Hong Kong and of the south seas.

Sources: Hanyu Pinyin (ISO 7098:2015; GB/T 28039-2011 for names), Wade-Giles as in the Library of Congress' conversion
table of 1997 to 2000, surnames' readings from the dictionaries in pypinyin with the surnames of `SURNAME_READINGS`
added, Cantonese by the Hong Kong Government's customary spelling and Hokkien and Teochew by that of Singapore, for the
commonest surnames and syllables of names only (`southern.py`).
"""

from functools import cache
from itertools import product

from pypinyin import Style, pinyin

from waystation.matching.sounds.southern import SOUTHERN

INITIALS: dict[str, str] = {
    "": "",
    "b": "p",
    "p": "p'",
    "m": "m",
    "f": "f",
    "d": "t",
    "t": "t'",
    "n": "n",
    "l": "l",
    "g": "k",
    "k": "k'",
    "h": "h",
    "j": "ch",
    "q": "ch'",
    "x": "hs",
    "zh": "ch",
    "ch": "ch'",
    "sh": "sh",
    "r": "j",
    "z": "ts",
    "c": "ts'",
    "s": "s",
    "y": "y",
    "w": "w",
}
"""Initials of pinyin and what Wade-Giles writes for them."""


WADE_GILES_FINALS: dict[str, str] = {
    "ian": "ien",
    "ie": "ieh",
    "ong": "ung",
    "iong": "iung",
    "ue": "ueh",
    "ve": "ueh",
    "v": "u",
    "er": "erh",
    "an": "an",
}
"""Finals that Wade-Giles writes in another way, its marks left out as they are in passports."""

WADE_GILES_WHOLE: dict[str, str] = {
    "zhi": "chih",
    "chi": "ch'ih",
    "shi": "shih",
    "ri": "jih",
    "zi": "tzu",
    "ci": "tz'u",
    "si": "ssu",
    "ge": "ko",
    "ke": "k'o",
    "he": "ho",
    "e": "o",
    "gui": "kuei",
    "kui": "k'uei",
    "yan": "yen",
    "ye": "yeh",
    "yi": "i",
    "you": "yu",
    "yong": "yung",
    "yue": "yueh",
    "guo": "kuo",
    "kuo": "k'uo",
    "duo": "to",
    "tuo": "t'o",
    "luo": "lo",
    "nuo": "no",
    "zuo": "tso",
    "cuo": "ts'o",
    "suo": "so",
    "zhuo": "cho",
    "chuo": "ch'o",
    "ruo": "jo",
}
"""Syllables whose Wade-Giles spelling follows no rule of initial and final."""

SURNAME_READINGS: dict[str, str] = {
    "单": "shan", "單": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "區": "ou", "查": "zha", "任": "ren",
    "华": "hua", "華": "hua", "尉": "yu", "盖": "ge", "朴": "piao", "乐": "yue", "樂": "yue", "覃": "qin", "翟": "zhai",
    "员": "yun", "缪": "miao", "繆": "miao", "纪": "ji", "紀": "ji", "葛": "ge", "冼": "xian", "幺": "yao",
}  # fmt: skip
"""Characters that are read in a way of their own when they are a surname (Xiandai Hanyu Cidian, seventh edition)."""

TWO_CHARACTER_SURNAMES = frozenset(
    {
        "欧阳",
        "歐陽",
        "司马",
        "司馬",
        "上官",
        "诸葛",
        "諸葛",
        "尉迟",
        "夏侯",
        "皇甫",
        "慕容",
        "令狐",
        "司徒",
        "东方",
        "東方",
    }
)

MOST_LETTERS = 24
MOST_READINGS = 12

Reading = tuple[frozenset[str], ...]
"""One way to read a name: for each syllable the syllables of pinyin, without tones, that it may be."""


@cache
def han_reading(text: str) -> Reading:
    """Read characters: every reading a dictionary gives; a surname's own reading is added to its character."""
    read = pinyin(text, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
    letters = [letter for letter in text if pinyin(letter, style=Style.NORMAL, errors="ignore")]
    if len(letters) != len(read):
        read = [pinyin(letter, style=Style.NORMAL, heteronym=True)[0] for letter in letters]
    return tuple(
        frozenset({*possible, *([SURNAME_READINGS[letter]] if letter in SURNAME_READINGS else [])})
        for letter, possible in zip(letters, read, strict=True)
    )


@cache
def latin_readings(word: str) -> tuple[Reading, ...]:
    """Read Latin letters as Chinese in every way that uses all of them; hyphens part syllables.

    Returns
    -------
    tuple of Reading
        At most 12, those of fewest syllables first; empty if the word cannot be Chinese or has more than 24 letters.
    """
    if len(word) > MOST_LETTERS:
        return ()
    ways: list[Reading] = [()]
    for piece in word.split("-"):
        ways = [way + more for way, more in product(ways, _readings_of_piece(piece))][:MOST_READINGS]
    return tuple(way for way in ways if way)


def same_sound(one: Reading, other: Reading) -> bool:
    """Tell whether two readings may be the same name: as many syllables, each with a possibility in common."""
    return len(one) == len(other) and all(a & b for a, b in zip(one, other, strict=True))


def keys_of(reading: Reading) -> frozenset[str]:
    """Return coarse keys for looking a reading up: its syllables, up to eight ways."""
    ways = product(*(sorted(possible) for possible in reading))
    return frozenset("-".join(way) for way, _ in zip(ways, range(8), strict=False))


@cache
def pinyin_syllables() -> frozenset[str]:
    """Return every syllable of pinyin that some common character has, without tones; ``v`` stands for ü."""
    spoken = pinyin("".join(chr(point) for point in range(0x4E00, 0x9FA6)), style=Style.NORMAL, heteronym=True)
    return frozenset(
        syllable for possible in spoken for syllable in possible if syllable.isascii() and syllable.isalpha()
    )


def wade_giles(syllable: str) -> str:
    """Write one syllable of pinyin as Wade-Giles does, marks of breath kept, other marks left out."""
    if syllable in WADE_GILES_WHOLE:
        return WADE_GILES_WHOLE[syllable]
    initial = next((syllable[:size] for size in (2, 1) if syllable[:size] in INITIALS), "")
    final = syllable[len(initial) :]
    return INITIALS[initial] + WADE_GILES_FINALS.get(final, final)


@cache
def _spellings() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for syllable in pinyin_syllables():
        spelt = {
            syllable,
            syllable.replace("v", "yu"),
            syllable.replace("v", "u"),
            wade_giles(syllable).replace("'", ""),
        }
        for way in spelt:
            found.setdefault(way, set()).add(syllable)
    for way, syllables in SOUTHERN.items():
        found.setdefault(way, set()).update(syllables)
    return {way: frozenset(syllables) for way, syllables in found.items()}


@cache
def _readings_of_piece(piece: str) -> tuple[Reading, ...]:
    spellings = _spellings()
    ways: list[list[Reading]] = [[] for _ in range(len(piece) + 1)]
    ways[0].append(())
    for end in range(1, len(piece) + 1):
        for start in range(max(0, end - 6), end):
            syllable = spellings.get(piece[start:end])
            if syllable is not None:
                ways[end] += [(*way, syllable) for way in ways[start][:MOST_READINGS]]
        ways[end].sort(key=len)
    return tuple(ways[-1][:MOST_READINGS])
