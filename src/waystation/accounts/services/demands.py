from collections.abc import Collection

from waystation.accounts.errors import NotPermittedError
from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, allowed_tiers, may
from waystation.accounts.queries import in_good_standing
from waystation.store.keyring import Keyring
from waystation.store.models import Record
from waystation.store.tiers import Tier


def demand(keyring: Keyring, action: Action, record: Record | None = None) -> Person:
    """Return the person whose keyring this is, if they may do ``action`` (with ``record``).

    Roles are read anew each time, and count only if a director signed them.

    Raises
    ------
    NotPermittedError
        If they may not, are no longer here, or nobody entitled signed their roles.
    """
    person = in_good_standing(keyring).get(keyring.person_id)
    if person is None or not may(person, action, record, keyring):
        raise NotPermittedError(f"this person may not do that ({action})")
    return person


def demand_tiers(keyring: Keyring, action: Action, record: Record, tiers: Collection[Tier]) -> Person:
    """Return the person whose keyring this is, if they may do ``action`` with ``record`` in each of ``tiers``.

    Raises
    ------
    NotPermittedError
        If they may not.
    """
    person = demand(keyring, action, record)
    if not frozenset(tiers) <= allowed_tiers(person, action, record, keyring):
        raise NotPermittedError("this person's roles do not allow it for this part of the record")
    return person
