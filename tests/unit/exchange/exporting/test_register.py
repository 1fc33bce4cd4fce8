from datetime import timedelta
from pathlib import Path

import pytest

from tests.office import Office
from tests.unit.exchange.exporting.test_make import made
from tests.unit.exchange.files import GOOD, imported, sheet
from waystation.accounts.errors import NotPermittedError
from waystation.exchange.exporting.register import register, remove_expired, remove_export
from waystation.exchange.models import Export


def test_the_register_says_what_went_out_to_every_colleague(office: Office, tmp_path: Path) -> None:
    imported(office, sheet(GOOD), by="case_lead")
    made(office, tmp_path)
    (line,) = register(keyring=office.keyring("auditor"))
    assert (line.recipient, line.reason, line.export.rows) == ("Harbour clinic", "a doctor", 1)


def test_what_is_past_its_date_is_removed_and_the_line_stays(office: Office, tmp_path: Path) -> None:
    imported(office, sheet(GOOD), by="case_lead")
    made(office, tmp_path, kept=timedelta(days=2))
    assert remove_expired(keyring=office.keyring("finance"), folder=tmp_path, at=office.later(days=1)) == 0
    assert remove_expired(keyring=office.keyring("finance"), folder=tmp_path, at=office.later(days=2)) == 1
    assert list(tmp_path.iterdir()) == []
    assert Export.objects.get().removed_at is not None


def test_it_may_be_removed_before(office: Office, tmp_path: Path) -> None:
    imported(office, sheet(GOOD), by="case_lead")
    export = made(office, tmp_path)
    with pytest.raises(NotPermittedError):
        remove_export(keyring=office.keyring("finance"), folder=tmp_path, export_id=export.pk, at=office.later())
    remove_export(keyring=office.keyring("case_lead"), folder=tmp_path, export_id=export.pk, at=office.later())
    remove_export(keyring=office.keyring("case_lead"), folder=tmp_path, export_id=export.pk, at=office.later())
    assert list(tmp_path.iterdir()) == []
