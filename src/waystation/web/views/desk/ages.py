"""The planner's age bands, from a birth date as exactly as it is known."""

from datetime import date
from typing import Final

BANDS: Final = ((4, "0-4"), (11, "5-11"), (17, "12-17"), (59, "18-59"), (74, "60-74"))
"""The last year of life that a band holds."""


def band_of(born: str, today: date) -> str:
    """Return the band of somebody born in a year, a month or on a day; the younger one where both are possible.

    The younger one, so that the rules for children hold for whoever may be a child.
    """
    parts = [int(part) for part in born.split("-")]
    year, month, day = (*parts, 12, 31)[:3] if len(parts) == 1 else (*parts, 28)[:3]
    years = today.year - year - ((today.month, today.day) < (month, day))
    return next((band for last, band in BANDS if years <= last), "75+")
