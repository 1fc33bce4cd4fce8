"""A store of its own in a file, with an office in it: backups need a file, and connections that see each other's commits."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.office import Office, found_office
from waystation.cases.models import Case
from waystation.cases.services import create_case
from waystation.continuity.bundle_out import Sent, bundle_out
from waystation.continuity.here import DEVICE_FILE, Here
from waystation.continuity.models import Office as OtherOffice
from waystation.continuity.office_card import card_of, card_to_text
from waystation.continuity.offices import add_office, confirm_office
from waystation.continuity.second_store import standing_in
from waystation.store.sqlcipher.key import held_key
from waystation.vault import CHEAP, Device, OfficeKeys, add_slot, device_to_json, new_device

WORDS = {
    "director": "river stone amber lantern quiet harvest",
    "case_lead": "cedar window march plain velvet orbit",
    "caseworker": "copper garden sail winter marble echo",
}


@dataclass
class Home:
    """A device with an office's store, unlocked; ``now`` is the office's clock."""

    data: Path
    office: Office

    def here(self, key: str = "director") -> Here:
        """Return the device as a person has unlocked it."""
        return Here(self.data, self.office.opened[key], self.office.keyring(key))

    def later(self, **span: float) -> datetime:
        """Move the clock, and return the time."""
        return self.office.later(**span)

    def case(self, name: str = "Planted Name", **values: object) -> Case:
        """Enter a case as the caseworker."""
        given = {"name": name, "note": f"about {name}", "whereabouts": "north", **values}
        return create_case(keyring=self.office.keyring("caseworker"), values=given, at=self.later())

    def write_device(self) -> Device:
        """Write the device file anew, with a passphrase for some people."""
        device = new_device(self.office.opened["director"], WORDS["director"], CHEAP)
        for key in ("case_lead", "caseworker"):
            device = add_slot(device, self.office.opened[key], WORDS[key])
        (self.data / DEVICE_FILE).write_text(device_to_json(device))
        return device


@pytest.fixture(scope="session")
def empty_store(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Path:
    """A migrated store with nothing in it, made once."""
    path = tmp_path_factory.mktemp("empty") / "store.db"
    with django_db_blocker.unblock(), standing_in(path):
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    return path


@pytest.fixture
def home(tmp_path: Path, empty_store: Path, transactional_db: None) -> Iterator[Home]:
    """A device with a founded office and three people who can unlock it."""
    assert held_key()
    data = tmp_path / "data"
    (data / "files").mkdir(parents=True)
    shutil.copy(empty_store, data / "store.db")
    with override_settings(DATA_DIR=data), standing_in(data / "store.db"):
        home = Home(data, found_office(people=("case_lead", "caseworker", "safeguarding")))
        home.write_device()
        yield home


@pytest.fixture
def shares(home: Home) -> tuple[str, ...]:
    """The five recovery shares of the office."""
    return home.office.shares


def names_in(folder: Path) -> list[str]:
    """Return what lies in a folder, by name."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def away(home: Home, empty_store: Path) -> Home:
    """A second office with a store of its own, which knows the first one; use it inside `at`."""
    data = home.data.parent / "away"
    (data / "files").mkdir(parents=True)
    (data / "store.db").write_bytes(empty_store.read_bytes())
    with override_settings(DATA_DIR=data), standing_in(data / "store.db"):
        away = Home(data, found_office(people=("case_lead", "caseworker", "safeguarding")))
        know(away, home)
    know(home, away)
    return away


def know(one: Home, other: Home) -> None:
    keys = OfficeKeys(other.office.opened["director"].office_secret)
    office = add_office(here=one.here(), name="Other", card_text=card_to_text(keys), at=one.later())
    typed = "".join(card_of(keys).fingerprint[-2:])
    confirm_office(here=one.here("case_lead"), office_id=office.pk, typed=typed, at=one.later())


def send(home: Home, *cases: Case, key: str = "case_lead") -> Sent:
    office, ids = OtherOffice.objects.get(), [case.record_id for case in cases]
    target = home.data.parent / f"bundle-{office.next_out}.age"
    return bundle_out(here=home.here(key), office_id=office.pk, record_ids=ids, target=target, at=home.later())
