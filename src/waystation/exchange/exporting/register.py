from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from waystation.accounts.permissions import Action
from waystation.accounts.services.demands import demand
from waystation.audit.services import append
from waystation.exchange.exporting.make import path_of
from waystation.exchange.models import Export
from waystation.store.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Registered:
    """A line of the register, opened: every colleague may know what went out, and to whom."""

    export: Export
    recipient: str = field(repr=False)
    reason: str = field(repr=False)


def register(*, keyring: Keyring) -> list[Registered]:
    """Return what went out, the newest first."""
    exports = {export.pk: export for export in Export.objects.select_related("record").order_by("-at")}
    opened = keyring.open_many(exports.values(), "recipient", "reason")
    return [Registered(exports[pk], str(each["recipient"]), str(each["reason"])) for pk, each in opened.items()]


def remove_expired(*, keyring: Keyring, folder: Path, at: datetime) -> int:
    """Remove the files that are past their date; return how many. The register keeps its lines."""
    due = list(Export.objects.filter(removed_at=None, expires_at__lte=at))
    for export in due:
        _remove(keyring, folder, export, at)
    return len(due)


def remove_export(*, keyring: Keyring, folder: Path, export_id: UUID, at: datetime) -> Export:
    """Remove a file before its date; nothing happens where it is gone.

    Raises
    ------
    Export.DoesNotExist
        If there is none of this id.
    NotPermittedError
        If the person may not export.
    """
    demand(keyring, Action.CASE_EXPORT)
    export = Export.objects.get(pk=export_id)
    if export.removed_at is None:
        _remove(keyring, folder, export, at)
    return export


@transaction.atomic
def _remove(keyring: Keyring, folder: Path, export: Export, at: datetime) -> None:
    export.removed_at = at
    Export.objects.filter(pk=export.pk).update(removed_at=at)
    append(keyring=keyring, kind="export.removed", at=at, details={"export": str(export.pk)})
    path_of(folder, export.pk).unlink(missing_ok=True)
