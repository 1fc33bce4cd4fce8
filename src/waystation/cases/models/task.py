from waystation.cases.models.row import CaseRow
from waystation.store.fields import SealedChoice, SealedDate, SealedText
from waystation.store.tiers import Tier

TASKS = (
    "first_answer",
    "verify",
    "screen",
    "assess",
    "recommend",
    "decide",
    "tell_decision",
    "review",
    "plan",
    "check_in",
    "follow_up",
    "other",
)
"""What there may be to do; `waystation.cases.due_dates` says by when."""


class Task(CaseRow):
    """Something to do: by whom, until when. Whether it is done only those see who may open it."""

    what = SealedChoice(tier=Tier.WELFARE, choices=TASKS)
    words = SealedText(tier=Tier.WELFARE, max_length=2_000)
    owner = SealedText(tier=Tier.WELFARE, max_length=36)
    """Id of the person who is to do it; none: whoever owns the case."""
    due = SealedDate(tier=Tier.WELFARE)
    done_on = SealedDate(tier=Tier.WELFARE)
    done_by = SealedText(tier=Tier.WELFARE, max_length=36)

    def __str__(self) -> str:
        return "task"
