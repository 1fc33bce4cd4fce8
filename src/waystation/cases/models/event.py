from django.db import models

from waystation.cases.models.row import CaseRow
from waystation.store.fields import SealedJson
from waystation.store.tiers import Tier


class EventKind(models.TextChoices):
    """What may happen to a case beside a change of its fields."""

    REQUESTED = "requested"
    ADVANCED = "advanced"
    STEPPED_BACK = "stepped_back"
    JUDGED = "judged"
    PRIORITY_SET = "priority_set"
    TRAVELLER_ADDED = "traveller_added"
    TRAVELLER_CHANGED = "traveller_changed"
    TRAVELLER_TAKEN_OFF = "traveller_taken_off"
    TRAVELLER_PUT_BACK = "traveller_put_back"
    TRAVELLERS_MERGED = "travellers_merged"
    TRAVELLER_MERGE_TAKEN_BACK = "traveller_merge_taken_back"
    HOUSEHOLD_SET = "household_set"
    CONTACT_SET = "contact_set"
    CONTACT_TAKEN_OFF = "contact_taken_off"
    DOCUMENT_DESCRIBED = "document_described"
    NOTED = "noted"
    TASK_ADDED = "task_added"
    TASK_DONE = "task_done"
    TASK_OPENED_AGAIN = "task_opened_again"
    FLAG_RAISED = "flag_raised"
    FLAG_LOWERED = "flag_lowered"
    RECOMMENDED = "recommended"
    DECIDED = "decided"
    SENT_BACK = "sent_back"
    LETTER_WRITTEN = "letter_written"
    HANDED_OVER = "handed_over"
    ACCESS_GIVEN = "access_given"
    ACCESS_TAKEN = "access_taken"
    REFERRED = "referred"
    REFERRAL_ANSWERED = "referral_answered"
    LEFT = "left"
    RETURNED_TO = "returned_to"


class Event(CaseRow):
    """One thing that happened to a case, at the version of the case that it made. Appended, never changed.

    Attributes
    ----------
    case_version
        The version of the case, and of the `Change` beside it.
    told
        ``{"kind": one of EventKind, ...}``: what the timeline says of it; ids and coded words, no names.
    """

    case_version = models.PositiveIntegerField()
    told = SealedJson(tier=Tier.WELFARE)

    class Meta(CaseRow.Meta):
        """What the database itself keeps to."""

        constraints = (
            *CaseRow.Meta.constraints,
            models.UniqueConstraint(fields=("record", "case_version"), name="cases_event_once_a_version"),
        )

    def __str__(self) -> str:
        return "event"
