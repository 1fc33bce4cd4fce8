"""What the organisation's state and its rules allow, whoever asks."""

from collections.abc import Collection

from waystation.accounts.errors import LastOneError, RecoveryNotConfirmedError, RolesRefusedError
from waystation.accounts.models import Organisation, Person
from waystation.accounts.permissions import PERMISSIONS, Action, Scope, tiers_of_roles
from waystation.accounts.roles import STANDS_ALONE, Role
from waystation.kernel import BadInputError
from waystation.store.tiers import Tier


def require_confirmed_recovery() -> None:
    """Refuse to go on until two recovery shares have been typed back.

    Raises
    ------
    RecoveryNotConfirmedError
        Until then no record about a person served may be made or opened: its keys could be lost for good.
    """
    if not Organisation.objects.filter(recovery_confirmed_at__isnull=False).exists():
        raise RecoveryNotConfirmedError(
            "type two of the recovery shares back first: until then no record may be opened"
        )


def refuse_union(roles: Collection[Role]) -> None:
    """Refuse roles that nobody may have together.

    Raises
    ------
    BadInputError
        If there is no role at all.
    RolesRefusedError
        If together they open all four tiers, or one of them stands alone.
    """
    if not roles:
        raise BadInputError("a person has at least one role")
    if len(set(roles)) > 1 and STANDS_ALONE & set(roles):
        raise RolesRefusedError("an auditor has no other role: who checks the work does none of it")
    if tiers_of_roles(roles) == frozenset(Tier):
        raise RolesRefusedError("these roles together would open all four parts of a record")


def require_another(person: Person, remaining: Collection[Role]) -> None:
    """Refuse that ``person`` keeps only ``remaining`` roles if they are the last director, or the last who reads the log.

    Raises
    ------
    LastOneError
        If nobody else would be left.
    """
    others = [other.role_set for other in Person.objects.filter(active=True).exclude(pk=person.pk)]
    if Role.DIRECTOR in person.role_set - set(remaining) and not any(Role.DIRECTOR in roles for roles in others):
        raise LastOneError("this is the only director: make somebody else director first")
    readers = readers_of_the_log()
    was, stays = person.role_set & readers, set(remaining) & readers
    if was and not stays and not any(roles & readers for roles in others):
        raise LastOneError(
            "this is the only person who reads the log: admit another auditor or safeguarding officer first"
        )


def readers_of_the_log() -> frozenset[Role]:
    """Return the roles that read the log by office."""
    return frozenset(
        rule.role for rule in PERMISSIONS if rule.action is Action.LOG_READ and rule.scope is not Scope.OWN
    )
