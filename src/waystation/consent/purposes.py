"""Why somebody is asked, and what rests on the answer: two declared tables."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Purpose(StrEnum):
    """What a traveller is asked about. A yes to one is no yes to another."""

    CONTACT = "contact"
    """To be called and written to."""
    CASEWORK = "casework"
    """That their case is written down and worked on here."""
    SHARING = "sharing"
    """That something is told to one named partner."""
    MOVEMENT = "movement"
    """That a journey is planned, and that they set out on it."""
    MEDICAL = "medical"
    """That their health is written down and shown to those who treat them."""
    EVIDENCE = "evidence"
    """That what they saw is kept as evidence, that they are recorded or filmed."""
    PUBLICATION = "publication"
    """That something of it is shown to the public."""


class Activity(StrEnum):
    """What is done with or for a traveller, and stops when the consent it rests on does."""

    CALLING = "calling"
    WRITING = "writing"
    ASSESSING = "assessing"
    CASE_PLAN = "case_plan"
    REFERRING = "referring"
    HANDING_OVER = "handing_over"
    PLANNING = "planning"
    SETTING_OUT = "setting_out"
    TREATMENT = "treatment"
    HEALTH_RECORD = "health_record"
    TESTIMONY = "testimony"
    FILMING = "filming"
    RELEASE = "release"
    SCREENING = "screening"
    """A film with them in it is shown."""


RESTS_ON: Final[Mapping[Activity, frozenset[Purpose]]] = {
    Activity.CALLING: frozenset({Purpose.CONTACT}),
    Activity.WRITING: frozenset({Purpose.CONTACT}),
    Activity.ASSESSING: frozenset({Purpose.CASEWORK}),
    Activity.CASE_PLAN: frozenset({Purpose.CASEWORK}),
    Activity.REFERRING: frozenset({Purpose.SHARING}),
    Activity.HANDING_OVER: frozenset({Purpose.SHARING}),
    Activity.PLANNING: frozenset({Purpose.CASEWORK, Purpose.MOVEMENT}),
    Activity.SETTING_OUT: frozenset({Purpose.CASEWORK, Purpose.MOVEMENT}),
    Activity.TREATMENT: frozenset({Purpose.MEDICAL}),
    Activity.HEALTH_RECORD: frozenset({Purpose.MEDICAL}),
    Activity.TESTIMONY: frozenset({Purpose.EVIDENCE}),
    Activity.FILMING: frozenset({Purpose.EVIDENCE}),
    Activity.RELEASE: frozenset({Purpose.EVIDENCE, Purpose.PUBLICATION}),
    Activity.SCREENING: frozenset({Purpose.EVIDENCE, Purpose.PUBLICATION}),
}
"""For each activity every purpose to which a traveller must have said yes."""

NEVER_A_CONDITION: Final = frozenset({Purpose.EVIDENCE, Purpose.PUBLICATION})
"""Whoever says no to these is helped as anybody else: no activity that helps rests on them."""

FOR_OTHERS: Final = frozenset({Activity.TESTIMONY, Activity.FILMING, Activity.RELEASE, Activity.SCREENING})
"""Activities that serve others than the traveller. All the rest is help."""


def rests_on(purpose: Purpose) -> tuple[Activity, ...]:
    """Return what stops when consent to ``purpose`` does, in the order of the table."""
    return tuple(activity for activity, purposes in RESTS_ON.items() if purpose in purposes)
