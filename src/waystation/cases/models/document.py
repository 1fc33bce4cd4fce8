from django.db import models

from waystation.cases.models.row import CaseRow
from waystation.store.fields import SealedChoice, SealedText
from waystation.store.tiers import Tier

PAPERS = ("identity", "birth", "marriage", "medical", "custody", "letter", "photograph", "testimony", "other")


class Document(CaseRow):
    """What a sealed file of a case is. The file itself lies in the tier it was kept in."""

    file_id = models.UUIDField()
    kind = SealedChoice(tier=Tier.WELFARE, choices=PAPERS)
    traveller = SealedText(tier=Tier.WELFARE, max_length=36)
    """Id of whom it is about; none for the case as a whole."""

    class Meta(CaseRow.Meta):
        """What the database itself keeps to."""

        constraints = (
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=("file_id",), name="cases_document_once_a_file"),
        )

    def __str__(self) -> str:
        return "document"
