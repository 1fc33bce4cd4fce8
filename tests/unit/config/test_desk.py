from pathlib import Path
from uuid import uuid4

import pytest

from tests.unit.config.founding import AT, OTHERS, WORDS, Gate, founded, kinds
from waystation.accounts.errors import SharesDifferError
from waystation.accounts.models import Organisation, Person
from waystation.accounts.roles import Role
from waystation.config import device_file
from waystation.config.desk import Desk
from waystation.config.seat import TooSoonError
from waystation.kernel import BadInputError, RuleRefusedError
from waystation.store.sqlcipher import key
from waystation.vault import CHEAP, LockedError, MistypedShareError, NoKeyError, WrongSecretError, new_identity

pytestmark = pytest.mark.usefixtures("store", "one_key")


def test_a_new_device_is_set_up_and_its_founder_sits_at_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path, cost=CHEAP)
    assert not desk.has_device
    desk.set_up(WORDS, name="Harbour", person_name="Founder", roles={Role.DIRECTOR}, language="en", at=AT)
    person = desk.person()
    assert person is not None
    assert person.role_set == {Role.DIRECTOR}
    assert (desk.has_device, desk.is_founded, desk.is_confirmed) == (True, True, False)
    assert len(desk.shares()) == 5
    assert len(desk.token) >= 32
    with pytest.raises(RuleRefusedError):
        desk.set_up(OTHERS, name="Other", person_name="Other", roles={Role.DIRECTOR}, language="en", at=AT)


def test_a_store_without_its_device_file_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"somebody's records")
    with pytest.raises(RuleRefusedError):
        founded(tmp_path)
    assert not device_file.has_device(tmp_path)


def test_a_weak_passphrase_sets_nothing_up(tmp_path: Path) -> None:
    desk = Desk(tmp_path, cost=CHEAP)
    with pytest.raises(BadInputError):
        desk.set_up("secret", name="Harbour", person_name="Founder", roles={Role.DIRECTOR}, language="en", at=AT)
    assert list(tmp_path.iterdir()) == []


def test_a_set_up_that_stopped_before_the_founding_is_taken_up_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(*_: object, **__: object) -> None:
        raise OSError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(Desk, "_found", power_cut)
        with pytest.raises(OSError, match="power cut"):
            founded(tmp_path)
    desk = Desk(tmp_path, cost=CHEAP)
    with pytest.raises(LockedError):
        desk.found(name="Harbour", person_name="Founder", roles={Role.DIRECTOR}, language="en", at=AT)
    desk.unlock(WORDS, at=AT)
    assert (desk.is_founded, desk.is_confirmed, desk.person()) == (False, False, None)
    desk.found(name="Harbour", person_name="Founder", roles={Role.DIRECTOR}, language="en", at=AT)
    desk.confirm(desk.shares()[3:], at=AT)
    assert desk.is_confirmed


def test_shares_are_kept_until_confirmed_and_never_after(tmp_path: Path) -> None:
    desk = founded(tmp_path, confirmed=False)
    first = desk.shares()
    again = Desk(tmp_path, cost=CHEAP)
    with pytest.raises(LockedError):
        again.renew_shares(at=AT)
    with pytest.raises(LockedError):
        again.confirm(first[:2], at=AT)
    again.unlock(WORDS, at=AT)
    assert again.shares() == ()
    again.renew_shares(at=AT)
    second = again.shares()
    assert len(second) == 5
    assert not set(first) & set(second)
    with pytest.raises(SharesDifferError):
        again.confirm((second[0], second[0]), at=AT)
    again.confirm(second[:2], at=AT)
    assert (again.is_confirmed, again.shares()) == (True, ())
    with pytest.raises(NoKeyError):
        again.renew_shares(at=AT)


def test_three_shares_give_a_person_a_new_passphrase(tmp_path: Path) -> None:
    desk = founded(tmp_path, confirmed=False)
    shares = desk.shares()
    desk.confirm(shares[:2], at=AT)
    before = Person.objects.get().sign_public

    found = Desk(tmp_path, cost=CHEAP)
    with pytest.raises(LockedError):
        found.recoverable()
    with pytest.raises(LockedError):
        found.recover(uuid4(), OTHERS, at=AT)
    with pytest.raises(MistypedShareError):
        found.open_with_shares([shares[0], shares[1], shares[2] + "x"])
    found.open_with_shares(shares[2:])
    assert found.token
    assert found.keyring is None
    ((person_id, name),) = found.recoverable()
    assert name == "Founder"
    with pytest.raises(BadInputError):
        found.recover(person_id, "weak", at=AT)
    assert Person.objects.get().sign_public == before
    found.recover(person_id, OTHERS, at=AT)
    assert found.person() is not None
    assert Person.objects.get().sign_public != before
    with pytest.raises(LockedError):
        found.recoverable()
    with pytest.raises(WrongSecretError):
        Desk(tmp_path, cost=CHEAP).unlock(WORDS, at=AT)
    later = Desk(tmp_path, cost=CHEAP)
    later.unlock(OTHERS, at=AT)
    assert later.person() is not None


def test_another_organisations_shares_open_nothing(tmp_path: Path) -> None:
    founded(tmp_path)
    from waystation.vault import new_recovery, shares_of

    desk = Desk(tmp_path, cost=CHEAP)
    with pytest.raises(WrongSecretError):
        desk.open_with_shares(shares_of(new_recovery())[:3])
    with pytest.raises(TooSoonError):
        Desk(tmp_path, gate=Gate(wait=1)).open_with_shares(["a", "b", "c"])
    assert desk.token == ""


def test_a_passphrase_is_changed_by_its_owner_alone(tmp_path: Path) -> None:
    desk = founded(tmp_path)
    with pytest.raises(WrongSecretError):
        desk.change_passphrase(OTHERS, OTHERS, at=AT)
    with pytest.raises(BadInputError):
        desk.change_passphrase(WORDS, "weak", at=AT)
    desk.change_passphrase(WORDS, OTHERS, at=AT)
    assert kinds()[-1] == "passphrase.changed"
    Desk(tmp_path, cost=CHEAP).unlock(OTHERS, at=AT)
    with pytest.raises(LockedError):
        Desk(tmp_path, cost=CHEAP).add_person(new_identity(uuid4()), OTHERS)


def test_an_organisation_in_the_database_is_not_founded_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "first").mkdir()
    founded(tmp_path / "first")
    monkeypatch.setattr("waystation.config.desk.connection.vendor", "postgresql", raising=False)
    (tmp_path / "second").mkdir()
    with pytest.raises(RuleRefusedError):
        founded(tmp_path / "second")
    assert Organisation.objects.count() == 1
    assert not device_file.has_device(tmp_path / "second")


def test_the_key_that_is_held_is_the_devices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bytes] = []
    monkeypatch.setattr("waystation.config.seat.hold_key", held.append)
    desk = founded(tmp_path)
    assert desk.opened is not None
    assert held == [desk.opened.store_key]
    assert len(held[0]) == key.KEY_BYTES
