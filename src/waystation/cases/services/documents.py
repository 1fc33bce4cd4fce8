from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.cases.models import Case, Document, EventKind, Traveller
from waystation.cases.services.work import begin, changed_row, finish, new_row, own_row
from waystation.store.keyring import Keyring
from waystation.store.models import SealedFile


@transaction.atomic
def describe_document(
    *, keyring: Keyring, case: Case, file_id: UUID, kind: str, at: datetime, traveller: UUID | None = None
) -> Document:
    """Say what a file of a case is, and whom it is about; said again, the newest counts.

    Raises
    ------
    SealedFile.DoesNotExist, Traveller.DoesNotExist
        If the case has no such file, or no such person.
    NotPermittedError, CaseClosedError, CaseShreddedError, BadInputError
        If the person may not, the case takes no changes any more, or the kind is not declared.
    """
    work = begin(keyring, case, Action.CASE_CHANGE, at)
    SealedFile.objects.get(pk=file_id, record=work.case.record)
    if traveller is not None:
        own_row(work, Traveller, traveller)
    values = {"kind": kind, "traveller": str(traveller or "")}
    before = Document.objects.filter(file_id=file_id, record=work.case.record).first()
    if before is None:
        row = new_row(work, Document(id=uuid4(), file_id=file_id), values)
    else:
        row = changed_row(work, before, before.version, values)
    finish(work, EventKind.DOCUMENT_DESCRIBED, file=file_id, paper=kind)
    return row
