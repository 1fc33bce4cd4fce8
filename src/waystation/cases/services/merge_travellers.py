"""One person entered twice in one case: say which entry goes on, and take that back. Nothing is moved and nothing is lost."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.cases.duplicates.errors import NotAPairError, NotMergedError
from waystation.cases.errors import NotAllOfItError
from waystation.cases.models import Case, CaseRow, Document, Event, EventKind, Household, Note, Traveller
from waystation.cases.services.travellers import tell_heads
from waystation.cases.services.work import Work, begin, finish, kept_row, new_row, own_row
from waystation.cases.steps.on_record import read_on_record
from waystation.consent.queries import State, standings
from waystation.safeguarding.models import ChildFacts, Paper, Screen, StatusDecision
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier

COMPARED: Final = (Tier.IDENTITY, Tier.WELFARE)
NO: Final = frozenset({State.REFUSED, State.WITHDRAWN})
FOUND: Final = (Screen, StatusDecision, ChildFacts, Paper)
"""What safeguarding wrote down of somebody: whoever has it goes on."""
NAMING: Final[dict[type[CaseRow], tuple[str, ...]]] = {
    Household: ("members", "inseparable", "not_consenting"),
    Traveller: ("accompanied_by",),
    Document: ("traveller",),
}
"""Where one traveller is named by another row of the case."""


@transaction.atomic
def merge_travellers(*, keyring: Keyring, case: Case, kept: UUID, merged: UUID, reason: str, at: datetime) -> Traveller:
    """Say that two entries of one case are one person: ``kept`` goes on, ``merged`` no longer counts and stays as it is.

    Where another row names the merged one (a household, somebody looked after), it names the kept one from now on. Consents and
    findings stay with the entry they were given for.

    Raises
    ------
    NotAPairError
        If both are one entry. Nothing is written.
    NotAllOfItError
        If no reason is given; if the merged one is a child and the kept one is not; if the merged one said no to something, or
        safeguarding wrote something down of them: then that one is to go on, or it would be lost from sight.
    NotPermittedError, NoKeyError, CaseClosedError, CaseShreddedError, Traveller.DoesNotExist
        If the person may not compare people of the case, it takes no changes any more, or somebody is not of it.
    """
    if kept == merged:
        raise NotAPairError("nobody is a pair with themself")
    if not reason.strip():
        raise NotAllOfItError("words")
    work = begin(keyring, case, Action.CASE_MERGE, at, tiers=COMPARED)
    _refuse_loss(work, kept, merged)
    row = own_row(work, Traveller, merged)
    note = new_row(work, Note(id=uuid4()), {"text": reason.strip()})
    before = dict(_name_instead(work, str(merged), str(kept)))
    row.gone_at = at
    kept_row(work, row)
    tell_heads(work)
    told: dict[str, Any] = {"traveller": merged, "into": kept, "note": note.pk, "before": before}
    finish(work, EventKind.TRAVELLERS_MERGED, tiers=COMPARED, **told)
    return row


@transaction.atomic
def take_back_traveller_merge(*, keyring: Keyring, case: Case, merged: UUID, at: datetime) -> Traveller:
    """Let an entry that was merged into another count again, and other rows name it where they did.

    A row that somebody changed since stays as they left it.

    Raises
    ------
    NotMergedError
        If the entry was not merged, or that was taken back.
    NotPermittedError, NoKeyError, CaseClosedError, CaseShreddedError, Traveller.DoesNotExist
        As `merge_travellers` does. Nothing is written.
    """
    work = begin(keyring, case, Action.CASE_MERGE, at, tiers=COMPARED)
    row = own_row(work, Traveller, merged)
    told = _merge_of(work, merged)
    if row.gone_at is None or told is None:
        raise NotMergedError("nobody merged this entry into another")
    for row_id, (name, version, values) in told.get("before", {}).items():
        kind = next(each for each in NAMING if each.__name__.lower() == name)
        named = own_row(work, kind, UUID(row_id))
        if named.version == version:
            work.keyring.seal(named, **values)
            kept_row(work, named)
    row = own_row(work, Traveller, merged)  # it may have been named by a row of its own kind
    row.gone_at = None
    kept_row(work, row)
    tell_heads(work)
    finish(work, EventKind.TRAVELLER_MERGE_TAKEN_BACK, tiers=COMPARED, traveller=merged, into=told["into"])
    return row


def _refuse_loss(work: Work, kept: UUID, merged: UUID) -> None:
    """Refuse a merge by which something that protects somebody would be lost from sight."""
    record = work.case.record
    here = {each.id: each for each in read_on_record(work.keyring, record).companions}
    if kept not in here or merged not in here:
        raise Traveller.DoesNotExist
    missing = []
    if here[merged].is_child and not here[kept].is_child:
        missing.append("child_goes_on")
    if any(each.state in NO for each in standings(record, merged, work.at).values()):
        missing.append("no_goes_on")
    if any(kind._default_manager.filter(record=record, traveller_id=merged).exists() for kind in FOUND):
        missing.append("found_goes_on")
    if missing:
        raise NotAllOfItError(*missing)


def _name_instead(work: Work, merged: str, kept: str) -> Iterator[tuple[str, list[Any]]]:
    """Let the rows that name the one name the other; yield by id what they said, and the version that they have now."""
    for kind, names in NAMING.items():
        for found in kind._default_manager.filter(record=work.case.record, gone_at=None).select_related("record"):
            said = dict(work.keyring.open(found, *names))
            now = {name: _instead(value, merged, kept) for name, value in said.items()}
            if str(found.pk) == kept and now.get("accompanied_by") == kept:
                now["accompanied_by"] = None  # whom the merged one looked after was the same person
            if now != said:
                work.keyring.seal(found, **now)
                kept_row(work, found)
                yield str(found.pk), [kind.__name__.lower(), found.version, said]


def _instead(value: Any, merged: str, kept: str) -> Any:
    """Return a value of ids with the one in place of the other, each once."""
    if isinstance(value, list):
        changed = [_instead(each, merged, kept) for each in value]
        if all(isinstance(each, str) for each in changed):
            return sorted(set(changed))
        return [each for each in changed if not isinstance(each, list) or len(each) > 1]
    return kept if value == merged else value


def _merge_of(work: Work, merged: UUID) -> Mapping[str, Any] | None:
    """Return the newest merge of an entry into another; None if there is none, or it was taken back."""
    rows = Event.objects.filter(record=work.case.record).select_related("record").order_by("-case_version")
    for row in rows:
        told: Any = work.keyring.open(row, "told")["told"]
        if told and told.get("traveller") == str(merged):
            if told["kind"] == EventKind.TRAVELLERS_MERGED:
                return dict(told)
            if told["kind"] == EventKind.TRAVELLER_MERGE_TAKEN_BACK:
                return None
    return None
