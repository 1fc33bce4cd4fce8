from collections.abc import Mapping

import numpy as np


def intercepted_if_silent(days: float, asked: Mapping[int, float]) -> float | None:
    """Return P(intercepted | no news for so many days), in [0, 1], as people answered it; None where nobody was asked.

    The intercepted cannot report, so silence is news. Between two lengths of silence that were asked about the chance is taken
    from the line between them; before the first and beyond the last it is theirs.
    """
    if not asked:
        return None
    known = sorted(asked)
    return float(np.interp(days, known, [asked[day] for day in known]))
