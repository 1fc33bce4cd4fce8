"""Cases in the order of a list, and beside each what lists and searches ask of it: tens of thousands are gone through at once."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

from waystation.cases.index.entry import Entry
from waystation.cases.index.reasons import Reason
from waystation.cases.steps.vocabulary import Priority, Step

_WORDS: Final = (
    *(("state", each) for each in ("open", "closed")),
    *(("whose", each) for each in ("mine", "team", "all")),
    *(("what", str(each)) for each in Reason),
    *(("step", str(each)) for each in Step),
    *(("priority", str(each)) for each in Priority),
)
BITS: Final = {word: 1 << place for place, word in enumerate(_WORDS)}
"""A bit for each coded word by which a list is narrowed."""
NEVER: Final = 2**31 - 1
"""Due on no day."""

Key = tuple[float, str]


def marks_of(entry: Entry) -> int:
    """Return the bits of every word that holds of a case, as far as its reader may know."""
    found = BITS["state", "open" if entry.closed_at is None else "closed"]
    known = entry.summary or entry.outline
    words = [*(("whose", each) for each in entry.whose), *(("what", str(each)) for each in entry.why)]
    if known is not None:
        words += [("step", str(known.step)), ("priority", str(known.priority))]
    for word in words:
        found |= BITS[word]
    return found


def due_of(entry: Entry) -> int:
    """Return the day on which a case is due, as an ordinal; `NEVER` for none."""
    return entry.summary.due.toordinal() if entry.summary and entry.summary.due else NEVER


def key_of(entry: Entry) -> Key:
    """Return by what cases are ordered: changed last first; a code is one case's alone."""
    return -entry.updated_at.timestamp(), entry.code


@dataclass(frozen=True, slots=True)
class Order:
    """Cases, what was changed last first. Never changed: `moved` returns another, and whoever walks over this one still may.

    Attributes
    ----------
    keys, marks, due, words
        Of each case by its place: `key_of`, `marks_of`, `due_of`, and what a search looks through.
    """

    entries: list[Entry] = field(default_factory=list, repr=False)
    keys: list[Key] = field(default_factory=list, repr=False)
    marks: "array[int]" = field(default_factory=lambda: array("Q"), repr=False)
    due: "array[int]" = field(default_factory=lambda: array("l"), repr=False)
    words: list[bytes] = field(default_factory=list, repr=False)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """Sort some cases."""
        ordered = sorted(entries, key=key_of)
        return cls(
            ordered,
            [key_of(each) for each in ordered],
            array("Q", [marks_of(each) for each in ordered]),
            array("l", [due_of(each) for each in ordered]),
            [each.words for each in ordered],
        )

    def moved(self, before: Iterable[Entry], after: Iterable[Entry]) -> Self:
        """Return the same without some cases and with some others: cheaper than sorting while they are few."""
        made = type(self)(self.entries.copy(), self.keys.copy(), self.marks[:], self.due[:], self.words.copy())
        for entry in before:
            at = bisect_left(made.keys, key_of(entry))
            del made.entries[at], made.keys[at], made.marks[at], made.due[at], made.words[at]
        for entry in sorted(after, key=key_of):
            key = key_of(entry)
            at = bisect_left(made.keys, key)
            made.entries.insert(at, entry)
            made.keys.insert(at, key)
            made.marks.insert(at, marks_of(entry))
            made.due.insert(at, due_of(entry))
            made.words.insert(at, entry.words)
        return made

    def marked(self, mask: int, *, due_first: bool = False) -> list[Entry]:
        """Return the cases that bear every bit of ``mask``; with ``due_first`` by their days, what is never due last."""
        entries = self.entries
        if not due_first:
            return [entries[at] for at, marks in enumerate(self.marks) if marks & mask == mask]
        due = self.due
        found = sorted((due[at], at) for at, marks in enumerate(self.marks) if marks & mask == mask)
        return [entries[at] for _, at in found]

    def with_words(self, needles: Sequence[bytes]) -> list[Entry]:
        """Return the cases in which every word is found: one plain pass for the longest, then only over what is left."""
        if not needles:
            return []
        longest, *others = sorted(needles, key=len, reverse=True)
        entries = self.entries
        found = [at for at, words in enumerate(self.words) if longest in words]
        for needle in others:
            found = [at for at in found if needle in self.words[at]]
        return [entries[at] for at in found]
