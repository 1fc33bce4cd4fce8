import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from waystation.kernel import BrokenPromiseError

LANGUAGES = ("en", "ko", "zh", "ar", "fr", "es")
"""Languages there are letters in. To ask for another is to be given English, which says so."""
RIGHT_TO_LEFT = frozenset({"ar"})
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
"""Around what is written in another direction than the letter, so that neither turns the other round."""


@cache
def texts(language: str) -> Mapping[str, str]:
    """Return the sentences of a language; English for one there are none in."""
    name = language if language in LANGUAGES else "en"
    source = files("waystation.cases.letters") / f"{name}.toml"
    found = tomllib.loads(source.read_text("utf-8"))
    return {key: str(text) for key, text in found.items()}


def direction(language: str) -> str:
    """Return the direction in which a language is written: ``ltr`` or ``rtl``."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def draft_letter(*, language: str, outcome: str, reason: str, code: str, review_on: date | None = None) -> str:
    """Return a draft of the answer, to be read and mended by a person before anybody gets it.

    It names nobody, no place and no organisation: who finds it learns that somebody asked for something. The coded reason is
    said in one sentence; words of the decision are never copied, for they were written for colleagues.

    Raises
    ------
    BrokenPromiseError
        If no sentence is declared for the outcome or the reason.
    """
    said = texts(language)
    try:
        parts = [said["greeting"], said[f"{outcome}.opening"], said[f"{outcome}.{reason}"]]
        parts.append(said["review"].format(day=_apart(review_on.isoformat())) if review_on else said[f"{outcome}.next"])
        parts += [said["safe"], said["closing"].format(code=_apart(code))]
    except KeyError:
        raise BrokenPromiseError("no sentence is declared for this outcome and reason") from None
    return "\n\n".join(part for part in parts if part)


def _apart(text: str) -> str:
    return f"{ISOLATE}{text}{END_OF_ISOLATE}"
