from waystation.accounts.errors import NotPermittedError
from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, may
from waystation.accounts.queries import person_of
from waystation.store.keyring import Keyring
from waystation.store.models import Record


def demand(keyring: Keyring, action: Action, record: Record | None = None) -> Person:
    """Return the person whose keyring this is, if they may do ``action`` (with ``record``). Roles are read anew each time.

    Raises
    ------
    NotPermittedError
        If they may not, or are no longer here.
    """
    person = person_of(keyring)
    if person is None or not may(person, action, record, keyring):
        raise NotPermittedError(f"this person may not do that ({action})")
    return person
