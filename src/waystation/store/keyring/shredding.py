from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from waystation.kernel import RuleRefusedError
from waystation.store import models
from waystation.store.files import remove_files
from waystation.store.models import Grant, Record, SealedFile, TierKey, Withdrawal


@transaction.atomic
def shred_records(records: Sequence[Record], by: UUID, at: datetime) -> None:
    """Destroy records' keys, their sealed values and their files. Nobody opens them again, nor what an old backup holds of them.

    A few statements in all, for at most some hundred records.

    Raises
    ------
    RuleRefusedError
        If one of the records is on legal hold. Nothing is destroyed.
    """
    ids = [record.pk for record in records]
    now = {each.pk: each for each in Record.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")}
    if any(each.hold for each in now.values()):
        raise RuleRefusedError("this record is on legal hold: nothing of it may be destroyed")
    whole = [pk for pk, each in now.items() if each.shredded_at is None]
    if whole:
        _destroy(whole)
        Record.objects.filter(pk__in=whole).update(shredded_at=at, shredded_by=by)
    for record in records:
        before = now[record.pk]
        record.shredded_at, record.shredded_by = (
            (at, by) if record.pk in whole else (before.shredded_at, before.shredded_by)
        )


def _destroy(ids: list[UUID]) -> None:
    Grant.objects.filter(record__in=ids).delete()
    Withdrawal.objects.filter(record__in=ids).delete()
    TierKey.objects.filter(record__in=ids).delete()
    for model in models.sealed_models():
        empty = dict.fromkeys(model.sealed_fields())
        if empty:
            model._base_manager.filter(record__in=ids).update(**empty)
    files = list(SealedFile.objects.filter(record__in=ids).values_list("pk", flat=True))
    SealedFile.objects.filter(record__in=ids).delete()
    # Files go once the keys are gone for certain: an undone transaction leaves everything as it was.
    transaction.on_commit(partial(remove_files, files))
