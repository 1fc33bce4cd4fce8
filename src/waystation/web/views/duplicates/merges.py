"""What a case's page says of its merges: which case goes on for it, and which were merged into it."""

from dataclasses import dataclass
from uuid import UUID

from waystation.cases.duplicates.answers import answers
from waystation.cases.models import Case
from waystation.store.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Merge:
    """One merge of a case: the other case's code, its id, and whether it is the other one that goes on."""

    code: str
    other: UUID
    into_other: bool


def merges_of(keyring: Keyring, case: Case) -> list[Merge]:
    """Return the merges of a case that stand, as far as the keyring may open them, by the other case's code."""
    said = answers(keyring, [case.pk])
    kept = {next(each for each in pair if each != case.pk): told.kept for pair, told in said.items() if told.kept}
    if not kept:
        return []
    codes = dict(Case.objects.filter(pk__in=kept).values_list("pk", "code"))
    found = [Merge(codes[other], other, goes_on == other) for other, goes_on in kept.items() if other in codes]
    return sorted(found, key=lambda merge: merge.code)
