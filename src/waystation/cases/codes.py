import secrets
from importlib.resources import files

WORDS = tuple((files("waystation.cases") / "words.txt").read_text("utf-8").split())
"""Words of codes: quiet things, no insults, no places of the work, any two at least three letters apart."""

BETWEEN = "-"


def new_code() -> str:
    """Return a code of two different random words, such as ``amber-lantern``; it says nothing about anybody.

    Some 48,000 are possible: whoever keeps it makes sure that it is not in use yet, in either order of its words.
    """
    first = secrets.choice(WORDS)
    second = secrets.choice(WORDS)
    while second == first:
        second = secrets.choice(WORDS)
    return f"{first}{BETWEEN}{second}"


def longer_code() -> str:
    """Return a code with a number of two digits behind its words, for an office that has used up most of the short ones."""
    return f"{new_code()}{BETWEEN}{secrets.randbelow(90) + 10}"


def turned(code: str) -> str:
    """Return the code with its words in the other order, which on a telephone is the same code; a number stays behind them."""
    parts = code.split(BETWEEN)
    words, numbers = [each for each in parts if not each.isdecimal()], [each for each in parts if each.isdecimal()]
    return BETWEEN.join([*reversed(words), *numbers])


def said(text: str) -> str:
    """Return what somebody typed for a code as a code is written: small letters, one hyphen; ``Amber  lantern`` is one too."""
    return BETWEEN.join(text.replace(BETWEEN, " ").casefold().split())
