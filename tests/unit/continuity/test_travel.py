import io
from base64 import b64encode
from pathlib import Path

import pytest

from tests.unit.continuity.conftest import WORDS, Home
from waystation.audit.models import Entry
from waystation.continuity.backup import make_backup
from waystation.continuity.errors import NotEmptyError, NotHereError, NotWholeError
from waystation.continuity.travel import give_back, give_back_from, travel_back, travel_out
from waystation.vault import (
    OfficeKeys,
    WrongSecretError,
    device_from_json,
    open_device,
    recover,
    seal_parcel,
)


def opens(home: Home, key: str = "director") -> bool:
    try:
        open_device(device_from_json((home.data / "device.json").read_text()), WORDS[key])
    except WrongSecretError:
        return False
    return True


@pytest.fixture
def parcel(tmp_path: Path) -> Path:
    return tmp_path / "parcel.age"


def test_after_leaving_no_passphrase_opens_the_device(home: Home, parcel: Path) -> None:
    make_backup(here=home.here(), at=home.later())
    left = travel_out(here=home.here("caseworker"), parcel=parcel, at=home.later())
    assert (left.written_over, left.copies) == (True, 1)
    assert not any(opens(home, key) for key in WORDS)
    assert not list((home.data / "backups").glob("device-*"))
    assert Entry.objects.order_by("-seq")[0].kind == "travel.left"


def test_the_keys_come_back_by_the_home_office(home: Home, parcel: Path, tmp_path: Path) -> None:
    before = (home.data / "device.json").read_text()
    travel_out(here=home.here("caseworker"), parcel=parcel, at=home.later())
    back = tmp_path / "back.json"
    give_back_from(here=home.here("case_lead"), parcel=parcel, out=back, at=home.later())
    assert Entry.objects.order_by("-seq")[0].kind == "travel.returned"
    travel_back(data=home.data, file=back, passphrase=WORDS["caseworker"])
    assert (home.data / "device.json").read_text() == before
    assert all(opens(home, key) for key in WORDS)


def test_the_keys_come_back_by_three_shares(home: Home, parcel: Path, tmp_path: Path, shares: tuple[str, ...]) -> None:
    travel_out(here=home.here(), parcel=parcel, at=home.later())
    give_back(parcel=parcel, secret=recover(shares[:3]), out=tmp_path / "back.json")
    travel_back(data=home.data, file=tmp_path / "back.json", passphrase=WORDS["director"])
    assert opens(home)


def test_the_old_text_is_nowhere_in_the_folder(home: Home, parcel: Path) -> None:
    slots = device_from_json((home.data / "device.json").read_text()).slots
    make_backup(here=home.here(), at=home.later())
    old = (home.data / "device.json").open("rb")
    travel_out(here=home.here(), parcel=parcel, at=home.later())
    assert len(old.read()) > 5000
    old.seek(0)
    assert b"waystation" not in old.read()
    old.close()
    for path in [each for each in home.data.rglob("*") if each.is_file()]:
        assert not any(b64encode(slot) in path.read_bytes() for slot in slots)


@pytest.mark.parametrize("point", ["seal", "check", "take", "overwrite"])
def test_interrupted_anywhere_nothing_is_lost(home: Home, parcel: Path, tmp_path: Path, point: str) -> None:
    def fall(name: str, done: int, total: int) -> None:
        if name == point:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        travel_out(here=home.here(), parcel=parcel, at=home.later(), steps=fall)
    if opens(home):
        return
    give_back(parcel=parcel, secret=home.office.opened["director"].office_secret, out=tmp_path / "back.json")
    travel_back(data=home.data, file=tmp_path / "back.json", passphrase=WORDS["director"])
    assert opens(home)


def test_nothing_is_written_over(home: Home, parcel: Path) -> None:
    parcel.write_bytes(b"mine")
    with pytest.raises(NotEmptyError):
        travel_out(here=home.here(), parcel=parcel, at=home.later())
    assert parcel.read_bytes() == b"mine"
    assert opens(home)
    with pytest.raises(NotEmptyError):
        give_back(parcel=parcel, secret=b"x" * 32, out=parcel)


def test_who_has_left_already_is_told(home: Home, parcel: Path, tmp_path: Path) -> None:
    here = home.here()
    travel_out(here=here, parcel=parcel, at=home.later())
    with pytest.raises(NotHereError):
        travel_out(here=here, parcel=tmp_path / "another.age", at=home.later())
    assert not (tmp_path / "another.age").exists()


def test_another_office_cannot_open_the_parcel(home: Home, parcel: Path, tmp_path: Path) -> None:
    travel_out(here=home.here(), parcel=parcel, at=home.later())
    with pytest.raises(WrongSecretError):
        give_back(parcel=parcel, secret=b"x" * 32, out=tmp_path / "back.json")
    assert not (tmp_path / "back.json").exists()


@pytest.mark.parametrize(
    ("content", "fault"), [(b"{}", "wrong_kind"), (b"\xff\xfe", "changed"), (b"x" * 100_000, "too_large")]
)
def test_a_parcel_of_something_else_is_refused(
    home: Home, parcel: Path, tmp_path: Path, content: bytes, fault: str
) -> None:
    secret = home.office.opened["director"].office_secret
    with parcel.open("wb") as target:
        seal_parcel(io.BytesIO(content), target, [OfficeKeys(secret).age_recipient])
    with pytest.raises(NotWholeError) as caught:
        give_back(parcel=parcel, secret=secret, out=tmp_path / "back.json")
    assert caught.value.fault == fault


def test_a_damaged_parcel_is_refused(home: Home, parcel: Path, tmp_path: Path) -> None:
    travel_out(here=home.here(), parcel=parcel, at=home.later())
    parcel.write_bytes(parcel.read_bytes()[:-1])
    with pytest.raises(NotWholeError):
        give_back(parcel=parcel, secret=home.office.opened["director"].office_secret, out=tmp_path / "back.json")


def test_only_this_devices_file_with_its_passphrase_goes_back(home: Home, parcel: Path, tmp_path: Path) -> None:
    back = tmp_path / "back.json"
    travel_out(here=home.here(), parcel=parcel, at=home.later())
    give_back(parcel=parcel, secret=home.office.opened["director"].office_secret, out=back)
    with pytest.raises(WrongSecretError):
        travel_back(data=home.data, file=back, passphrase="another passphrase of six whole words")
    assert not opens(home)
    home.write_device()
    with pytest.raises(NotWholeError) as caught:
        travel_back(data=home.data, file=back, passphrase=WORDS["director"])
    assert caught.value.fault == "mixed"
