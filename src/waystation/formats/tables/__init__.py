"""The network folder as one declared table: reader, writer, checker and document are drawn from it."""

from waystation.formats.tables.column import Column, Table
from waystation.formats.tables.learning import BELIEFS, CALIBRATION, JUDGEMENTS, OUTCOMES, REGIMES
from waystation.formats.tables.people import GROUPS, TRAVELLERS
from waystation.formats.tables.records import BUDGET, CONDITIONS, OBSERVATIONS, RATES, SOURCES
from waystation.formats.tables.routes import LEGS, PARTNERS, PLACES
from waystation.formats.tables.settings import SETTINGS

CSV_TABLES: tuple[Table, ...] = (
    PLACES,
    CONDITIONS,
    OBSERVATIONS,
    LEGS,
    PARTNERS,
    GROUPS,
    TRAVELLERS,
    OUTCOMES,
    REGIMES,
    JUDGEMENTS,
    CALIBRATION,
    BELIEFS,
    BUDGET,
    RATES,
    SOURCES,
)
"""The CSV files in the order in which they are described."""

TABLES: dict[str, Table] = {table.file: table for table in (SETTINGS, *CSV_TABLES)}
"""Every file of the folder by its name."""

__all__ = ["CSV_TABLES", "SETTINGS", "TABLES", "Column", "Table"]
