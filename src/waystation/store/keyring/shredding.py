from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from waystation.kernel import RuleRefusedError
from waystation.store import models
from waystation.store.files import remove_files
from waystation.store.models import Grant, Record, SealedFile, TierKey, Withdrawal


@transaction.atomic
def shred_record(record: Record, by: UUID, at: datetime) -> None:
    """Destroy a record's keys, its sealed values and its files. Nobody opens them again, nor what an old backup holds of them.

    Raises
    ------
    RuleRefusedError
        If the record is on legal hold. Nothing is destroyed.
    """
    now = Record.objects.select_for_update(no_key=True).get(pk=record.pk)
    if now.hold:
        raise RuleRefusedError("this record is on legal hold: nothing of it may be destroyed")
    if now.shredded_at is None:
        Grant.objects.filter(record=now).delete()
        Withdrawal.objects.filter(record=now).delete()
        TierKey.objects.filter(record=now).delete()
        for model in models.sealed_models():
            empty = dict.fromkeys(model.sealed_fields())
            if empty:
                model._base_manager.filter(record=now).update(**empty)
        files = list(SealedFile.objects.filter(record=now).values_list("pk", flat=True))
        SealedFile.objects.filter(record=now).delete()
        now.shredded_at, now.shredded_by = at, by
        now.save(update_fields=("shredded_at", "shredded_by"))
        # Files go once the keys are gone for certain: an undone transaction leaves everything as it was.
        transaction.on_commit(partial(remove_files, files))
    record.shredded_at, record.shredded_by = now.shredded_at, now.shredded_by
