"""How soon a complaint is acknowledged and answered, by how grave it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class Gravity(StrEnum):
    """How grave a complaint is, as whoever writes it down sees it."""

    HARM = "harm"
    """Somebody was or is being hurt, used or threatened."""
    SERIOUS = "serious"
    ORDINARY = "ordinary"


@dataclass(frozen=True)
class Deadline:
    """How long after it came in."""

    acknowledge: timedelta
    answer: timedelta

    def dates(self, received_at: datetime) -> tuple[datetime, datetime]:
        """Return until when it is to be acknowledged, and answered."""
        return received_at + self.acknowledge, received_at + self.answer


DEADLINES: Final[Mapping[Gravity, Deadline]] = {
    Gravity.HARM: Deadline(timedelta(days=1), timedelta(days=14)),
    Gravity.SERIOUS: Deadline(timedelta(days=3), timedelta(days=30)),
    Gravity.ORDINARY: Deadline(timedelta(days=7), timedelta(days=30)),
}
