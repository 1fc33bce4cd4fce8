from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.audit.payload import Detail
from waystation.audit.services import append
from waystation.cases.models import Case, ChangeKind
from waystation.cases.policies import refuse_closed
from waystation.cases.services.steps import locked_case, permit, take_step
from waystation.store.files import LARGEST_FILE, FileOnDisk, keep_sealed, remove_files, seal_to_disk
from waystation.store.keyring import Keyring
from waystation.store.models import SealedFile
from waystation.store.tiers import Tier


def attach_file(
    *, keyring: Keyring, case: Case, tier: Tier, source: BinaryIO, name: str, at: datetime, limit: int = LARGEST_FILE
) -> SealedFile:
    """Seal a file into a case, 64 KiB in memory at a time; ``name`` is sealed too.

    Raises
    ------
    NotPermittedError, NoKeyError, CaseClosedError, CaseShreddedError
        If the person may not, or it takes no changes any more. Nothing is kept.
    TooLargeError
        If there are more than ``limit`` bytes. Nothing is kept.
    """
    permit(keyring, Action.CASE_CHANGE, case, {tier})
    refuse_closed(case)
    sealed = seal_to_disk(source, limit=limit)  # before the transaction, so that nobody waits for a large file
    try:
        return _keep(keyring, case, tier, sealed, name, at)
    except BaseException:
        remove_files([sealed.id])
        raise


@transaction.atomic
def _keep(keyring: Keyring, case: Case, tier: Tier, sealed: FileOnDisk, name: str, at: datetime) -> SealedFile:
    now = locked_case(keyring, case)
    refuse_closed(now)
    kept = keep_sealed(keyring, now.record, tier, sealed, name, at=at)
    take_step(now, kind=ChangeKind.FILE_KEPT, by=keyring.person_id, at=at, tiers={tier}, fields=["file"])
    details: dict[str, Detail] = {"file": str(kept.pk), "version": now.version}
    append(keyring=keyring, kind="file.kept", at=at, record=now.record, tier=tier, details=details)
    return kept
