"""An invented organisation for tests: founded, confirmed, with somebody in every role."""

from collections.abc import Collection
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.test import Client

from waystation.accounts.models import Organisation, Person
from waystation.accounts.queries import keyring_of
from waystation.accounts.roles import Role
from waystation.accounts.services import Founded, admit_person, confirm_recovery, found_organisation, new_opened, settle
from waystation.config.desk import Desk
from waystation.config.device_file import read_device, write_device
from waystation.store.keyring import Keyring
from waystation.store.sqlcipher.key import held_key
from waystation.vault import CHEAP, Opened, add_slot, new_device, new_identity
from waystation.web.middleware.desk import SEAT, install

START = datetime(2031, 3, 1, 9, 0, tzinfo=UTC)

WORDS = ("garden", "hammer", "island", "jacket", "kettle", "ladder", "mirror", "needle", "orange", "pepper")

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
    on_device: set[str] = field(default_factory=set)

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

    def passphrase(self, key: str) -> str:
        """Return the passphrase by which a person unlocks this device."""
        word = sorted(self.opened).index(key)
        return f"anchor bottle candle dolphin ember fabric {WORDS[word % len(WORDS)]} {key}"

    def desk(self, key: str) -> Desk:
        """Return the desk of a process in which this person has unlocked; the device file has a place for them."""
        folder = settings.DATA_DIR
        if not self.on_device:
            write_device(folder, new_device(self.opened[key], self.passphrase(key), CHEAP))
        elif key not in self.on_device:
            write_device(folder, add_slot(read_device(folder), self.opened[key], self.passphrase(key)))
        self.on_device.add(key)
        desk = Desk(folder, cost=CHEAP)
        desk.opened, desk.keyring, desk.token = self.opened[key], self.keyring(key), f"seat of {key}"
        return desk

    def client(self, key: str) -> "SeatedClient":
        """Return a browser in whose process this person has unlocked. Several may be used in turn."""
        client = SeatedClient(self.desk(key))
        session = client.session
        session[SEAT] = client.desk.token
        session.save()
        return client


class SeatedClient(Client):
    """Django's test client, before a desk of its own. ``HTTP_HOST`` is what a browser would send."""

    def __init__(self, desk: Desk, **options: Any) -> None:
        super().__init__(HTTP_HOST="127.0.0.1", **options)
        self.desk = desk

    def request(self, **request: Any) -> Any:
        """Send one request to the process in which this person has unlocked."""
        install(self.desk)
        return super().request(**request)


def same_seat(desk: Desk) -> Desk:
    """Return the desk of another process, at which the same person sits with the same keys."""
    again = Desk(desk.folder, cost=CHEAP)
    again.opened, again.keyring, again.token = desk.opened, desk.keyring, desk.token
    return again


class Kept:
    """An office as it was founded once in this process, and every row of it: to put rows back is quicker than to found."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._rows = [list(model._base_manager.all()) for model in _tables()]

    def put_back(self) -> Office:
        """Write the rows into an empty test database, and return the office as it was."""
        for model, rows in zip(_tables(), self._rows, strict=True):
            model._base_manager.bulk_create(copy(row) for row in rows)
        return replace(self._office, opened=dict(self._office.opened), on_device=set())


_kept: list[Kept] = []


def _tables() -> list[type[Model]]:
    rooms = ("store", "audit", "accounts", "cases", "continuity", "exchange")
    return [model for room in rooms for model in apps.get_app_config(room).get_models()]


def whole_office() -> Office:
    """Return a confirmed organisation with somebody in every role; the same people and keys in every test of a process."""
    if _kept:
        return _kept[0].put_back()
    office = found_office()
    _kept.append(Kept(office))
    return replace(office, opened=dict(office.opened), on_device=set())


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
    for key in reversed(office.opened):
        settle(keyring=office.keyring(key), at=office.later())
    return office
