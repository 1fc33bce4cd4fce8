"""The signs looked for in others, looked for at home: shelters, partners, offices."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from waystation.accounts.permissions import Action, Kind, standing_tiers
from waystation.accounts.policies import require_confirmed_recovery
from waystation.accounts.queries import in_good_standing
from waystation.accounts.services.demands import demand, demand_tiers
from waystation.audit.services import append
from waystation.kernel import BadInputError
from waystation.safeguarding.errors import SafeguardRefusedError
from waystation.safeguarding.indicators import OF_HOUSE
from waystation.safeguarding.models import Answer, CheckFollow, HouseCheck, HouseKind
from waystation.safeguarding.services.noting import demand_reason, put
from waystation.store.keyring import Keyring
from waystation.store.models import Record
from waystation.store.tiers import Tier


@dataclass(frozen=True)
class Found:
    """What has to be put right, and by when."""

    what: str = field(repr=False)
    due_at: datetime


@transaction.atomic
def record_check(
    *,
    keyring: Keyring,
    kind: HouseKind,
    name: str,
    answers: Mapping[str, Answer],
    found: Collection[Found],
    words: str = "",
    next_by: datetime,
    at: datetime,
) -> HouseCheck:
    """Write down a look at a house, a partner or an office: every sign answered, and what follows where one was found.

    Raises
    ------
    NotPermittedError
        If the person may not.
    SafeguardRefusedError
        ``no_follow_up``: a sign was found, and nothing is to be done about it.
    BadInputError
        If a sign is left out or unknown, there is no name, or a day is not later than today.
    """
    require_confirmed_recovery()
    maker = demand(keyring, Action.CHECK_MAKE)
    _demand_whole(name, answers, found, next_by, at)
    people = in_good_standing(keyring)
    record_id = uuid4()
    like = Record(id=record_id, kind=Kind.CHECK)
    by_office: dict[UUID, Collection[Tier]] = {
        pk: tiers for pk, person in people.items() if (tiers := standing_tiers(person, like))
    }
    record = keyring.create_record(kind=Kind.CHECK, recipients=by_office, at=at, record_id=record_id)
    check = HouseCheck(id=record.pk, record=record, by=maker.pk, checked_at=at, next_by=next_by)
    listed = {sign: answer.value for sign, answer in answers.items()}
    put(keyring, check, {"kind": kind.value, "name": name.strip(), "answers": listed, "words": words})
    for each in found:
        follow = CheckFollow(record=record, check_of=check, due_at=each.due_at, by=maker.pk, at=at)
        put(keyring, follow, {"finding": each.what.strip()})
    append(keyring=keyring, kind="check.recorded", at=at, record=record, details={"count": len(found)})
    return check


@transaction.atomic
def finish_follow_up(*, keyring: Keyring, follow: CheckFollow, words: str, at: datetime) -> CheckFollow:
    """Say that something was put right, and how.

    Raises
    ------
    SafeguardRefusedError
        ``followed``: it was already. ``no_reason``: it does not say how.
    NotPermittedError, NoKeyError
        If the person may not.
    """
    reason = demand_reason(words)
    with keyring.locked(follow.record) as record:
        person = demand_tiers(keyring, Action.CHECK_MAKE, record, {Tier.WELFARE})
        now = CheckFollow.objects.select_for_update(of=("self",)).select_related("record").get(pk=follow.pk)
        if now.done_at is not None:
            raise SafeguardRefusedError("followed")
        keyring.seal(now, done_words=reason)
        now.done_at, now.done_by = at, person.pk
        now.save(force_update=True)
        append(keyring=keyring, kind="check.followed", at=at, record=record, details={"row": str(now.pk)})
    return now


def _demand_whole(
    name: str, answers: Mapping[str, Answer], found: Collection[Found], next_by: datetime, at: datetime
) -> None:
    if not name.strip():
        raise BadInputError("name: must not be empty")
    if set(answers) != set(OF_HOUSE):
        raise BadInputError("answers: every sign is answered, with no, yes or unseen")
    if next_by <= at or any(each.due_at <= at for each in found):
        raise BadInputError("a day that is to come must be later than today")
    if Answer.YES in answers.values() and not found:
        raise SafeguardRefusedError("no_follow_up")
    for each in found:
        demand_reason(each.what)
