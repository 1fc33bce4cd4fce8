from dataclasses import dataclass

from waystation.kernel import Money


@dataclass(frozen=True, slots=True)
class Caps:
    """The hard limits a plan keeps on every branch, and the cap on its chance of harm. None means no limit.

    Attributes
    ----------
    budget
        Money that may be spent at most, whatever happens, extra demands included.
    days
        Days within which the group must have arrived; None means the network's horizon.
    max_harm
        The largest chance of harm (intercepted or discovered) a plan may have, in [0, 1].
    walk_hours
        Hours on foot on the whole journey at most, legs from which the group was turned back included.
    """

    budget: Money | None = None
    days: float | None = None
    max_harm: float | None = None
    walk_hours: float | None = None
