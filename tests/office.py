"""An invented organisation for tests: founded, confirmed, with somebody in every role."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.test import Client

from waystation.accounts.models import Organisation, Person
from waystation.accounts.queries import keyring_of
from waystation.accounts.roles import Role
from waystation.accounts.services import Founded, admit_person, confirm_recovery, found_organisation, new_opened
from waystation.store.keyring import Keyring
from waystation.store.sqlcipher.key import held_key
from waystation.vault import Opened, new_identity

START = datetime(2031, 3, 1, 9, 0, tzinfo=UTC)

PEOPLE: dict[str, tuple[str, Collection[Role]]] = {
    "director": ("Ingrid Testdottir", [Role.DIRECTOR]),
    "case_lead": ("한지우", [Role.CASE_LEAD]),
    "caseworker": ("Bounmy Phetsavong", [Role.CASEWORKER]),
    "field_officer": ("สมชาย ใจดี", [Role.FIELD_OFFICER]),
    "finance": ("Oyelaran Adeyemi", [Role.FINANCE]),
    "safeguarding": ("Marta Quispe", [Role.SAFEGUARDING]),
    "communications": ("강서윤", [Role.COMMUNICATIONS]),
    "auditor": ("Tobias Nkemelu", [Role.AUDITOR]),
}
"""By key: name and roles. The first founds the organisation."""


@dataclass
class Office:
    """The organisation and its people by key; ``now`` is the tests' clock, moved by `later`."""

    founded: Founded
    opened: dict[str, Opened] = field(default_factory=dict)
    now: datetime = START

    @property
    def organisation(self) -> Organisation:
        """The organisation's row."""
        return Organisation.objects.get()

    @property
    def shares(self) -> tuple[str, ...]:
        """The five recovery shares."""
        return self.founded.shares

    def later(self, **span: float) -> datetime:
        """Move the clock by ``timedelta(**span)``, one second if nothing is said, and return the time."""
        self.now += timedelta(**span) if span else timedelta(seconds=1)
        return self.now

    def id(self, key: str) -> UUID:
        """Return a person's id."""
        return self.opened[key].identity.person_id

    def person(self, key: str) -> Person:
        """Return a person's row, read anew."""
        return Person.objects.select_related("record", "team").get(pk=self.id(key))

    def keyring(self, key: str) -> Keyring:
        """Return a person's keyring as it is after unlocking."""
        return keyring_of(self.opened[key])

    def admit(self, key: str, name: str, roles: Collection[Role], team_id: UUID | None = None) -> Person:
        """Let the director admit somebody, to be known by ``key``."""
        identity = new_identity(uuid4())
        person = admit_person(
            keyring=self.keyring("director"),
            name=name,
            roles=roles,
            team_id=team_id,
            identity_or_publics=identity,
            at=self.later(),
        )
        self.opened[key] = replace(self.founded.opened, identity=identity)
        return person

    def client(self, key: str) -> Client:
        """Return a browser in whose process this person has unlocked."""
        raise NotImplementedError


def found_office(*, people: Collection[str] = tuple(PEOPLE), confirmed: bool = True) -> Office:
    """Found the organisation in an empty test database and admit ``people``; ``confirmed`` types two shares back."""
    beginning = new_opened()
    beginning = replace(beginning, opened=replace(beginning.opened, store_key=held_key()))
    name, roles = PEOPLE["director"]
    founded = found_organisation(
        beginning=beginning, name="Harbour Light", person_name=name, roles=roles, language="en", at=START
    )
    office = Office(founded, {"director": founded.opened})
    if confirmed:
        confirm_recovery(keyring=office.keyring("director"), typed=founded.shares[1:3], at=office.later())
    for key in people:
        if key != "director":
            office.admit(key, *PEOPLE[key])
    return office
