from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Self

from waystation.cases.index.entry import Entry
from waystation.cases.index.index import Index
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


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter of the list of cases; each value is one of `CHOICES`."""

    state: str = "open"
    whose: str = "all"
    what: str = ""
    step: str = ""
    priority: str = ""
    order: str = "newest"

    @classmethod
    def read(cls, untrusted: Mapping[str, object]) -> Self:
        """Return a filter of what came from a form, an address or a sealed view: what is not among the choices is left out."""
        given = {name: str(untrusted[name]) for name in CHOICES if name in untrusted}
        return cls(**{name: value for name, value in given.items() if value in CHOICES[name]})

    def plain(self) -> dict[str, str]:
        """Return it as text by name: only what is not the usual."""
        usual = asdict(type(self)())
        return {name: value for name, value in asdict(self).items() if value != usual[name]}

    def shown(self) -> dict[str, str]:
        """Return every value by name, for a form."""
        return asdict(self)

    def usual(self) -> bool:
        """Whether nothing is narrowed; the order does not count."""
        return not replace(self, order="newest").plain()


def matching(index: Index, chosen: Chosen) -> list[Entry]:
    """Return the cases that a filter lets through, in its order: all in memory, some tens of ms for 100,000."""
    found = index.newest_first()
    if chosen.state != "all":
        wanted = chosen.state == "open"
        found = [each for each in found if (each.closed_at is None) is wanted]
    if chosen.whose != "all":
        found = [each for each in found if chosen.whose in each.whose]
    if chosen.what:
        found = [each for each in found if chosen.what in each.why]
    if chosen.step:
        step = Step(chosen.step)
        found = [each for each in found if _place(each)[0] is step]
    if chosen.priority:
        priority = Priority(chosen.priority)
        found = [each for each in found if _place(each)[1] is priority]
    return _by_due(found) if chosen.order == "due" else found


def _place(entry: Entry) -> tuple[Step | None, Priority | None]:
    """Return where a case stands, as far as the reader may know."""
    known = entry.summary or entry.outline
    return (known.step, known.priority) if known else (None, None)


def _by_due(entries: list[Entry]) -> list[Entry]:
    """Return what is due first, first; what is never due last, in the order given."""
    dated = [(each.summary.due, at) for at, each in enumerate(entries) if each.summary and each.summary.due]
    first = [entries[at] for _, at in sorted(dated)]
    chosen = {each.id for each in first}
    return first + [each for each in entries if each.id not in chosen]
