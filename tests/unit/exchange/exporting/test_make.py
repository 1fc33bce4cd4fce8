import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

from tests.office import Office
from tests.unit.exchange.files import GOOD, imported, sheet, steps
from waystation.accounts.errors import NotPermittedError, SecondPersonNeededError
from waystation.accounts.models import Organisation
from waystation.audit.models import Entry
from waystation.continuity.errors import StoppedError
from waystation.exchange.errors import CountsDifferError
from waystation.exchange.exporting.make import Asked, Pieces, Typed, make_export
from waystation.exchange.exporting.purposes import Purpose
from waystation.exchange.models import Export
from waystation.intake.tables.opening import open_table
from waystation.intake.tables.row import Row, headed
from waystation.kernel import BadInputError
from waystation.vault import OfficeKeys, open_parcel

SECRET = b"a recipient's own secret, 32 byt"
KEY = OfficeKeys(SECRET).age_recipient
NAME = "Sky Invented"


def spool() -> BinaryIO:
    return cast("BinaryIO", io.BytesIO())


def made(
    office: Office,
    folder: Path,
    by: str = "case_lead",
    rows: int = 1,
    columns: int = 5,
    go: Callable[[str, int, int], None] = steps,
    **asked: Any,
) -> Export:
    given = {"purpose": Purpose.REFERRAL, "recipient": "Harbour clinic", "key": KEY, "reason": "a doctor", **asked}
    return make_export(
        keyring=office.keyring(by),
        asked=Asked(**given),
        typed=Typed(rows, columns),
        folder=folder,
        make_spool=spool,
        clock=office.later,
        steps=go,
    )


def plain_of(folder: Path, export: Export) -> bytes:
    target = io.BytesIO()
    data = (folder / f"{export.pk.hex}.age").read_bytes()
    assert NAME.encode() not in data
    open_parcel(io.BytesIO(data), target, SECRET, limit=10_000_000)
    return target.getvalue()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_opens_for_its_recipient_and_holds_values_only(office: Office, tmp_path: Path, form: str) -> None:
    imported(office, sheet("r1,=Sky Invented,the north,34,"), by="case_lead")
    export = made(office, tmp_path, form=form)
    table = headed(open_table(io.BytesIO(plain_of(tmp_path, export))).sheets[0])
    assert table.columns == ("code", "name", "birth_date", "urgency", "needs")
    (row,) = table.rows()
    assert isinstance(row, Row)
    assert row.cells[1] == f"'={NAME}"
    assert (export.rows, export.fields, export.form) == (1, list(table.columns), form)


def test_what_went_out_is_in_the_register_and_the_log(office: Office, tmp_path: Path) -> None:
    imported(office, sheet(GOOD), by="case_lead")
    export = made(office, tmp_path, kept=timedelta(days=7))
    assert export.expires_at - export.at == timedelta(days=7)
    opened = office.keyring("finance").open(export, "recipient", "reason")
    assert opened == {"recipient": "Harbour clinic", "reason": "a doctor"}
    assert Entry.objects.filter(kind="export.made").count() == 1


def test_the_numbers_must_be_typed_as_they_are_now(office: Office, tmp_path: Path) -> None:
    imported(office, sheet(GOOD), by="case_lead")
    with pytest.raises(CountsDifferError) as caught:
        made(office, tmp_path, rows=2)
    assert (caught.value.rows, caught.value.columns) == (1, 5)
    with pytest.raises(CountsDifferError):
        made(office, tmp_path, columns=4)
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_export_is_no_export(office: Office, tmp_path: Path) -> None:
    with pytest.raises(CountsDifferError):
        made(office, tmp_path, rows=0)


@pytest.mark.parametrize("wrong", [{"key": "age1nothing"}, {"kept": timedelta(days=91)}, {"form": "pdf"}])
def test_what_cannot_be_made_leaves_nothing_behind(office: Office, tmp_path: Path, wrong: dict[str, Any]) -> None:
    imported(office, sheet(GOOD), by="case_lead")
    with pytest.raises(BadInputError):
        made(office, tmp_path, **wrong)
    assert list(tmp_path.iterdir()) == []
    assert not Export.objects.exists()


def test_stopped_half_way_it_leaves_nothing_behind(office: Office, tmp_path: Path) -> None:
    imported(office, sheet(GOOD), by="case_lead")

    def stop(name: str, done: int, total: int) -> None:
        raise StoppedError("stop")

    for form in ("csv", "xlsx"):
        with pytest.raises(StoppedError):
            made(office, tmp_path, go=stop, form=form)
    assert list(tmp_path.iterdir()) == []


def test_identities_by_the_hundred_take_a_second_person(office: Office, tmp_path: Path) -> None:
    imported(office, sheet(GOOD), by="case_lead")
    Organisation.objects.update(openings_per_hour=1)
    made(office, tmp_path)
    with pytest.raises(SecondPersonNeededError):
        made(office, tmp_path)


def test_who_may_not_export_does_not(office: Office, tmp_path: Path) -> None:
    with pytest.raises(NotPermittedError):
        made(office, tmp_path, by="caseworker")


def test_pieces_are_read_as_one() -> None:
    assert Pieces(iter([b"ab", b"", b"cde"])).read() == b"abcde"
    assert io.BufferedReader(Pieces(iter([b"abcdef"])), 2).read(4) == b"abcd"
