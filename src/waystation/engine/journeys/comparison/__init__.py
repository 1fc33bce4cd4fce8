"""Two answers side by side: which inputs differ between them, and what each of those does to the arrival."""

from waystation.engine.journeys.comparison.apply import apply
from waystation.engine.journeys.comparison.change import Change, Part
from waystation.engine.journeys.comparison.compare import Question, Seen, compare
from waystation.engine.journeys.comparison.differences import differences
from waystation.engine.journeys.comparison.divergence import Divergence, divergences
from waystation.engine.journeys.comparison.result import Comparison, Effect, Subject

__all__ = [
    "Change",
    "Comparison",
    "Divergence",
    "Effect",
    "Part",
    "Question",
    "Seen",
    "Subject",
    "apply",
    "compare",
    "differences",
    "divergences",
]
