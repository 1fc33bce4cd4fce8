from enum import StrEnum


class Step(StrEnum):
    """Where a case stands."""

    REQUEST = "request"
    VERIFICATION = "verification"
    SCREENING = "screening"
    ASSESSMENT = "assessment"
    DECISION = "decision"
    PLAN = "plan"
    MOVEMENT = "movement"
    ARRIVAL = "arrival"
    FOLLOW_UP = "follow_up"
    CLOSURE = "closure"


class Standing(StrEnum):
    """How the work of a step stands."""

    NOT_STARTED = "not_started"
    CANNOT_YET = "cannot_yet"
    """Looked at, and it cannot go on yet."""
    DONE = "done"


class Priority(StrEnum):
    """How soon help is needed, as declared by a person; the planner's words."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    NORMAL = "normal"


class Need(StrEnum):
    """What a transition may need. Each is looked up in what is on record, never ticked."""

    CONTACT_CONSENT = "contact_consent"
    """Whoever is asked for agreed to be contacted."""
    VERIFIED = "verified"
    SCREENED = "screened"
    ASSESSED = "assessed"
    TRAVELLERS = "travellers"
    """Every person is on record, with an age band."""
    CONSENT = "consent"
    """To the journey, not withdrawn."""
    CHILD_PROCEDURE = "child_procedure"
    """For every child, and everybody of disputed age."""
    ACCEPTED = "accepted"
    """The newest decision accepts."""
    TWO_SIGNATURES = "two_signatures"
    """It was recommended by one person and decided by another."""
    PLANNED = "planned"
    ARRIVED = "arrived"
    EXIT = "exit"
    """How it ended is said."""
