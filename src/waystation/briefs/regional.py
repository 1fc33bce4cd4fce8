"""What a plan is worth that remembers conditions region by region: its own value beside the simulated one."""

from waystation.briefs.voice import Voice
from waystation.engine.journeys.plan import Plan

_SURE = 3.0
"""Two values differ by more than chance when they lie this many standard errors apart."""


def regional_value(plan: Plan, voice: Voice) -> str:
    """Return the plan's own value and its simulated one, whether they agree, and what is left out; empty for an exact plan."""
    found, choice = plan.regional, plan.choice
    if found is None or choice is None:
        return ""
    arrive, harm = choice.evaluation.arrive, choice.evaluation.harm
    value = voice.say(
        "regional.value",
        levels=f"{found.joint_levels:,}",
        arrive=voice.percent(arrive),
        harm=voice.percent(harm),
        journeys=f"{found.journeys:,}",
        arrive_simulated=_simulated(found.arrive, found.arrive_error, voice),
        harm_simulated=_simulated(found.harm, found.harm_error, voice),
    )
    least = 1.0 / found.journeys  # a share of none or all of them is not sure to the last journey either
    apart = abs(found.arrive - arrive) > _SURE * max(found.arrive_error, least)
    apart = apart or abs(found.harm - harm) > _SURE * max(found.harm_error, least)
    verdict = voice.say("regional.differ") if apart else voice.say("regional.agree")
    return " ".join([value, verdict, voice.say("regional.left_out")])


def _simulated(share: float, error: float, voice: Voice) -> str:
    return voice.say("regional.simulated", share=voice.percent(share), error=f"{100.0 * error:.2f}")
