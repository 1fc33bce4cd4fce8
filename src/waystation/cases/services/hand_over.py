from datetime import datetime

from django.db import transaction

from waystation.accounts.errors import NotPermittedError
from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, receivable_tiers
from waystation.accounts.queries import in_good_standing
from waystation.audit.services import append
from waystation.cases.models import Case, EventKind
from waystation.cases.services.work import begin, finish
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier


@transaction.atomic
def hand_over(*, keyring: Keyring, case: Case, to: Person, at: datetime, words: str = "") -> Case:
    """Make a colleague the owner of a case, and give them the keys of it that their roles allow and this keyring holds.

    Nobody loses a key by it: whoever should, has it taken on the page of access.

    Raises
    ------
    NotPermittedError
        If the person may not hand it over, or the colleague's roles do not let them know how people are.
    CaseClosedError, CaseShreddedError
        If the case takes no changes any more.
    """
    work = begin(keyring, case, Action.CASE_HAND_OVER, at)
    receiver = in_good_standing(keyring).get(to.pk)
    record = work.case.record
    may_hold = receivable_tiers(receiver, record) if receiver is not None else frozenset[Tier]()
    if receiver is None or Tier.WELFARE not in may_hold:
        raise NotPermittedError("this colleague's roles do not let them carry a case")
    held = keyring.holders_of_many([record])[record.pk]
    new = sorted(tier for tier, holders in held.items() if tier in may_hold and receiver.pk not in holders)
    if new:
        details = {"person": str(receiver.pk), "tiers": [str(tier) for tier in new]}
        append(keyring=keyring, kind="grant.given", at=at, record=record, details=details)
    for tier in new:
        keyring.give(record, tier, receiver.card)
    before = work.summary.owner
    work.update(owner=receiver.pk)
    finish(work, EventKind.HANDED_OVER, to=receiver.pk, before=before, words=words)
    return work.case
