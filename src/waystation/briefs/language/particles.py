import re

_PAIRS = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
    "이나": ("이나", "나"),
    "이며": ("이며", "며"),
    "이면": ("이면", "면"),
}
"""Each particle by its form after a closing consonant: that form, and the one after a vowel."""

_FIRST_SYLLABLE, _LAST_SYLLABLE, _CLOSINGS = 0xAC00, 0xD7A3, 28
_CLOSING_RIEUL = 8
_DIGITS = {"0": 21, "1": 8, "2": 0, "3": 16, "4": 0, "5": 0, "6": 1, "7": 8, "8": 8, "9": 0}
_LETTERS = {"L": 8, "M": 16, "N": 4, "R": 8}
_WORD_ENDS = {"l": 8, "m": 16, "n": 4, "g": 21}
_OPEN_ENDS = frozenset("aeioruwyshfvzxj")
_TRAILING_BRACKET = re.compile(r"\s*[(\[（].*[)\]）]\s*$")


def with_particle(word: str, particle: str) -> str:
    """Return a word with its Korean particle, in the form that its last sound asks for.

    Parameters
    ----------
    word
        A name, a code or a number; a remark in brackets at its end is not read.
    particle
        The form after a closing consonant: ``을`` stands for 을/를, ``으로`` for 으로/로.

    Returns
    -------
    str
        ``메콩강을``, ``라오스로``, ``L7로``; both forms, as in ``Kent을(를)``, when the last sound cannot be told.
    """
    after_consonant, after_vowel = _PAIRS[particle]
    closing = _closing_of(word)
    if closing is None:
        return f"{word}{after_consonant}({after_vowel})"
    open_syllable = closing == 0 or (particle == "으로" and closing == _CLOSING_RIEUL)
    return word + (after_vowel if open_syllable else after_consonant)


def _closing_of(word: str) -> int | None:
    """Return the closing consonant's place in the syllable table (0 for none), or None when it cannot be told."""
    spoken = _TRAILING_BRACKET.sub("", word) or word
    letters = [character for character in spoken if character.isalnum() or character == "%"]
    if not letters:
        return None
    last = letters[-1]
    if _FIRST_SYLLABLE <= ord(last) <= _LAST_SYLLABLE:
        return (ord(last) - _FIRST_SYLLABLE) % _CLOSINGS
    if last == "%":
        return 0
    if last in _DIGITS:
        return _DIGITS[last]
    if last.isascii() and last.isupper():
        return _LETTERS.get(last, 0)
    return 0 if last in _OPEN_ENDS else _WORD_ENDS.get(last)
