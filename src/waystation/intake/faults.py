from dataclasses import dataclass
from enum import StrEnum

LONGEST_ABOUT = 80
"""Characters of a column's name, a sheet's name or an expression that a fault repeats."""


class Weight(StrEnum):
    """What a fault means for what it was found in."""

    STOPS = "stops"
    """Nothing of the file can be used."""
    WRONG = "wrong"
    """This row, cell or question cannot be used; the others can."""
    LEFT_OUT = "left_out"
    """Something is not supported: the rest works without it."""
    NOTICE = "notice"
    """It was understood in a way that should be known."""


class FaultCode(StrEnum):
    """Everything that may be wrong with what comes in."""

    # files
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    NO_KNOWN_KIND = "no_known_kind"
    DAMAGED = "damaged"
    ZIP_BOMB = "zip_bomb"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    EXTERNAL_LINKS = "external_links"
    EMBEDDED = "embedded"
    ENTITIES = "entities"
    TOO_DEEP = "too_deep"
    # text
    ENCODING_ASSUMED = "encoding_assumed"
    ENCODING_UNKNOWN = "encoding_unknown"
    ENCODING_WRONG = "encoding_wrong"
    NOT_TEXT = "not_text"
    # tables
    NO_HEADER = "no_header"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_SHEETS = "too_many_sheets"
    TOO_MANY_FAULTS = "too_many_faults"
    LINE_TOO_LONG = "line_too_long"
    CELL_TOO_LONG = "cell_too_long"
    OPEN_QUOTE = "open_quote"
    EXTRA_CELLS = "extra_cells"
    COLUMN_TWICE = "column_twice"
    COLUMN_NAMELESS = "column_nameless"
    FORMULA = "formula"
    ERROR_VALUE = "error_value"
    HIDDEN_SHEET = "hidden_sheet"
    # forms
    NO_SURVEY = "no_survey"
    FORM_REJECTED = "form_rejected"
    FORM_TOO_LARGE = "form_too_large"
    HEADER_NOT_USED = "header_not_used"
    SHEET_NOT_USED = "sheet_not_used"
    TYPE_UNKNOWN = "type_unknown"
    TYPE_UNSUPPORTED = "type_unsupported"
    SETTING_UNSUPPORTED = "setting_unsupported"
    EXPRESSION_UNREADABLE = "expression_unreadable"
    FUNCTION_UNSUPPORTED = "function_unsupported"
    REFERENCE_UNKNOWN = "reference_unknown"
    CIRCLE = "circle"
    LIST_UNKNOWN = "list_unknown"
    MEDIA_LEFT_OUT = "media_left_out"
    NAME_TWICE = "name_twice"
    # submissions
    OTHER_FORM = "other_form"
    SHEET_TWICE = "sheet_twice"
    OTHER_VERSION = "other_version"
    COLUMN_UNKNOWN = "column_unknown"
    PARENT_UNKNOWN = "parent_unknown"
    VALUE_KIND = "value_kind"
    VALUE_CHOICE = "value_choice"
    VALUE_CONSTRAINT = "value_constraint"
    VALUE_MISSING = "value_missing"
    NODE_UNKNOWN = "node_unknown"


