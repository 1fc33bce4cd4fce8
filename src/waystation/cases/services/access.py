from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action
from waystation.accounts.services import Taking, give_access, take_access
from waystation.cases.models import Case, EventKind
from waystation.cases.services.work import begin, finish
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier


@transaction.atomic
def give_parts(*, keyring: Keyring, case: Case, person: Person, tiers: Collection[Tier], at: datetime) -> None:
    """Give somebody the keys of some parts of a case, and say so in its timeline; raises as `give_access` does."""
    give_access(keyring=keyring, record=case.record, person=person, tiers=tiers, at=at)
    _tell(keyring, case, EventKind.ACCESS_GIVEN, person, tiers, at)


@transaction.atomic
def take_parts(*, keyring: Keyring, case: Case, person: Person, tiers: Collection[Tier], at: datetime) -> Taking:
    """Take the keys of some parts from somebody, and say so in the case's timeline; raises as `take_access` does."""
    taking = take_access(keyring=keyring, record=case.record, person=person, tiers=tiers, at=at)
    _tell(keyring, case, EventKind.ACCESS_TAKEN, person, tiers, at)
    return taking


def _tell(keyring: Keyring, case: Case, kind: EventKind, person: Person, tiers: Collection[Tier], at: datetime) -> None:
    """Append what happened, if the keys are there to seal it: the log has its entry in any case."""
    if not keyring.may_open(case.record, Tier.WELFARE):
        return
    action = Action.ACCESS_GIVE if kind is EventKind.ACCESS_GIVEN else Action.ACCESS_TAKE
    work = begin(keyring, case, action, at, tiers=(), closed=True)
    finish(work, kind, log="", to=person.pk, parts=sorted(tiers))
