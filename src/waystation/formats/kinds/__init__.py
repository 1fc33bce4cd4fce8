"""What a cell may hold: each kind reads its text, writes its one normal form, and describes itself."""

from waystation.formats.kinds.base import CellError, Kind, quoted
from waystation.formats.kinds.days import DateRanges, Day, Months, Weekdays
from waystation.formats.kinds.levels import Codes, LevelFactors, LevelRefs, Levels, Matrix, RefusalKind
from waystation.formats.kinds.numerals import PLAIN, Numerals
from waystation.formats.kinds.quantities import Amount, Chance, Number, Whole
from waystation.formats.kinds.words import (
    AgeBands,
    Code,
    Country,
    Currency,
    Flag,
    OneOf,
    Period,
    SourceId,
    Text,
    did_you_mean,
)

__all__ = [
    "PLAIN",
    "AgeBands",
    "Amount",
    "CellError",
    "Chance",
    "Code",
    "Codes",
    "Country",
    "Currency",
    "DateRanges",
    "Day",
    "Flag",
    "Kind",
    "LevelFactors",
    "LevelRefs",
    "Levels",
    "Matrix",
    "Months",
    "Number",
    "Numerals",
    "OneOf",
    "Period",
    "RefusalKind",
    "SourceId",
    "Text",
    "Weekdays",
    "Whole",
    "did_you_mean",
    "quoted",
]
