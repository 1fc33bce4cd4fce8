from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Self

from waystation.cases.index.entry import Entry
from waystation.cases.index.index import Index
from waystation.cases.index.order import BITS
from waystation.cases.index.reasons import Reason
from waystation.cases.steps.vocabulary import Priority, Step

CHOICES: dict[str, tuple[str, ...]] = {
    "state": ("open", "closed", "all"),
    "whose": ("all", "team", "mine"),
    "what": ("", *(str(each) for each in Reason)),
    "step": ("", *(str(each) for each in Step)),
    "priority": ("", *(str(each) for each in Priority)),
    "order": ("newest", "due"),
}
"""What a list may be narrowed by: coded words alone, so that an address may hold them. The first of each is the usual one."""

MOST_REGIONS = 500
"""More are no choice any more."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter of the list of cases; each value is one of `CHOICES`, but for the region."""

    state: str = "open"
    whose: str = "all"
    what: str = ""
    step: str = ""
    priority: str = ""
    order: str = "newest"
    region: str = field(default="", repr=False)
    """A region as a first call named it. It is no coded word: it stands in no address, and is kept in memory alone."""

    @classmethod
    def read(cls, untrusted: Mapping[str, object]) -> Self:
        """Return a filter of what came from a form, an address or a sealed view: what is not among the choices is left out."""
        given = {name: str(untrusted[name]) for name in CHOICES if name in untrusted}
        return cls(**{name: value for name, value in given.items() if value in CHOICES[name]})

    def plain(self) -> dict[str, str]:
        """Return it as text by name: only what is not the usual, and coded words alone."""
        usual = asdict(type(self)())
        return {name: value for name, value in asdict(self).items() if name in CHOICES and value != usual[name]}

    def shown(self) -> dict[str, str]:
        """Return every coded word by name, for a form."""
        return {name: str(getattr(self, name)) for name in CHOICES}

    def usual(self) -> bool:
        """Whether nothing is narrowed; the order does not count."""
        return not replace(self, order="newest").plain() and not self.region


def matching(index: Index, chosen: Chosen) -> list[Entry]:
    """Return the cases that a filter lets through, in its order: all in memory, some ms for 40,000."""
    mask = sum(BITS[name, value] for name, value in asdict(chosen).items() if (name, value) in BITS)
    found = index.order().marked(mask, due_first=chosen.order == "due")
    if not chosen.region:
        return found
    region = _same(chosen.region)
    alike = {name for name in {each.outline.region for each in found if each.outline} if _same(name) == region}
    return [each for each in found if each.outline is not None and each.outline.region in alike]


def regions(index: Index) -> list[str]:
    """Return the regions of what the reader may know the place of, each once, in the order of the alphabet."""
    written = {each.outline.region for each in index.newest_first() if each.outline}
    found = {_same(name): name for name in sorted(written, reverse=True)}
    return sorted(name for key, name in found.items() if key)[:MOST_REGIONS]


def _same(region: str) -> str:
    """Return a region as it is compared: capitals and spaces are nothing."""
    return " ".join(region.split()).casefold()
