from datetime import datetime
from uuid import uuid4

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.cases.errors import NotAllOfItError
from waystation.cases.models import Case, EventKind, Note
from waystation.cases.services.work import begin, finish, new_row
from waystation.store.keyring import Keyring


@transaction.atomic
def write_note(*, keyring: Keyring, case: Case, text: str, at: datetime) -> Note:
    """Write down a note; it is not changed any more.

    Raises
    ------
    NotAllOfItError
        If it says nothing.
    NotPermittedError, CaseClosedError, CaseShreddedError, BadInputError
        If the person may not, the case takes no changes any more, or it is too long.
    """
    if not text.strip():
        raise NotAllOfItError("text")
    work = begin(keyring, case, Action.CASE_CHANGE, at)
    note = new_row(work, Note(id=uuid4()), {"text": text})
    finish(work, EventKind.NOTED, note=note.pk)
    return note
