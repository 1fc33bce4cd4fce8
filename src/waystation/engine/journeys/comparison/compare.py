"""Two questions, both answers, and what of their difference each input explains."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from waystation.engine.journeys.comparison.change import Change, Part
from waystation.engine.journeys.comparison.dates import Departure
from waystation.engine.journeys.comparison.differences import differences
from waystation.engine.journeys.comparison.divergence import divergences
from waystation.engine.journeys.comparison.effects import asking, effect_of
from waystation.engine.journeys.comparison.result import Answer, Comparison, Effect, Subject
from waystation.engine.journeys.eligibility import GroupRefusedError
from waystation.engine.journeys.inquiry import NOTHING_MORE, Inquiry
from waystation.engine.journeys.plan import ChoiceName, Plan
from waystation.engine.journeys.planner import plan_journey
from waystation.engine.model import Caps, Group, Network

Seen = Callable[[int, int], None]
"""Told how many of how many changes have been looked at."""

_CAPS = {
    Subject.BUDGET: "budget",
    Subject.DAYS: "days",
    Subject.MAX_HARM: "max_harm",
    Subject.WALK_HOURS: "walk_hours",
}


@dataclass(frozen=True)
class Question:
    """What the planner is asked for one group, and what is to be looked into beside the answer."""

    network: Network
    group: Group
    caps: Caps
    start: date
    prefer: ChoiceName = ChoiceName.SAFEST
    give: float = 0.05
    inquiry: Inquiry = NOTHING_MORE

    def answer(self) -> Answer:
        """Ask the planner; a refusal by a rule is an answer too."""
        try:
            return plan_journey(self.network, self.group, self.caps, self.start, self.prefer, self.give, self.inquiry)
        except GroupRefusedError as refused:
            return refused


def compare(subject: Subject, first: Question, second: Question, seen: Seen | None = None) -> Comparison:
    """Set two questions side by side that differ in one kind of thing, and say what changed the answer.

    Parameters
    ----------
    subject
        In what they differ; in everything else the first question is taken.
    seen
        Called before each change whose effect is sought.

    Raises
    ------
    UnusableModelError, MissingRateError
        If a network cannot be made into a decision process.
    CertificateError
        If an answer fails its own check.
    """
    one, other = first.answer(), second.answer()
    if not isinstance(one, Plan) or not isinstance(other, Plan):
        return Comparison(subject, one, other, (), None, None, ())
    base, together = _arrival(first), _arrival(second)
    effects = _effects(subject, first, second, base, together - base, seen or (lambda done, of: None))
    ordered = sorted(effects, key=lambda effect: (effect.arrive is None, -abs(effect.arrive or 0.0)))
    return Comparison(subject, one, other, tuple(ordered), base, together - base, divergences(one, other))


def _effects(
    subject: Subject, first: Question, second: Question, base: float, together: float, seen: Seen
) -> list[Effect]:
    if subject is Subject.FOLDER:
        return _network_effects(first, second, seen, base)
    if subject is Subject.START:
        return list(Departure(first.network, first.group, first.caps, first.start, second.start).effects(base))
    if subject is Subject.CHOICE:
        return []
    field = _CAPS[subject]
    change = Change(Part.CAPS, (), field, getattr(first.caps, field), getattr(second.caps, field))
    return [Effect(change, together)]


def _network_effects(first: Question, second: Question, seen: Seen, base: float) -> list[Effect]:
    changes = differences(first.network, second.network, first.group.id)
    network = dataclasses.replace(first.network, groups=(first.group,))
    arrival = asking(first.group.id, first.caps, first.start)
    effects = []
    for number, change in enumerate(changes):
        seen(number, len(changes))
        effects.append(effect_of(change, changes, network, arrival, base))
    return effects


def _arrival(question: Question) -> float:
    return asking(question.group.id, question.caps, question.start)(question.network)