_STOPS = (
    FaultCode.TOO_LARGE,
    FaultCode.EMPTY,
    FaultCode.NO_KNOWN_KIND,
    FaultCode.DAMAGED,
    FaultCode.ZIP_BOMB,
    FaultCode.ENCRYPTED,
    FaultCode.MACROS,
    FaultCode.EXTERNAL_LINKS,
    FaultCode.EMBEDDED,
    FaultCode.ENTITIES,
    FaultCode.TOO_DEEP,
    FaultCode.ENCODING_UNKNOWN,
    FaultCode.ENCODING_WRONG,
    FaultCode.NO_HEADER,
    FaultCode.TOO_MANY_ROWS,
    FaultCode.TOO_MANY_COLUMNS,
    FaultCode.TOO_MANY_SHEETS,
    FaultCode.TOO_MANY_FAULTS,
    FaultCode.LINE_TOO_LONG,
    FaultCode.COLUMN_TWICE,
    FaultCode.NO_SURVEY,
    FaultCode.FORM_REJECTED,
    FaultCode.FORM_TOO_LARGE,
    FaultCode.OTHER_FORM,
    FaultCode.SHEET_TWICE,
)
_LEFT_OUT = (
    FaultCode.HEADER_NOT_USED,
    FaultCode.SHEET_NOT_USED,
    FaultCode.TYPE_UNKNOWN,
    FaultCode.TYPE_UNSUPPORTED,
    FaultCode.SETTING_UNSUPPORTED,
    FaultCode.EXPRESSION_UNREADABLE,
    FaultCode.FUNCTION_UNSUPPORTED,
    FaultCode.REFERENCE_UNKNOWN,
    FaultCode.CIRCLE,
    FaultCode.LIST_UNKNOWN,
    FaultCode.MEDIA_LEFT_OUT,
    FaultCode.NAME_TWICE,
    FaultCode.COLUMN_UNKNOWN,
    FaultCode.COLUMN_NAMELESS,
    FaultCode.NODE_UNKNOWN,
)
_NOTICES = (FaultCode.ENCODING_ASSUMED, FaultCode.HIDDEN_SHEET, FaultCode.OTHER_VERSION)

WEIGHTS: dict[FaultCode, Weight] = {
    code: Weight.STOPS
    if code in _STOPS
    else Weight.LEFT_OUT
    if code in _LEFT_OUT
    else Weight.NOTICE
    if code in _NOTICES
    else Weight.WRONG
    for code in FaultCode
}
"""What each fault means; a fault that is not named otherwise is about one row."""


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One thing that is wrong with what came in. It holds no value of a cell, for values are about people.

    Attributes
    ----------
    code
        What is wrong; whoever shows it says it in words.
    sheet
        The sheet's name; empty for a file that has none.
    row
        The row as a spreadsheet counts it, or the line of a text, from 1; 0 where the whole file or sheet is meant.
    column
        The column's name, or the question's; empty where the whole row is meant.
    about
        Names and numbers that belong into the sentence, by key.
    """

    code: FaultCode
    sheet: str = ""
    row: int = 0
    column: str = ""
    about: tuple[tuple[str, str], ...] = ()

    @property
    def weight(self) -> Weight:
        """What it means for what it was found in."""
        return WEIGHTS[self.code]

    @property
    def place(self) -> str:
        """Where it is, as short text: sheet, row and column as far as they are known."""
        return ":".join(part for part in (self.sheet, str(self.row) if self.row else "", self.column) if part)

    def __str__(self) -> str:
        about = ", ".join(f"{key} {value}" for key, value in self.about)
        return " ".join(part for part in (self.place, self.code.value, f"({about})" if about else "") if part)


def fault(code: FaultCode, *, sheet: str = "", row: int = 0, column: str = "", **about: object) -> Fault:
    """Make a fault, its texts cut to `LONGEST_ABOUT` characters and without line breaks."""
    return Fault(code, clip(sheet), row, clip(column), tuple((key, clip(str(value))) for key, value in about.items()))


def clip(text: str) -> str:
    """Return a text on one line, at most `LONGEST_ABOUT` characters of it."""
    line = " ".join(text[: LONGEST_ABOUT * 4].split())
    line = "".join(sign if sign.isprintable() else "\ufffd" for sign in line)
    return line if len(line) <= LONGEST_ABOUT else line[: LONGEST_ABOUT - 1] + "…"


def stops(faults: "list[Fault] | tuple[Fault, ...]") -> bool:
    """Tell whether one of the faults means that nothing can be used."""
    return any(each.weight is Weight.STOPS for each in faults)
