"""What is compared of a traveller, and what each level of agreement says, until a desk's own decisions say more.

The chances are judgements, in the order of the levels. They are rounded from what names, dates and telephones of displaced
people look like in practice: half of the telephones and a quarter of the places have changed since, one date in ten has an error;
households share a telephone. How rare a name is comes from the register itself.
"""

from waystation.matching.schema import Field, Kind, Schema
from waystation.matching.weights import Weights

PEOPLE = Schema(
    (
        Field("name", Kind.NAME, ("family name", "given name")),
        Field("born", Kind.DATE),
        Field("place", Kind.WORD),
        Field("contact", Kind.CONTACT, frequency=False),
    )
)
"""What is compared of a traveller: names (any number of them, in any script), birth, places, telephones and accounts."""

PEOPLE_WEIGHTS = Weights(
    PEOPLE,
    same=(
        (0.66, 0.20, 0.07, 0.02, 0.05),
        (0.58, 0.25, 0.10, 0.02, 0.05),
        (0.92, 0.08),
        (0.60, 0.19, 0.08, 0.06, 0.05, 0.02),
        (0.50, 0.12, 0.06, 0.04, 0.28),
        (0.40, 0.15, 0.03, 0.42),
    ),
    apart=(
        (0.02, 0.02, 0.006, 0.03, 0.924),
        (0.003, 0.005, 0.004, 0.04, 0.948),
        (0.92, 0.08),
        (0.00005, 0.018, 0.001, 0.006, 0.04, 0.93495),
        (0.05, 0.015, 0.005, 0.03, 0.90),
        (0.0002, 0.0001, 0.0002, 0.9995),
    ),
)
"""The chances of each level, given one person and given two."""
