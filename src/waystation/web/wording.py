"""Every text a person sees, by key and language, from the catalogues in ``language/<language>/<area>.toml``."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter

from django.utils.functional import lazy
from django.utils.translation import get_language

from waystation.kernel import BrokenPromiseError

LANGUAGES = ("en", "ko")
"""English is the one that is read when the active language is none of these."""


class UnknownTextError(BrokenPromiseError):
    """A page asks for a text that no catalogue holds, or leaves one of its placeholders unfilled."""


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return every text of a language by key; the catalogues are read once.

    Raises
    ------
    UnknownTextError
        If a key does not begin with the name of its catalogue, or a text is no string.
    """
    texts: dict[str, str] = {}
    for source in sorted(files("waystation.web.language").joinpath(language).iterdir(), key=lambda path: path.name):
        if not source.name.endswith(".toml"):
            continue
        area = source.name.removesuffix(".toml")
        for key, text in tomllib.loads(source.read_text(encoding="utf-8")).items():
            if not key.startswith(f"{area}.") or not isinstance(text, str):
                raise UnknownTextError(f"{language}/{source.name}: {key!r} is no text whose key begins with {area!r}")
            texts[key] = text
    return texts


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the placeholders in a text."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def active_language() -> str:
    """Return the language that texts are said in now: the active one if there are catalogues for it, else English."""
    language = (get_language() or "en").split("-")[0]
    return language if language in LANGUAGES else "en"


def say(key: str, /, **values: object) -> str:
    """Return a text in the active language, its placeholders filled.

    Parameters
    ----------
    key
        The text's key, for example ``"form.errors"``. With a ``count`` among the values, ``key.one`` is taken for 1 and
        ``key.other`` for the rest where the catalogue has them.
    values
        What stands in the placeholders; whole numbers get separators between thousands. Nothing is escaped here: the
        template tag ``say`` escapes the whole text.

    Raises
    ------
    UnknownTextError
        If there is no such text, or a placeholder has no value.
    """
    texts = catalogue(active_language())
    if "count" in values:
        plural = f"{key}.one" if values["count"] == 1 else f"{key}.other"
        key = plural if plural in texts else key
    shown = {name: f"{value:,}" if type(value) is int else value for name, value in values.items()}
    try:
        return texts[key].format(**shown)
    except KeyError:
        raise UnknownTextError(f"no text {key!r} with the values {sorted(values)} in {active_language()!r}") from None


say_lazy = lazy(say, str)
"""The same, looked up only when it is shown: for labels and choices in a form's class body."""
