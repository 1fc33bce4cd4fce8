from dataclasses import dataclass

COVERAGE = 0.8


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is to be looked into beside the plan itself; nothing unless asked.

    Attributes
    ----------
    draws
        How many draws of the beliefs the intervals rest on; 0 for no intervals.
    coverage
        The chance that the intervals cover, in (0, 1).
    seed
        Of the draws.
    cautious
        The chance that each belief's interval covers within which nature picks the worst; None for no cautious plan.
    curve
        Whether points of the budget curve get intervals too.
    reasons, frontier, parties
        Whether to give reasons, the frontier and the curve of deadlines, and the ways to divide the group.
    """

    draws: int = 0
    coverage: float = COVERAGE
    seed: int = 0
    curve: bool = False
    cautious: float | None = None
    reasons: bool = False
    frontier: bool = False
    parties: bool = False

    def __post_init__(self) -> None:
        for name, chance in (("coverage", self.coverage), ("cautious", self.cautious)):
            if chance is not None and not 0.0 < chance < 1.0:
                message = f"{name} is a chance between 0 and 1, not {chance}"
                raise ValueError(message)


NOTHING_MORE = Inquiry()
EVERYTHING = Inquiry(draws=1000, curve=True, cautious=0.9, reasons=True, frontier=True)
"""All that a plan can be argued with but the ways to divide the group, which are asked for by themselves."""
