"""What a row of a list says of a case: its code and marks, why it is here, how fresh it is; a name only where one was opened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from waystation.accounts.models import Person
from waystation.accounts.queries import colleagues
from waystation.cases.index.entry import Entry
from waystation.cases.index.index import Index
from waystation.cases.index.reasons import Reason, alerts, owner_of
from waystation.cases.steps.vocabulary import Priority
from waystation.store.keyring import Keyring
from waystation.web.wording import say

Tone = Literal["danger", "warning", "plain"]
NOW = frozenset({Reason.OVERDUE, Reason.DECIDE, Reason.ALERT})
"""Reasons because of which somebody should act today."""


@dataclass(frozen=True)
class Badge:
    """A short mark beside a code; its tone is never the only thing that tells."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Row:
    """One line of a list, in the reader's language.

    Attributes
    ----------
    why, urgent
        Why the case is in front of the reader, and whether it asks for something today.
    fresh
        How long ago anybody changed it.
    due
        The day on which its next task is due, ISO 8601; empty where there is none, or where the reader may not know.
    name
        Opened because somebody asked for it; None otherwise.
    """

    id: UUID
    code: str
    badges: tuple[Badge, ...]
    why: str
    urgent: bool
    fresh: str
    step: str
    owner: str
    due: str
    late: bool
    heads: int
    linked: bool
    name: str | None = field(default=None, repr=False)


def rows_of(
    entries: Iterable[Entry], index: Index, keyring: Keyring, at: datetime, names: Mapping[UUID, str] | None = None
) -> list[Row]:
    """Return a row for each case."""
    shown = list(entries)
    owners = {owner for each in shown if (owner := owner_of(each)) is not None}
    people = colleagues(keyring, Person.objects.filter(pk__in=owners).select_related("record"))
    return [_row(each, index, people, at, (names or {}).get(each.id)) for each in shown]


def _row(entry: Entry, index: Index, people: Mapping[UUID, str], at: datetime, name: str | None) -> Row:
    known = entry.summary or entry.outline
    kept = entry.summary is not None and entry.summary.since is not None
    owner = owner_of(entry)
    why = tuple(Reason(each) for each in entry.why)
    due = entry.summary.due if entry.summary else None
    return Row(
        id=entry.id,
        code=entry.code,
        badges=tuple(_badges(entry)),
        why=_why(entry, why, at),
        urgent=bool(why) and why[0] in NOW,
        fresh=say("lists.fresh.today")
        if (days := (at - entry.updated_at).days) < 1
        else say("lists.fresh", count=days),
        step=say(f"lists.step.{known.step}") if known and (kept or entry.outline) else "",
        owner=_owner(owner, people, index),
        due=due.isoformat() if due and entry.open else "",
        late=due is not None and entry.open and due < at.date(),
        heads=known.heads if known else 0,
        linked=bool(entry.tiers),
        name=name,
    )


def _badges(entry: Entry) -> Iterable[Badge]:
    known = entry.summary or entry.outline
    if not entry.open:
        yield Badge(say("lists.mark.closed"))
    if known is not None and known.priority is Priority.EMERGENCY:
        yield Badge(say("lists.priority.emergency"), "danger")
    if known is not None and known.priority is Priority.URGENT:
        yield Badge(say("lists.priority.urgent"), "warning")
    if entry.summary is not None and entry.summary.children:
        yield Badge(say("lists.mark.child"))
    if entry.summary is not None and entry.summary.flags:
        yield Badge(say("lists.mark.flag"), "warning")
    if entry.held:
        yield Badge(say("lists.mark.hold"))


def _owner(owner: UUID | None, people: Mapping[UUID, str], index: Index) -> str:
    if owner is None:
        return say("lists.owner.nobody")
    if owner == index.reader.person_id:
        return say("lists.owner.you")
    return people.get(owner) or say("lists.owner.somebody")


def _why(entry: Entry, why: tuple[Reason, ...], at: datetime) -> str:
    """Return why a case is in front of the reader: the weightiest reason, with its day or its cause."""
    if not entry.open:
        return say("lists.why.closed")
    if not why:
        return say("lists.why.open")
    of = entry.summary
    if why[0] in {Reason.OVERDUE, Reason.SOON} and of is not None and of.due is not None:
        return say(f"lists.why.{why[0]}", day=_whole(of.due))
    if why[0] is Reason.DECIDE and of is not None and not of.to_decide and of.review is not None:
        return say("lists.why.review", day=_whole(of.review))
    if why[0] is Reason.CONSENT and entry.consent_until is not None:
        ended = entry.consent_until <= at
        return say("lists.why.consent.over" if ended else "lists.why.consent", day=_whole(entry.consent_until.date()))
    if why[0] is Reason.ALERT:
        return say(f"lists.alert.{alerts(entry, at.date())[0]}")
    return say(f"lists.why.{why[0]}")


def _whole(day: date) -> str:
    """Return a day that no line breaks in two: its hyphens do not part."""
    return day.isoformat().replace("-", "\N{NON-BREAKING HYPHEN}")
