from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed of a chance: a Beta distribution given by its mean and its weight.

    Attributes
    ----------
    mean
        The chance, in [0, 1].
    weight
        How many missions' worth of evidence stand behind it, above 0 (the sum of the Beta's two parameters).
    """

    mean: float
    weight: float = 10.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.mean <= 1.0:
            message = f"a chance lies between 0 and 1, not at {self.mean}"
            raise ValueError(message)
        if not self.weight > 0.0:
            message = f"a weight of evidence is above 0, not {self.weight}"
            raise ValueError(message)


NEVER = Belief(0.0)
"""The chance of what cannot happen."""
