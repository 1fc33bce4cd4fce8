import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from waystation.briefs.language.particles import with_particle
from waystation.kernel import BadInputError

Language = Literal["en", "ko"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def _texts(language: Language) -> Mapping[str, str]:
    """Return every text of a language by key, read once."""
    source = files("waystation.briefs.language").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return {key: str(value) for key, value in tomllib.loads(source).items()}


class _Word(str):
    """A value put into a Korean sentence; a format such as ``{place:을}`` adds the particle in its right form."""

    __slots__ = ()

    def __format__(self, particle: str) -> str:
        return with_particle(str(self), particle) if particle else str(self)


def language_of(name: str) -> Language:
    """Return the language of a code.

    Raises
    ------
    BadInputError
        If a brief cannot be written in it.
    """
    for language in LANGUAGES:
        if name == language:
            return language
    message = f"a brief cannot be written in {name!r}; one of {', '.join(LANGUAGES)}"
    raise BadInputError(message)


def keys_of(language: Language) -> frozenset[str]:
    """Return every key the language has a text for."""
    return frozenset(_texts(language))


def template(language: Language, key: str) -> str:
    """Return a text with its placeholders unfilled; a missing key is a `KeyError`."""
    return _texts(language)[key]


def text(language: Language, key: str, **values: str) -> str:
    """Return a text with its placeholders filled. Values are put in as they are and never read as templates."""
    filled = {name: _Word(value) for name, value in values.items()} if language == "ko" else values
    return _texts(language)[key].format(**filled)
