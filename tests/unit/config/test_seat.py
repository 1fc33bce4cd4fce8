import threading
import time
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError

from tests.unit.config.founding import AT, OTHERS, WORDS, Gate, founded, kinds
from waystation.accounts.roles import Role
from waystation.accounts.services import admit_person, remove_person
from waystation.audit.models import Entry
from waystation.audit.queries import read
from waystation.config.desk import Desk
from waystation.config.seat import PARTING_SECONDS, TooSoonError
from waystation.kernel import RuleRefusedError
from waystation.vault import CHEAP, WrongSecretError, new_identity

pytestmark = pytest.mark.usefixtures("store", "one_key")


def test_unlocking_is_counted_first_and_forgiven_when_right(tmp_path: Path) -> None:
    founded(tmp_path)
    gate = Gate()
    desk = Desk(tmp_path, gate=gate, cost=CHEAP)
    with pytest.raises(WrongSecretError):
        desk.unlock(OTHERS, at=AT)
    assert (gate.tries, gate.rights, desk.opened, desk.token) == (1, 0, None, "")
    desk.unlock(WORDS.upper(), at=AT)
    assert (gate.tries, gate.rights) == (2, 1)
    assert desk.person() is not None
    assert kinds()[-1] == "unlocked"


def test_a_try_that_comes_too_soon_is_not_tried(tmp_path: Path) -> None:
    founded(tmp_path)
    desk = Desk(tmp_path, gate=Gate(wait=7.5), cost=CHEAP)
    with pytest.raises(TooSoonError) as refused:
        desk.unlock(WORDS, at=AT)
    assert refused.value.seconds == 7.5
    assert desk.opened is None


def test_somebody_elses_passphrase_does_not_unseat_who_sits_here(tmp_path: Path) -> None:
    desk = founded(tmp_path)
    identity = new_identity(uuid4())
    assert desk.keyring is not None
    admit_person(
        keyring=desk.keyring, name="Second", roles=[Role.FINANCE], team_id=None, identity_or_publics=identity, at=AT
    )
    desk.add_person(identity, OTHERS)
    token = desk.token
    with pytest.raises(RuleRefusedError):
        desk.unlock(OTHERS, at=AT)
    desk.unlock(WORDS, at=AT)
    assert desk.token == token
    other = Desk(tmp_path, cost=CHEAP)
    other.unlock(OTHERS, at=AT)
    assert other.keyring is not None
    assert other.keyring.person_id == identity.person_id
    desk.drop_person(identity.person_id)
    with pytest.raises(WrongSecretError):
        Desk(tmp_path, cost=CHEAP).unlock(OTHERS, at=AT)


def test_whoever_no_longer_works_here_is_not_let_in(tmp_path: Path) -> None:
    desk = founded(tmp_path)
    identity = new_identity(uuid4())
    assert desk.keyring is not None
    person = admit_person(
        keyring=desk.keyring, name="Second", roles=[Role.FINANCE], team_id=None, identity_or_publics=identity, at=AT
    )
    desk.add_person(identity, OTHERS)
    remove_person(keyring=desk.keyring, person=person, at=AT)
    ended = threading.Event()
    other = Desk(tmp_path, cost=CHEAP, end=ended.set)
    with pytest.raises(RuleRefusedError):
        other.unlock(OTHERS, at=AT)
    assert (other.opened, other.keyring, other.token) == (None, None, "")
    assert ended.wait(30)  # the store's key was in this process


def test_locking_is_noted_and_ends_the_process(tmp_path: Path) -> None:
    founded(tmp_path)
    ends: list[float] = []
    desk = Desk(tmp_path, cost=CHEAP, end=lambda: ends.append(time.monotonic()))
    desk.unlock(WORDS, at=AT)
    began = time.monotonic()
    desk.wait_if_leaving()
    assert time.monotonic() - began < PARTING_SECONDS
    left: list[str] = []
    desk.leave = lambda: left.append("no more connections")
    desk.lock(at=AT)
    assert left
    locked = time.monotonic()
    desk.wait_if_leaving()
    assert time.monotonic() - locked > PARTING_SECONDS
    assert (desk.keyring, desk.opened, desk.token) == (None, None, "")
    assert kinds()[-1] == "locked"
    while not ends and time.monotonic() < began + 10:
        time.sleep(0.01)
    assert ends
    assert desk.person() is None


def test_time_without_anybody_counts_only_while_there_are_keys(tmp_path: Path) -> None:
    desk = Desk(tmp_path, cost=CHEAP)
    desk._seen -= 1000
    assert time.monotonic() - desk.last_seen() < 100
    desk.set_up(WORDS, name="Harbour", person_name="Founder", roles={Role.DIRECTOR}, language="en", at=AT)
    desk._seen -= 1000
    assert time.monotonic() - desk.last_seen() > 999
    desk.touch()
    assert time.monotonic() - desk.last_seen() < 100


def test_a_second_passphrase_is_counted_and_unseats_nobody(tmp_path: Path) -> None:
    founder = founded(tmp_path)
    assert founder.keyring is not None
    second = new_identity(uuid4())
    founder.add_person(second, OTHERS)
    gate = Gate()
    desk = Desk(tmp_path, gate=gate, cost=CHEAP)
    desk.unlock(WORDS, at=AT)
    seated = desk.keyring
    with pytest.raises(WrongSecretError):
        desk.open_second(WORDS.replace("anchor", "pencil"))
    assert desk.open_second(OTHERS).identity == second
    assert (gate.tries, gate.rights) == (3, 2)
    assert desk.keyring is seated
    gate.wait = 9.0
    with pytest.raises(TooSoonError):
        desk.open_second(OTHERS)


@pytest.mark.parametrize("reason", ["idle", "asleep", "stopped", "signal"])
def test_a_session_that_ends_by_itself_is_noted_with_the_reason(tmp_path: Path, reason: str) -> None:
    founded(tmp_path)
    ended = threading.Event()
    desk = Desk(tmp_path, cost=CHEAP, end=ended.set)
    desk.unlock(WORDS, at=AT)
    keyring = desk.keyring
    assert keyring is not None
    desk.end(reason, at=AT)
    assert ended.is_set()
    assert (desk.keyring, desk.opened, desk.token) == (None, None, "")
    last = Entry.objects.order_by("seq").last()
    assert last is not None
    (line,) = read(keyring, [last])
    assert line.payload is not None
    assert (last.kind, line.payload.details) == ("locked", {"reason": reason})


def test_a_session_ends_even_where_the_log_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    founded(tmp_path)
    ended = threading.Event()
    desk = Desk(tmp_path, cost=CHEAP, end=ended.set)
    desk.unlock(WORDS, at=AT)

    def full(**_: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("waystation.accounts.services.end_session", full)
    before = kinds()
    desk.end("idle", at=AT)
    assert ended.is_set()
    assert desk.keyring is None
    assert kinds() == before


def test_nobody_leaves_a_process_in_which_nobody_sat(tmp_path: Path) -> None:
    founded(tmp_path)
    before, ended = kinds(), threading.Event()
    Desk(tmp_path, cost=CHEAP, end=ended.set).end("idle", at=AT)
    assert ended.is_set()
    assert kinds() == before
