"""All reasons for one plan."""

from waystation.engine.journeys.argument import Reasons
from waystation.engine.journeys.plan import RuledOut
from waystation.engine.journeys.reasons.alternatives import alternatives
from waystation.engine.journeys.reasons.asking import asking, waiting
from waystation.engine.journeys.reasons.ground import Ground
from waystation.engine.journeys.reasons.margins import margins
from waystation.engine.journeys.reasons.tipping import tipping


def give_reasons(ground: Ground, ruled_out: tuple[RuledOut, ...]) -> Reasons:
    """Say what a plan is better than, what would change it, and what more knowledge or means would buy."""
    others = alternatives(ground)
    return Reasons(
        alternatives=others,
        tipping=tipping(ground, others),
        asking=asking(ground),
        waiting=waiting(ground),
        margins=margins(ground, ruled_out),
    )
