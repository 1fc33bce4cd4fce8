from enum import StrEnum


class Tier(StrEnum):
    """The four parts of a record that are opened apart from each other, each with a key of its own."""

    IDENTITY = "identity"
    """Who it is: names, birth dates, faces."""
    MOVEMENT = "movement"
    """Where somebody is and how they travel."""
    WELFARE = "welfare"
    """What they need and how they are."""
    EVIDENCE = "evidence"
    """What they saw and what proves it."""
