from collections.abc import Iterable

from waystation.kernel import closest

_MOST_SHOWN = 6
_MOST_COMPARED = 30_000


class Known:
    """The names that may be used, and the advice for a word that is none of them.

    Looking for the nearest name takes time for each name known; once `_MOST_COMPARED` names were compared (a whole file of
    unknown words), no more are looked for.
    """

    def __init__(self, names: Iterable[str], otherwise: str = "") -> None:
        self._names = sorted(set(names))
        self._set = frozenset(self._names)
        self._otherwise = otherwise
        self._nearest: dict[str, str | None] = {}
        self._searches_left = max(5, _MOST_COMPARED // max(1, len(self._names)))

    def __contains__(self, word: str) -> bool:
        return word in self._set

    def nearest(self, word: str) -> str | None:
        """Return the name that was most likely meant, None if none is near."""
        if word not in self._nearest and self._searches_left:
            self._searches_left -= 1
            self._nearest[word] = closest(word, self._names)
        return self._nearest.get(word)

    def advice(self, word: str) -> str:
        """Return what would be right in place of an unknown word: the nearest name, or another remedy and some names."""
        near = self.nearest(word)
        if near:
            return f"did you mean {near}?"
        if not self._names:
            return self._otherwise
        shown = ", ".join(self._names[:_MOST_SHOWN])
        return f"{self._otherwise}, or use one of {shown}{', …' if len(self._names) > _MOST_SHOWN else ''}"
