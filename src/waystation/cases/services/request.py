from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.cases.due_dates import due_on
from waystation.cases.errors import NotAllOfItError
from waystation.cases.models import CHILDREN, Case, EventKind, Request, Task
from waystation.cases.services.create import create_case
from waystation.cases.services.tasks import tell_tasks
from waystation.cases.services.work import begin, finish, new_row
from waystation.cases.steps.vocabulary import Priority, Step
from waystation.cases.summary import Outline
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier

ALL_BUT_EVIDENCE = (Tier.IDENTITY, Tier.MOVEMENT, Tier.WELFARE)


@dataclass(frozen=True)
class FirstCall:
    """What is asked before anything was verified, and nothing else. Texts may be empty, but for those a case cannot be without.

    Attributes
    ----------
    heads
        People by age band, each at least 1.
    priority
        As whoever took the call sees it.
    """

    asker: str
    for_whom: str = field(repr=False)
    heads: Mapping[str, int]
    contact_consent: str
    priority: Priority = Priority.NORMAL
    asker_name: str = field(default="", repr=False)
    answer_way: str = ""
    answer_address: str = field(default="", repr=False)
    answer_time: str = field(default="", repr=False)
    language: str = ""
    region: str = field(default="", repr=False)
    danger: str = field(default="", repr=False)
    deadline: date | None = None

    def missing(self) -> tuple[str, ...]:
        """Return the names of what a request cannot be without."""
        needed = {"asker": self.asker, "for_whom": self.for_whom.strip(), "heads": sum(self.heads.values())}
        return tuple(name for name, value in needed.items() if not value)


@transaction.atomic
def take_request(*, keyring: Keyring, call: FirstCall, at: datetime) -> Case:
    """Enter what somebody asks for in a first call: a case at its first step, with a code, and the tasks that follow from it.

    Raises
    ------
    NotAllOfItError
        If nobody is asked for, or nobody says who asks.
    NotPermittedError, RecoveryNotConfirmedError, BadInputError
        As `create_case` does. Nothing is written.
    """
    if missing := call.missing():
        raise NotAllOfItError(*missing)
    heads = {band: count for band, count in call.heads.items() if count}
    values: dict[str, Any] = {"name": call.for_whom, "party_size": sum(heads.values()), "whereabouts": call.region}
    case = create_case(keyring=keyring, values={name: value for name, value in values.items() if value}, at=at)
    work = begin(keyring, case, Action.CASE_CHANGE, at, tiers=ALL_BUT_EVIDENCE)
    new_row(work, Request(), request_values(call, heads))
    children = bool(CHILDREN & heads.keys())
    work.update(step=Step.REQUEST, priority=call.priority, heads=sum(heads.values()), children=children)
    work.update(since=at.date(), owner=keyring.person_id)
    work.outline = Outline(region=call.region)
    what = "first_answer"
    due = due_on(what, call.priority, at.date(), deadline=call.deadline)
    new_row(work, Task(id=uuid4()), {"what": what, "owner": str(keyring.person_id), "due": due})
    tell_tasks(work)
    finish(work, EventKind.REQUESTED, tiers=ALL_BUT_EVIDENCE, asker=call.asker, heads=sum(heads.values()))
    return work.case


def request_values(call: FirstCall, heads: Mapping[str, int]) -> dict[str, object]:
    """Return what the row of a first call holds, by its sealed fields."""
    return {**{name: getattr(call, name) for name in _SAID}, "heads": dict(heads)}


_SAID = (
    "asker",
    "asker_name",
    "for_whom",
    "answer_way",
    "answer_address",
    "answer_time",
    "language",
    "region",
    "danger",
    "deadline",
    "contact_consent",
)
