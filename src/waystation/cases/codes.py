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


def turned(code: str) -> str:
    """Return the code with its words in the other order, which on a telephone is the same code."""
    return BETWEEN.join(reversed(code.split(BETWEEN)))


def said(text: str) -> str:
    """Return what somebody typed for a code as a code is written: small letters, one hyphen; ``Amber  lantern`` is one too."""
    return BETWEEN.join(text.replace(BETWEEN, " ").casefold().split())
