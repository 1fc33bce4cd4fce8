"""Names that are spelt otherwise: found by the sounds of their words.

One man is Kim Seung-eun, Sung-eun, Seong-eun, 김성은. Of each distinct word its coarse sound keys are kept; whether two words
are one name is then asked of the matcher itself.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from waystation.matching.word import WordLevel, compare_words, read_word

WITHOUT_SPACES: Final = re.compile("[\uac00-\ud7a3\u3400-\u9fff]{2,4}")
"""Hangul and Han: a name in one piece, its surname one letter in nearly all cases."""
BETWEEN: Final = re.compile(r"[\s,]+")


class Variants:
    """Which cases hold a name like one that is looked for."""

    def __init__(self) -> None:
        """Hold no case yet."""
        self._cases: dict[str, set[UUID]] = defaultdict(set)
        self._sounding: dict[str, set[str]] = defaultdict(set)

    def put(self, case_id: UUID, names: Iterable[str]) -> None:
        """Keep the words of a case's names."""
        for word in words_of(names):
            if word not in self._cases:
                for key in _keys(word):
                    self._sounding[key].add(word)
            self._cases[word].add(case_id)

    def drop(self, case_id: UUID, names: Iterable[str]) -> None:
        """Forget a case's names; the words themselves stay, for others may bear them."""
        for word in words_of(names):
            self._cases[word].discard(case_id)

    def find(self, text: str) -> set[UUID]:
        """Return the cases in which every word of a name sounds like, or is spelt nearly like, one of ``text``."""
        asked = [word for word in BETWEEN.split(text.strip()) if word]
        found = [self._with(word) for word in asked]
        return set.intersection(*found) if found else set()

    def _with(self, asked: str) -> set[UUID]:
        """Return the cases with a name like one word; of one in one piece, like its parts."""
        parts = _parts(asked)
        whole = set[UUID]().union(*(self._cases[word] for word in self._like(asked)))
        if len(parts) < 2:
            return whole
        return whole | set.intersection(
            *(set[UUID]().union(*(self._cases[each] for each in self._like(part))) for part in parts)
        )

    def _like(self, asked: str) -> list[str]:
        read = read_word(asked)
        if read is None:
            return []
        near = set[str]().union(*(self._sounding.get(key, set()) for key in read.sounds))
        found = []
        for word in near:
            other = read_word(word)
            level = compare_words(read, other) if other is not None else None
            if level is not None and level <= WordLevel.CLOSE:
                found.append(word)
        return found


def words_of(names: Iterable[str]) -> set[str]:
    """Return the words of names, and of those that are written in one piece their parts too."""
    words = {word for name in names for word in BETWEEN.split(name.strip()) if word}
    return words | {part for word in words for part in _parts(word)}


def _parts(word: str) -> list[str]:
    return [word[:1], word[1:]] if WITHOUT_SPACES.fullmatch(word) else []


def _keys(word: str) -> frozenset[str]:
    read = read_word(word)
    return read.sounds if read is not None else frozenset()
