"""Consent and safeguarding answer for what is theirs: what they say stands in the way."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from waystation.cases.models import CHILDREN
from waystation.cases.steps.blocks import Asked, Block, Companion, Source
from waystation.cases.steps.on_record import read_not_consenting
from waystation.cases.steps.vocabulary import Need
from waystation.consent.policies import blocks_of
from waystation.consent.purposes import Activity
from waystation.consent.queries import Said, said_in
from waystation.safeguarding.models import Age
from waystation.safeguarding.picture import Picture, Requirement, Traveller
from waystation.safeguarding.policies import reasons_of
from waystation.safeguarding.queries import pictures_of


@dataclass(frozen=True)
class ConsentSource:
    """Every traveller said yes to what a journey rests on, for themself, and did not take it back.

    Attributes
    ----------
    said
        What was said in the record, where that was read already.
    not_consenting
        Who did not agree to go with the others, where that was opened already.
    """

    said: Said | None = None
    not_consenting: frozenset[UUID] | None = None
    needs: frozenset[Need] = frozenset({Need.CONSENT})

    def __call__(self, asked: Asked) -> Iterable[Block]:
        """Return a block for each purpose and traveller without a yes, and for each who did not agree to go with the others."""
        return self._found(asked)

    def _found(self, asked: Asked) -> Iterator[Block]:
        said = said_in(asked.record) if self.said is None else self.said
        for each in asked.companions:
            for missing in blocks_of(said, each.id, Activity.SETTING_OUT, asked.at):
                yield Block(Need.CONSENT, f"consent.{missing.purpose}.{missing.state}", each.id)
        refused = self.not_consenting
        if refused is None:
            refused = read_not_consenting(asked.keyring, asked.record)
        for traveller in sorted(refused & {each.id for each in asked.companions}):
            yield Block(Need.CONSENT, "consent.not_given_by", traveller)


@dataclass(frozen=True)
class SafeguardingSource:
    """Nobody under 18 moves without the procedure, and nobody before a person decided about trafficking.

    It answers for the child procedure. That a screen is decided it asks besides the case's own judgement of the screening.

    Attributes
    ----------
    pictures
        What is known of the record's travellers, where that was opened already.
    """

    pictures: Mapping[UUID, Picture] | None = None
    needs: frozenset[Need] = frozenset({Need.CHILD_PROCEDURE})

    def __call__(self, asked: Asked) -> Iterable[Block]:
        """Return what keeps each traveller from being moved."""
        travellers = [Traveller(each.id, age_of(each)) for each in asked.companions]
        pictures = self.pictures
        if pictures is None:
            pictures = pictures_of(asked.keyring, asked.record, [each.id for each in travellers])
        for reason in reasons_of(pictures, travellers, asked.at):
            screen = reason.requirement is Requirement.SCREEN
            need = Need.SCREENED if screen else Need.CHILD_PROCEDURE
            yield Block(need, f"safeguarding.{reason.code}", reason.traveller_id)


def age_of(companion: Companion) -> Age | None:
    """Return what a case says of a traveller's age; None where it says nothing."""
    if not companion.age_band:
        return None
    if companion.age_band == "disputed":
        return Age.DISPUTED
    return Age.CHILD if companion.age_band in CHILDREN else Age.ADULT


ROOMS: Final[tuple[Source, ...]] = (ConsentSource(), SafeguardingSource())
"""The rooms below that a case asks before it goes on."""


@dataclass(frozen=True)
class Answered:
    """What a room answered, to be asked again without looking again."""

    needs: frozenset[Need]
    found: tuple[Block, ...]

    def __call__(self, asked: Asked) -> Iterable[Block]:
        """Return what was found."""
        return self.found


def answered(asked: Asked, rooms: Iterable[Source] = ROOMS) -> tuple[Answered, ...]:
    """Ask every room once, for all that is shown of a case on one page."""
    return tuple(Answered(room.needs, tuple(room(asked))) for room in rooms)
