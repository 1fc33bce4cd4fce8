import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from waystation.kernel import BadInputError

_MOST_DAYS = 1000
_STEP_KM = 100.0


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What Flee's files do not say and a network folder needs: stated, the same everywhere, and marked as assumed.

    Attributes
    ----------
    km_per_day
        Kilometres travelled on a likely day. 200 is about seven hours at 30 km/h; Flee lets people move 360 a day at most
        (twelve hours at 30 km/h) and 35 on foot.
    intercepted, turned_back
        Chances on each 100 km of road, so that a road in three pieces is as dangerous as the same road in one.
    discovery
        Chance per day of waiting in a conflict zone; elsewhere it is 0.
    weight
        How many missions' worth of evidence the chances claim: few, as there is none.
    """

    km_per_day: float = 200.0
    intercepted: float = 0.01
    turned_back: float = 0.02
    discovery: float = 0.005
    weight: int = 2

    def __post_init__(self) -> None:
        if not (math.isfinite(self.km_per_day) and self.km_per_day > 0.0):
            message = f"{self.km_per_day} is no speed; give kilometres a day, above 0"
            raise BadInputError(message)
        for name in ("intercepted", "turned_back", "discovery"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                message = f"{name} is no chance; give a number from 0 to 1"
                raise BadInputError(message)

    def days(self, km: Decimal) -> tuple[Decimal, Decimal, Decimal]:
        """Return the shortest, the likeliest and the longest duration of a distance: as likely, and up to twice as long.

        Rounded up to hundredths of a day.

        Raises
        ------
        BadInputError
            If it takes longer than the network folder can say.
        """
        exact = km / Decimal(str(self.km_per_day))
        if 2 * exact > _MOST_DAYS:
            message = f"at {self.km_per_day:g} km a day, {km} km take more than {_MOST_DAYS} days; give a higher speed"
            raise BadInputError(message)
        likely = exact.quantize(Decimal("0.01"), rounding=ROUND_CEILING)
        return likely, likely, 2 * likely

    def chances(self, km: Decimal) -> tuple[Decimal, Decimal]:
        """Return the chances of interception and of being turned back on a distance, to four decimals.

        Raises
        ------
        BadInputError
            If they sum to more than 1.
        """
        caught, back = (_on_all_of(chance, float(km)) for chance in (self.intercepted, self.turned_back))
        if caught + back > 1:
            message = f"intercepted and turned_back sum to more than 1 on {km} km; give smaller chances for 100 km"
            raise BadInputError(message)
        return caught, back


def _on_all_of(chance: float, km: float) -> Decimal:
    """Return the chance that it happens on a way, from its chance on each 100 km; 0 only if that is 0."""
    missed = (1.0 - chance) ** (km / _STEP_KM)
    rounded = Decimal(f"{1.0 - missed:.4f}")
    return max(rounded, Decimal("0.0001")).normalize() if chance > 0.0 else Decimal(0)
