"""To whom a complaint goes, and whom it never reaches."""

from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

from waystation.accounts.models import Person
from waystation.accounts.roles import Role

ROUTE: Final = (Role.SAFEGUARDING, Role.DIRECTOR, Role.AUDITOR)
"""Who handles complaints: the first of these offices in which somebody is left."""

LED_BY_A_LEAD: Final = frozenset({Role.CASEWORKER, Role.FIELD_OFFICER})
REPORTS_TO_NOBODY: Final = frozenset({Role.AUDITOR})
"""Who checks the work answers to the board, not to the director."""


def reports_to(person: Person, chief: Person) -> bool:
    """Tell whether ``person`` works under ``chief``: everybody but an auditor under a director, a team under its lead."""
    if person.pk == chief.pk or person.role_set & REPORTS_TO_NOBODY:
        return False
    if Role.DIRECTOR in chief.role_set:
        return True
    return (
        Role.CASE_LEAD in chief.role_set and person.team_id == chief.team_id and bool(person.role_set & LED_BY_A_LEAD)
    )


def kept_away(about: Collection[UUID], named: Collection[UUID], people: Iterable[Person]) -> frozenset[UUID]:
    """Return who may hold no key of a complaint: whom it is about, who reports to them, and whom the complainant named."""
    everybody = list(people)
    accused = [person for person in everybody if person.pk in about]
    under = {person.pk for person in everybody for chief in accused if reports_to(person, chief)}
    return frozenset(about) | frozenset(named) | frozenset(under)


def handlers(away: Collection[UUID], people: Iterable[Person]) -> frozenset[UUID]:
    """Return who is given a complaint's keys; empty if nobody here may handle it."""
    left = [person for person in people if person.active and person.pk not in away]
    for role in ROUTE:
        found = frozenset(person.pk for person in left if role in person.role_set)
        if found:
            return found
    return frozenset()
