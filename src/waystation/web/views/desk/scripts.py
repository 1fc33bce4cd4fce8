"""In which script a name is written."""

import unicodedata
from collections import Counter
from typing import Final

_NAMED: Final = {
    "LATIN": "latin",
    "HANGUL": "hangul",
    "CJK": "han",
    "ARABIC": "arabic",
    "CYRILLIC": "cyrillic",
    "THAI": "thai",
    "LAO": "lao",
}


def script_of(text: str) -> str:
    """Return the script that most letters of a name are of, by the names Unicode gives them; ``other`` for any else."""
    counted = Counter(
        _NAMED.get(unicodedata.name(letter, "").split(" ")[0], "other") for letter in text if letter.isalpha()
    )
    return counted.most_common(1)[0][0] if counted else "other"
