import math

from waystation.engine.model import Days


def _triangular_cdf(x: float, days: Days) -> float:
    """Return the chance that a triangular duration is at most ``x`` days."""
    low, mode, high = days.low, days.likely, days.high
    if x <= low:
        return 0.0
    if x >= high:
        return 1.0
    if x < mode:
        return (x - low) ** 2 / ((high - low) * (mode - low))
    return 1.0 - (high - x) ** 2 / ((high - low) * (high - mode))


def slot_chances(days: Days, slot_hours: int) -> dict[int, float]:
    """Return the chance of each number of slots a leg can last, rising, summing to 1.

    The triangular density is integrated over slots: d slots with the chance that the duration ends within the d-th slot.
    A fixed duration (low = high) is rounded up to whole slots. A leg lasts at least one slot.
    """
    slots_per_day = 24 / slot_hours
    first = max(1, _ceiling(days.low * slots_per_day))
    last = max(1, _ceiling(days.high * slots_per_day))
    if days.low == days.high:
        return {last: 1.0}
    cdf = [_triangular_cdf(count / slots_per_day, days) for count in range(first - 1, last + 1)]
    cdf[0], cdf[-1] = 0.0, 1.0
    chances = {first + k: cdf[k + 1] - cdf[k] for k in range(last - first + 1)}
    return {slots: chance for slots, chance in chances.items() if chance > 0.0}


def _ceiling(slots: float) -> int:
    """Round up, forgiving the rounding of a product such as 0.1 x 30."""
    return math.ceil(slots - 1e-9)
