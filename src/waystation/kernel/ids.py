import re
from collections.abc import Iterable
from difflib import get_close_matches

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")


def is_code(text: str) -> bool:
    """Tell whether ``text`` is an id: 1 to 32 letters, digits, ``-`` or ``_``, beginning with a letter or digit."""
    return _CODE.fullmatch(text) is not None


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known id that ``word`` was most likely meant to be, or None if none is near (similarity below 0.6)."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    matches = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[matches[0]] if matches else None
