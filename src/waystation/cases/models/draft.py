from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

NOTHING = UUID(int=0)
"""What a draft is about that is about nothing yet."""


class Draft(models.Model):
    """What somebody had typed into a form and not sent yet, sealed to them alone: nobody else opens it, directors included.

    It belongs to no case, travels nowhere, and goes when the form is sent or `waystation.cases.drafts.KEPT` is over.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person_id = models.UUIDField()
    form = models.CharField(max_length=40)
    """Which form, and of which row: a declared word and an id, never a name."""
    about = models.UUIDField(default=NOTHING)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.UniqueConstraint(fields=("person_id", "form", "about"), name="cases_draft_once_a_form"),
            models.CheckConstraint(condition=~Q(form=""), name="cases_draft_of_a_form"),
        )

    def __str__(self) -> str:
        return "draft"
