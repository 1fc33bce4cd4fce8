from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """What a person does here. A person may have several, within `waystation.accounts.policies.refuse_union`."""

    DIRECTOR = "director"
    CASE_LEAD = "case_lead"
    CASEWORKER = "caseworker"
    FIELD_OFFICER = "field_officer"
    FINANCE = "finance"
    SAFEGUARDING = "safeguarding"
    COMMUNICATIONS = "communications"
    AUDITOR = "auditor"


STANDS_ALONE = frozenset({Role.AUDITOR})
"""Roles that nobody has together with another: who checks the work does none of it."""


def roles_of(names: Collection[str]) -> frozenset[Role]:
    """Return the roles that stored names stand for; a name that is no role gives no right and is left out."""
    return frozenset(Role(name) for name in names if name in set(Role))
