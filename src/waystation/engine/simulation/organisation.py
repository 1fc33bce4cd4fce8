from dataclasses import dataclass
from math import inf

from waystation.kernel import BadInputError


@dataclass(frozen=True, slots=True)
class Organisation:
    """What is assumed of an organisation and of who asks it, beside what its network folder says.

    Attributes
    ----------
    requests_per_year
        Groups that ask in a year, on average; each is like one of the folder's groups, all equally likely.
    opening
        Money there is at the start beside ``budget.csv``, in major units of the currency. None: nothing where the folder has a
        budget, `OPENING` where it has none.
    income_per_year
        Money that comes in over a year, in equal weekly parts, from the first week that no period of the budget reaches.
    party
        The most people who travel together: a larger group goes in parties where its carers allow it.
    gives_up
        Chance a week that a group that waits is lost: it goes another way, is found, or stops calling.
    compromise
        Chance a week of each partner that they are turned or talk.
    reveals
        Chance of each party under way that leans on a turned partner that it is intercepted.
    remembers
        Weeks for which a partner knows whom they moved.
    replace
        Weeks until another partner does a lost one's work.
    careful_with
        Part of the journeys of a plan whose cost must be at hand before anybody leaves, in (0, 1).
    """

    requests_per_year: float = 26.0
    income_per_year: float = 50_000.0
    opening: float | None = None
    party: int = 8
    gives_up: float = 0.01
    compromise: float = 0.001
    reveals: float = 0.5
    remembers: int = 26
    replace: int = 13
    careful_with: float = 0.95

    def __post_init__(self) -> None:
        for name in ("gives_up", "compromise", "reveals", "careful_with"):
            chance = getattr(self, name)
            if not 0.0 <= chance <= 1.0:
                message = f"{name} is a chance from 0 to 1, not {chance:g}"
                raise BadInputError(message)
        for name, least in (("requests_per_year", 0), ("income_per_year", 0), ("opening", 0), ("party", 1)):
            value = getattr(self, name)
            if value is not None and not least <= value < inf:  # not a number is refused too
                message = f"{name} is {least} or more, not {value:g}"
                raise BadInputError(message)
        for name, most in (("remembers", MOST_WEEKS_REMEMBERED), ("replace", 520)):
            if not 0 <= getattr(self, name) <= most:
                message = f"{name} is a number of weeks from 0 to {most}, not {getattr(self, name):g}"
                raise BadInputError(message)
        if self.requests_per_year > MOST_REQUESTS:
            message = f"requests_per_year is at most {MOST_REQUESTS}, not {self.requests_per_year:g}"
            raise BadInputError(message)


MOST_WEEKS_REMEMBERED = 104
OPENING = 10_000.0
MOST_REQUESTS = 5000
WEEKS_A_YEAR = 52
"""Years of simulation have 52 weeks."""
