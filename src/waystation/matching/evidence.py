"""What a pair must carry, besides its weight, to be put before a person: more than a name that is like another."""

from waystation.matching.compare import MISSING
from waystation.matching.register import Likeness
from waystation.matching.schema import Kind, Schema
from waystation.matching.word import WordLevel

BESIDE_ENOUGH = 2
"""So many things that agree beside the name are enough whatever the names say."""


def carries_enough(likeness: Likeness, schema: Schema, even: float, *, name_alone: bool = False) -> bool:
    """Tell whether a pair is worth a person's look.

    It is, if one of these holds:

    - two things beside the name agree: birth, place, contact;
    - what is known of the names agrees, and one thing beside it does;
    - the names are equal or sound the same in both parts, and they are rare enough to speak for one person alone, or nothing
      beside them could be compared;
    - one part of the names agrees, and so does the birth or a contact, which say more than a place.

    Parameters
    ----------
    likeness
        The two, laid side by side by a register of ``schema``.
    even
        Bits at which one match in the register is as likely as none (`waystation.matching.register.Register.even`).
    name_alone
        Whether only a name was asked for: then names that agree are enough.
    """
    names: list[tuple[int, float]] = []
    beside: list[tuple[Kind, bool]] = []
    place = 0
    for field in schema.fields:
        told = list(zip(field.aspects, likeness.comparison.levels[place:], likeness.bits[place:], strict=False))
        place += len(field.aspects)
        if field.kind is Kind.NAME:
            names += [(level, bits) for _, level, bits in told[:2] if level != MISSING]
        else:
            beside += [(field.kind, level < aspect.agreeing) for aspect, level, _ in told if level != MISSING]
    return _enough(names, beside, even, name_alone=name_alone)


def _enough(names: list[tuple[int, float]], beside: list[tuple[Kind, bool]], even: float, *, name_alone: bool) -> bool:
    agreeing = [kind for kind, agrees in beside if agrees]
    if len(agreeing) >= BESIDE_ENOUGH:
        return True
    alike = [level <= WordLevel.CLOSE for level, _ in names]
    if names and all(alike):
        equal = len(names) > 1 and all(level <= WordLevel.SOUND for level, _ in names)
        return bool(agreeing) or name_alone or (equal and (not beside or sum(bits for _, bits in names) >= even))
    return any(alike) and bool({Kind.DATE, Kind.CONTACT} & set(agreeing))
