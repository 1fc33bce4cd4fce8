import json
import random
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.kernel import BadInputError
from waystation.vault import (
    CHEAP,
    STRONG,
    Binding,
    Cost,
    Device,
    Opened,
    RecoverySecret,
    TamperedError,
    VaultError,
    WrongSecretError,
    add_slot,
    change_passphrase,
    device,
    device_from_json,
    device_to_json,
    drop_person,
    generate_passphrase,
    has_slot,
    new_device,
    new_identity,
    new_key,
    new_recovery,
    open_device,
    open_with_recovery,
    remove_slot,
    seal,
    seal_to,
    stretch,
    without_slots,
)

RECOVERY = new_recovery()
ROOT = new_identity(uuid4())
STORE_KEY, OFFICE_SECRET = new_key(), new_key()
FIRST = "river stone winter lamp garden road"
SECOND = "강물 돌담 겨울 등불 정원 도로"


def opened_for(person_id: UUID | None = None) -> Opened:
    identity = ROOT if person_id is None else new_identity(person_id)
    return Opened(identity, STORE_KEY, OFFICE_SECRET, ROOT.sign_public, RECOVERY.public)


def a_device() -> Device:
    return new_device(opened_for(), FIRST, CHEAP)


def passphrases(count: int) -> list[str]:
    return [generate_passphrase("en", 6) for _ in range(count)]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record each time the slow function runs."""
    runs: list[str] = []
    slow = stretch

    def counting(passphrase: str, salt: bytes, cost: Cost) -> bytes:
        runs.append(passphrase)
        return slow(passphrase, salt, cost)

    monkeypatch.setattr(device, "stretch", counting)
    return runs


def test_the_passphrase_opens_what_was_put_in() -> None:
    assert open_device(a_device(), FIRST) == opened_for()
    assert new_device.__defaults__ == (STRONG,)


def test_korean_typed_in_either_form_opens() -> None:
    made = new_device(opened_for(), SECOND, CHEAP)
    for form in ("NFC", "NFD"):
        assert open_device(made, unicodedata.normalize(form, SECOND)).identity == ROOT
    made = new_device(opened_for(), unicodedata.normalize("NFD", SECOND), CHEAP)
    assert open_device(made, SECOND).identity == ROOT


def test_a_wrong_passphrase_costs_one_run_and_tells_nothing(counted: list[str]) -> None:
    made = a_device()
    for wrong in ("river stone winter lamp garden", SECOND, "", "x"):
        counted.clear()
        with pytest.raises(WrongSecretError) as refused:
            open_device(made, wrong)
        assert counted == [wrong]
        assert wrong not in str(refused.value) or not wrong or wrong == "x"
        assert refused.value.__cause__ is None


def test_a_right_passphrase_costs_one_run_however_many_people(counted: list[str]) -> None:
    made, words = a_device(), passphrases(12)
    for passphrase in words:
        made = add_slot(made, opened_for(uuid4()), passphrase)
    counted.clear()
    open_device(made, words[11])
    assert len(counted) == 1


def test_sixteen_people_fill_a_device_and_each_opens_their_own() -> None:
    made, people = a_device(), {FIRST: opened_for()}
    for passphrase in passphrases(15):
        people[passphrase] = opened_for(uuid4())
        made = add_slot(made, people[passphrase], passphrase)
    for passphrase, opened in people.items():
        assert open_device(made, passphrase) == opened
    with pytest.raises(BadInputError, match="16 places"):
        add_slot(made, opened_for(uuid4()), passphrases(1)[0])
    someone = people[FIRST].identity.person_id
    freed = drop_person(made, STORE_KEY, someone)
    again = add_slot(freed, opened_for(uuid4()), FIRST)
    assert open_device(again, FIRST).identity.person_id != someone


def test_how_many_people_use_a_device_is_not_told() -> None:
    one, many = a_device(), a_device()
    for passphrase in passphrases(11):
        many = add_slot(many, opened_for(uuid4()), passphrase)
    for made in (one, many, without_slots(many)):
        assert len(made.slots) == 16
        assert len({len(slot) for slot in made.slots}) == 1
        assert len(set(made.slots)) == 16
        text = device_to_json(made)
        assert len(text) == len(device_to_json(one))
        # The first byte of what is sealed is a version; an unused slot must not stand out by it.
        assert {slot[16] for slot in made.slots} == {1}


def test_no_name_id_or_key_stands_in_the_file() -> None:
    text, made = device_to_json(a_device()), a_device()
    for secret in (ROOT.box_secret, ROOT.sign_secret, STORE_KEY, OFFICE_SECRET, ROOT.person_id.bytes, ROOT.sign_public):
        assert secret.hex() not in text
        assert all(secret not in slot for slot in (*made.slots, made.recovery_slot))
    assert str(ROOT.person_id) not in text


def test_opened_shows_no_secret() -> None:
    shown = repr(opened_for())
    for secret in (ROOT.box_secret, ROOT.sign_secret, STORE_KEY, OFFICE_SECRET):
        assert repr(secret) not in shown


def test_a_passphrase_in_use_is_refused() -> None:
    made = a_device()
    for same in (FIRST, "  " + FIRST.upper()):
        with pytest.raises(BadInputError, match="in use"):
            add_slot(made, opened_for(uuid4()), same)


@pytest.mark.parametrize("weak", ["", "river stone winter lamp garden", "river " * 8, "Tr0ub4dor&3"])
def test_a_weak_passphrase_is_refused_everywhere_and_not_repeated(weak: str) -> None:
    made = a_device()
    uses: list[Callable[[], Device]] = [
        lambda: new_device(opened_for(), weak, CHEAP),
        lambda: add_slot(made, opened_for(uuid4()), weak),
        lambda: change_passphrase(made, FIRST, weak),
    ]
    for use in uses:
        with pytest.raises(BadInputError) as refused:
            use()
        assert not weak or weak not in str(refused.value)


def test_a_slot_is_taken_off_by_its_passphrase() -> None:
    made = remove_slot(add_slot(a_device(), opened_for(uuid4()), SECOND), FIRST)
    with pytest.raises(WrongSecretError):
        open_device(made, FIRST)
    open_device(made, SECOND)
    with pytest.raises(WrongSecretError):
        remove_slot(made, FIRST)


def test_a_person_is_dropped_without_their_passphrase() -> None:
    person_id = uuid4()
    made = add_slot(a_device(), opened_for(person_id), SECOND)
    another = generate_passphrase("en")
    made = add_slot(made, opened_for(person_id), another)
    assert has_slot(made, STORE_KEY, person_id)
    dropped = drop_person(made, STORE_KEY, person_id)
    for passphrase in (SECOND, another):
        with pytest.raises(WrongSecretError):
            open_device(dropped, passphrase)
    assert open_device(dropped, FIRST).identity == ROOT
    assert not has_slot(dropped, STORE_KEY, person_id)
    assert drop_person(dropped, STORE_KEY, person_id) == dropped
    assert drop_person(made, new_key(), person_id) == made  # another store's key knows nobody here


def test_a_passphrase_is_changed() -> None:
    made = change_passphrase(
        add_slot(a_device(), opened_for(uuid4()), SECOND), FIRST, "lake pebble summer candle meadow path"
    )
    assert open_device(made, "lake pebble summer candle meadow path") == opened_for()
    open_device(made, SECOND)
    with pytest.raises(WrongSecretError):
        open_device(made, FIRST)
    with pytest.raises(WrongSecretError):
        change_passphrase(made, FIRST, "some other six words that differ")
    for taken in (SECOND, "lake pebble summer candle meadow path"):
        with pytest.raises(BadInputError, match="in use"):
            change_passphrase(made, "lake pebble summer candle meadow path", taken)


def test_recovery_opens_the_store_with_slots_or_without() -> None:
    for made in (a_device(), without_slots(a_device())):
        assert open_with_recovery(made, RECOVERY) == (STORE_KEY, OFFICE_SECRET)
        with pytest.raises(WrongSecretError):
            open_with_recovery(made, new_recovery())


def test_a_device_without_slots_opens_for_nobody_until_somebody_is_added() -> None:
    empty = without_slots(a_device())
    with pytest.raises(WrongSecretError):
        open_device(empty, FIRST)
    again = add_slot(empty, opened_for(), SECOND)
    assert open_device(again, SECOND) == opened_for()
    for passphrase in passphrases(15):
        again = add_slot(again, opened_for(uuid4()), passphrase)
    with pytest.raises(BadInputError, match="16 places"):
        add_slot(again, opened_for(uuid4()), FIRST)


def test_a_slot_or_recovery_part_of_another_device_does_not_fit() -> None:
    one, two = a_device(), a_device()
    swapped = replace(two, slots=one.slots)
    with pytest.raises(WrongSecretError):
        open_device(swapped, FIRST)
    with pytest.raises(TamperedError):
        open_with_recovery(replace(two, recovery_slot=one.recovery_slot), RECOVERY)


def test_a_changed_recovery_part_is_noticed_with_the_shares() -> None:
    made = a_device()
    for byte in range(len(made.recovery_slot)):
        changed = bytearray(made.recovery_slot)
        changed[byte] ^= 1
        with pytest.raises(TamperedError):
            open_with_recovery(replace(made, recovery_slot=bytes(changed)), RECOVERY)
    forged = seal_to(RECOVERY.public.box_public, made.device_id.bytes + new_key() + new_key())
    with pytest.raises(TamperedError):  # anybody can seal to a public key: the seal over the file says it is not ours
        open_with_recovery(replace(made, recovery_slot=forged), RECOVERY)
    for length in (0, 16, 63, 65):
        short = seal_to(RECOVERY.public.box_public, made.device_id.bytes + bytes(length))
        with pytest.raises(TamperedError):
            open_with_recovery(replace(made, recovery_slot=short), RECOVERY)


def test_a_slot_of_another_layout_is_refused() -> None:
    made = a_device()
    foreign = seal(
        stretch(FIRST, made.salt, made.cost), b"something else", Binding("device", made.device_id, "slot", 1)
    )
    slots = (bytes(16) + foreign + bytes(16), *made.slots[1:])
    with pytest.raises(VaultError):
        open_device(replace(made, slots=slots), FIRST)


@pytest.mark.parametrize("part", ["recovery_slot", "recovery_public", "seal", "slots_seal", "slots"])
def test_a_changed_part_is_noticed_by_whoever_opens(part: str) -> None:
    made, other = a_device(), new_device(replace(opened_for(), recovery=new_recovery().public), FIRST, CHEAP)
    own = next(at for at, slot in enumerate(made.slots) if device._used(made, slot, STORE_KEY))
    value = getattr(other, part)
    if part == "slots":
        value = (*(slot if at == own else new_key() * (len(slot) // 32 + 1) for at, slot in enumerate(made.slots)),)
        value = tuple(slot[: len(made.slots[0])] for slot in value)
    with pytest.raises(TamperedError):
        open_device(replace(made, **{part: value}), FIRST)


def test_nothing_is_added_to_a_changed_file() -> None:
    made = replace(a_device(), recovery_public=new_recovery().public)
    with pytest.raises(TamperedError):
        add_slot(made, opened_for(), SECOND)
    with pytest.raises(TamperedError):
        change_passphrase(made, FIRST, SECOND)
    with pytest.raises(TamperedError):
        add_slot(a_device(), replace(opened_for(), store_key=new_key()), SECOND)


def test_every_bit_of_the_file_counts() -> None:
    text = device_to_json(a_device()).encode()
    for bit in random.Random(5).sample(range(len(text) * 8), 300):
        changed = bytearray(text)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(VaultError):
            open_device(device_from_json(changed.decode("utf-8", "replace")), FIRST)


def test_the_file_reads_as_it_was_written() -> None:
    made = a_device()
    text = device_to_json(made)
    assert device_from_json(text) == made
    assert text.endswith("\n")
    assert len(text) < 12_000


def test_a_file_without_slots_reads_as_it_was_written() -> None:
    empty = without_slots(a_device())
    assert device_from_json(device_to_json(empty)) == empty


def test_a_file_written_today_opens_tomorrow() -> None:
    """Made by version 1 of the format; its secrets are told here."""
    made = device_from_json(Path(__file__).with_name("device_format_1.json").read_text("utf-8"))
    opened = open_device(made, FIRST)
    identity, recovery = opened.identity, RecoverySecret(bytes(range(32)))
    assert (identity.person_id, identity.box_secret) == (UUID(int=77), bytes(range(32)))
    assert identity.sign_secret == bytes(range(1, 33))
    assert (opened.store_key, opened.office_secret) == (bytes(range(2, 34)), bytes(range(3, 35)))
    assert (opened.root_public, opened.recovery) == (identity.sign_public, recovery.public)
    assert open_with_recovery(made, recovery) == (opened.store_key, opened.office_secret)
    assert has_slot(made, opened.store_key, UUID(int=77))
    assert open_device(add_slot(made, opened, SECOND), SECOND) == opened


def edited(**changes: object) -> str:
    content = json.loads(device_to_json(a_device()))
    content.update(changes)
    return json.dumps(content, indent=1) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        "0",
        '"text"',
        "{" * 50_000,
        "[" * 50_000,
        "x" * 70_000,
        edited(format="waystation device 2"),
        edited(memory_kib=2**40),
        edited(memory_kib=64.0),
        edited(memory_kib=True),
        edited(memory_kib="64"),
        edited(passes=0),
        edited(passes=10**9),
        edited(slots=[]),
        edited(slots=None),
        edited(slots=["", *[""] * 15]),
        edited(slots={str(at): "" for at in range(16)}),
        edited(salt="AAAA"),
        edited(salt="!"),
        edited(salt=None),
        edited(device_id="5"),
        edited(device_id=None),
        edited(seal=""),
        edited(recovery_age_recipient="age1"),
        edited(recovery_age_recipient=7),
        edited(recovery_box_public="한"),
        edited(more="field"),
        device_to_json(a_device()).replace("\n", "\r\n"),
        device_to_json(a_device()) + " ",
        device_to_json(a_device()).replace('"passes": 1', '"passes": 1, "passes": 1'),
        device_to_json(a_device()).replace('"passes": 1', '"passes": ' + "9" * 5000),
    ],
    ids=range(34),
)
def test_a_file_that_is_not_exactly_one_is_refused(text: str) -> None:
    with pytest.raises(TamperedError):
        device_from_json(text)


FIELDS = st.sampled_from(["slots", "salt", "passes", "memory_kib", "device_id"])
JSON = st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.dictionaries(FIELDS, inner))


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=200) | JSON.map(json.dumps))
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(TamperedError):
        device_from_json(text)
