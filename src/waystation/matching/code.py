from enum import IntEnum

from rapidfuzz.distance import OSA

from waystation.matching.scripts import fold, squeezed

TWO_ERRORS_FROM = 4
"""Letters and digits from which two errors still say something."""


class CodeLevel(IntEnum):
    """How far two codes (a house's number, a postcode) agree, from best to worst."""

    SAME = 0
    ONE_ERROR = 1
    TWO_ERRORS = 2
    UNLIKE = 3


def read_code(text: str) -> str | None:
    """Leave the letters and digits of a code, folded; None if nothing is left."""
    return squeezed(fold(text)) or None


def compare_codes(one: str, other: str) -> CodeLevel:
    """Tell how far two codes agree: by letters mistyped, left out, added, or changed over with a neighbour."""
    if one == other:
        return CodeLevel.SAME
    errors = OSA.distance(one, other, score_cutoff=2)
    if errors == 1:
        return CodeLevel.ONE_ERROR
    long = min(len(one), len(other)) >= TWO_ERRORS_FROM
    return CodeLevel.TWO_ERRORS if errors == 2 and long else CodeLevel.UNLIKE
