"""A table for the rows of these tests alone, people, and a record that two of them hold."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker, Settings

from tests.unit.store.sheets import NOON, VALUES, Office, People, Sheet, people_of, sheet_table
from waystation.store import models as store_models
from waystation.store.tiers import Tier


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), sheet_table():
        yield


@pytest.fixture(autouse=True)
def _sheets_are_known(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setattr(store_models, "sealed_models", lambda: [Sheet])
    settings.DATA_DIR = tmp_path


@pytest.fixture
def people() -> People:
    """Four people."""
    return people_of(4)


@pytest.fixture
def desk(db: None, people: People) -> Iterator[Office]:
    """A record that two of the people hold whole, with every field given."""
    ada, ben, eve, *_ = (people.keyring(person_id) for person_id in people.identities)
    recipients = {ada.person_id: set(Tier), ben.person_id: set(Tier)}
    record = ada.create_record(kind="case", recipients=recipients, at=NOON)
    sheet = Sheet(record=record)
    ada.seal(sheet, **VALUES)
    sheet.save()
    yield Office(people, record, sheet, ada, ben, eve)
    Sheet._base_manager.all().delete()
