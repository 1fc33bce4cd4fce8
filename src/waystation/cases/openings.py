"""Opening what a case keeps: always through `waystation.accounts.openings`, which asks and writes the log first."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from waystation.accounts import openings
from waystation.cases.models import Case
from waystation.cases.policies import refuse_shredded
from waystation.store.files import file_name
from waystation.store.keyring import Keyring
from waystation.store.models import SealedFile
from waystation.store.tiers import Tier


@dataclass(frozen=True)
class OpenedFile:
    """A file while it is read: its own name, and its bytes, 64 KiB at a time."""

    name: str = field(repr=False)
    chunks: Iterator[bytes] = field(repr=False)


def open_names(*, keyring: Keyring, cases: Iterable[Case], at: datetime) -> dict[UUID, str]:
    """Open the names of some cases; each is an opened identity in the log and counts towards the limit of an hour.

    Raises
    ------
    SecondPersonNeededError
        When the limit is reached on the way. No name is returned.
    """
    opened = openings.open_many(keyring=keyring, rows=cases, fields=("name",), at=at)
    return {case_id: str(values["name"] or "") for case_id, values in opened.items()}


def file_names(*, keyring: Keyring, case: Case, tiers: Collection[Tier]) -> dict[Tier, list[tuple[SealedFile, str]]]:
    """Return the files in some tiers of a case with their names, oldest first. Ask it only once the tiers' fields were opened."""
    found: dict[Tier, list[tuple[SealedFile, str]]] = {tier: [] for tier in tiers}
    for file in SealedFile.objects.filter(record=case.record, tier__in=list(tiers)).order_by("kept_at", "pk"):
        found[Tier(file.tier)].append((file, file_name(keyring, file)))
    return found


def open_case_file(*, keyring: Keyring, case: Case, file_id: UUID, at: datetime) -> OpenedFile:
    """Open a file of a case for reading; the log says so first.

    Raises
    ------
    SealedFile.DoesNotExist
        If the case has no such file.
    NotPermittedError, NoKeyError, CaseShreddedError
        If the person may not open it.
    TamperedError
        If what the disk holds was changed; while reading too.
    """
    refuse_shredded(case)
    file = SealedFile.objects.select_related("record").get(pk=file_id, record=case.record)
    chunks = openings.open_file(keyring=keyring, file=file, at=at)
    return OpenedFile(file_name(keyring, file), chunks)
