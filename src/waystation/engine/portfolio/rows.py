from dataclasses import dataclass
from enum import StrEnum


class RowKind(StrEnum):
    """What limits the choice."""

    MONEY = "money"
    PARTNER = "partner"
    BEDS = "beds"
    EXPOSED_PARTNER = "exposed_partner"
    EXPOSED_HOUSE = "exposed_house"
    HARM = "harm"
    APART = "apart"


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One limit.

    Attributes
    ----------
    id
        A partner, a place, a code of groups that stay apart; of money the funds that may pay, as ``fund period`` joined by ``+``;
        empty for harm.
    at
        The week, or for beds the day, counted from the first; -1 where there is none.
    """

    kind: RowKind
    id: str
    at: int = -1
