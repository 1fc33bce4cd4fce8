"""Invented names in three scripts, long enough that chance does not write them."""

import random
import unicodedata

LATIN = (
    "Brán", "Dušek", "Élva", "Fjörn", "Grêta", "Hánë", "Ïsold", "Jürik", "Kéndal", "Ljóva",
    "Mñira", "Nørell", "Öszil", "Pávlin", "Qëril", "Rønja", "Šavin", "Tûrel", "Üsven", "Vélka",
)  # fmt: skip
ENDINGS = ("dottir", "ström", "ovský", "ğlu", "escu", "veld", "hälsa", "ynç", "äinen", "qvist")
HANGUL = "갸냔댤럅먐뱟샬얒쟐챨캭탸퍅햔겹녈뎐렬몇별션엳젼쳔켤텬폘혈"
HAN = "龘靐齉爨麤鱻犇骉羴掱猋焱淼垚鑫"
ARABIC = "ظضغثذقفعصطخحجش"


def invented_names(count: int, seed: int = 500) -> list[str]:
    """Return ``count`` different names: a third Latin with marks, a third Hangul, a third Han or Arabic; NFC.

    Each is of eight bytes or more in UTF-8 and has an element that no dictionary does.
    """
    chance = random.Random(seed)
    makers = (_latin, _hangul, _han_or_arabic)
    found: dict[str, None] = {}
    while len(found) < count:
        found.setdefault(unicodedata.normalize("NFC", makers[len(found) % 3](chance)))
    return list(found)


def _latin(chance: random.Random) -> str:
    syllables = "".join(chance.choice("bdfgkmnprstvz") + chance.choice("áéíóúäöüâê") for _ in range(2))
    return f"{chance.choice(LATIN)} {syllables.capitalize()}{chance.choice(ENDINGS)}"


def _hangul(chance: random.Random) -> str:
    return "".join(chance.choice(HANGUL) for _ in range(5))


def _han_or_arabic(chance: random.Random) -> str:
    if chance.random() < 0.5:
        return "".join(chance.choice(HAN) for _ in range(4))
    words = ("".join(chance.choice(ARABIC) for _ in range(chance.randint(4, 6))) for _ in range(2))
    return " ".join(words)
