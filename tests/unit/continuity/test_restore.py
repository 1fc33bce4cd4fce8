import io
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.continuity.conftest import WORDS, Home, names_in
from waystation.accounts.queries import keyring_of
from waystation.audit.models import Entry
from waystation.cases.models import Case
from waystation.continuity.archive import in_memory
from waystation.continuity.backup import Made, make_backup
from waystation.continuity.digests import tables_of
from waystation.continuity.drill import drill
from waystation.continuity.errors import NotEmptyError, NotWholeError
from waystation.continuity.here import Here
from waystation.continuity.manifest import Manifest
from waystation.continuity.restore import Restored, restore
from waystation.continuity.sealed_tar import contents_of, write_sealed
from waystation.continuity.second_store import standing_in
from waystation.continuity.shelf import newest_keyring, shelved
from waystation.store.files import keep_file, read_file
from waystation.store.keyring import KEYRING_TABLES
from waystation.store.models import Record, SealedFile
from waystation.store.sqlcipher.connect import open_store
from waystation.store.sqlcipher.key import held_key
from waystation.store.tiers import Tier
from waystation.vault import (
    NoKeyError,
    OfficeKeys,
    WrongSecretError,
    device_from_json,
    new_identity,
    open_device,
    recover,
)

ALL = object()


def back_up(home: Home) -> Made:
    return make_backup(here=home.here(), at=home.later())


def put_back(
    home: Home, made: Made, secret: object = None, keyring: object = ALL, **options: object
) -> tuple[Restored, Path]:
    data = home.data.parent / "restored"
    restored = restore(
        backup=made.shelved.store,
        keyring=made.shelved.keyring if keyring is ALL else keyring,  # type: ignore[arg-type] # a path or None
        data=data,
        secret=secret or home.office.opened["director"].office_secret,  # type: ignore[arg-type] # either kind
        **options,  # type: ignore[arg-type] # named below
    )
    return restored, data


@given(st.lists(st.text("abc한นé ", min_size=1, max_size=30), min_size=1, max_size=3))
@settings(deadline=None, max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_restored_equals_what_was_there(
    home: Home, tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    cases = {home.case(name=name).pk: name for name in names}
    expected = tables_of(home.data / "store.db", held_key())
    made = back_up(home)
    data = tmp_path_factory.mktemp("new") / "data"
    secret = home.office.opened["director"].office_secret
    restored = restore(backup=made.shelved.store, keyring=made.shelved.keyring, data=data, secret=secret)
    assert tables_of(data / "store.db", held_key()) == expected
    assert restored.counts == {name: table.rows for name, table in expected.items()}
    assert restored.without_keys == 0
    with standing_in(data / "store.db"):
        keyring = home.office.keyring("caseworker")
        found = {case.pk: keyring.open(case, "name")["name"] for case in Case.objects.filter(pk__in=cases)}
    assert set(found) == set(cases)
    assert all(found[pk].strip() == name.strip() for pk, name in cases.items())  # type: ignore[attr-defined] # texts


def test_files_come_back(home: Home) -> None:
    case = home.case()
    content = b"a long letter " * 20_000
    keep_file(
        home.office.keyring("caseworker"), case.record, Tier.WELFARE, io.BytesIO(content), "letter.txt", at=home.later()
    )
    restored, data = put_back(home, back_up(home))
    assert (restored.files, restored.missing_files) == (1, 0)
    assert names_in(data / "files") == names_in(home.data / "files")
    with standing_in(data / "store.db"):
        file = SealedFile.objects.get()
        assert b"".join(read_file(home.office.keyring("caseworker"), file)) == content


def test_a_file_that_was_lost_before_is_said_to_be_missing(home: Home) -> None:
    case = home.case()
    keep_file(home.office.keyring("caseworker"), case.record, Tier.WELFARE, io.BytesIO(b"1"), "a", at=home.later())
    next((home.data / "files").iterdir()).unlink()
    made = back_up(home)
    assert len(made.missing) == 1
    restored, _ = put_back(home, made)
    assert (restored.files, restored.missing_files) == (0, 1)


def test_three_shares_are_enough(home: Home, shares: tuple[str, ...]) -> None:
    home.case()
    restored, data = put_back(home, back_up(home), secret=recover(shares[2:5]))
    assert restored.without_keys == 0
    assert "device.json" in names_in(data)


def test_everybodys_passphrase_opens_the_restored_device(home: Home) -> None:
    _, data = put_back(home, back_up(home))
    device = device_from_json((data / "device.json").read_text())
    for key, words in WORDS.items():
        assert open_device(device, words).identity == home.office.opened[key].identity


def test_for_one_person_alone_it_is_a_new_device(home: Home) -> None:
    _, data = put_back(home, back_up(home), only_for=WORDS["case_lead"])
    device = device_from_json((data / "device.json").read_text())
    old = device_from_json((home.data / "device.json").read_text())
    assert device.device_id != old.device_id
    opened = open_device(device, WORDS["case_lead"])
    with pytest.raises(WrongSecretError):
        open_device(device, WORDS["director"])
    with standing_in(data / "store.db"):
        assert keyring_of(opened).person_id == home.office.id("case_lead")


def test_without_a_keyring_nothing_can_be_opened(home: Home) -> None:
    case = home.case()
    restored, data = put_back(home, back_up(home), keyring=None)
    assert restored.keyring_made_at is None
    assert restored.without_keys == restored.counts["store_record"] > 1
    with standing_in(data / "store.db"), pytest.raises(NoKeyError):
        home.office.keyring("caseworker").open(Case.objects.select_related("record").get(pk=case.pk), "name")


def test_the_stores_part_holds_no_grants(home: Home) -> None:
    home.case()
    _, data = put_back(home, back_up(home), keyring=None)
    with closing(open_store(data / "store.db", held_key())) as opened:
        assert all(opened.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (0,) for name in KEYRING_TABLES)


def test_a_shredded_record_stays_dead(home: Home) -> None:
    doomed, kept = home.case(name="Doomed"), home.case(name="Kept")
    old = back_up(home)
    home.office.keyring("director").shred(Record.objects.get(pk=doomed.record_id), at=home.later())
    back_up(home)
    restored, data = put_back(home, old, keyring=newest_keyring(home.data / "backups"))
    assert restored.without_keys == 1
    with standing_in(data / "store.db"):
        keyring = home.office.keyring("caseworker")
        assert keyring.open(Case.objects.select_related("record").get(pk=kept.pk), "name") == {"name": "Kept"}
        dead = Case.objects.select_related("record").get(pk=doomed.pk)
        assert dead.name is not None
        with pytest.raises(NoKeyError):
            keyring.open(dead, "name")


def test_a_folder_that_is_not_empty_is_left_alone(home: Home) -> None:
    made = back_up(home)
    data = home.data.parent / "restored"
    data.mkdir()
    (data / "mine").write_text("here")
    with pytest.raises(NotEmptyError):
        put_back(home, made)
    assert names_in(data) == ["mine"]
    (data / "mine").unlink()
    put_back(home, made)
    assert "store.db" in names_in(data)


def test_another_secret_opens_nothing(home: Home) -> None:
    made = back_up(home)
    before = names_in(home.data.parent)
    with pytest.raises(WrongSecretError):
        put_back(home, made, secret=b"x" * 32)
    assert names_in(home.data.parent) == before


def test_a_keyring_in_the_stores_place_is_refused(home: Home) -> None:
    made = back_up(home)
    assert made.shelved.keyring is not None
    with pytest.raises(NotWholeError) as caught:
        restore(
            backup=made.shelved.keyring,
            keyring=None,
            data=home.data.parent / "restored",
            secret=home.office.opened["director"].office_secret,
        )
    assert caught.value.fault in {"wrong_kind", "changed"}
    with pytest.raises(NotWholeError):
        put_back(home, made, keyring=made.shelved.store)
    assert names_in(home.data.parent) == ["data"]


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 7), st.booleans())
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_flipped_bit_is_noticed_and_nothing_is_made(home: Home, where: float, bit: int, in_keyring: bool) -> None:
    made = back_up(home)
    path = made.shelved.keyring if in_keyring else made.shelved.store
    assert path is not None
    whole = bytearray(path.read_bytes())
    whole[int(where * len(whole))] ^= 1 << bit
    path.write_bytes(whole)
    with pytest.raises((NotWholeError, WrongSecretError)):
        put_back(home, made)
    assert names_in(home.data.parent) == ["data"]


def test_a_log_that_was_rewritten_before_the_backup_is_noticed(home: Home) -> None:
    home.case()
    entry = Entry.objects.order_by("seq")[2]
    Entry.objects.filter(pk=entry.pk).update(payload=bytes(entry.payload)[:-1] + b"x")
    made = back_up(home)
    with pytest.raises(NotWholeError) as caught:
        put_back(home, made)
    assert caught.value.fault == "chain"
    assert names_in(home.data.parent) == ["data"]


def test_the_restored_store_is_worked_with_at_once(home: Home) -> None:
    home.case()
    _, data = put_back(home, back_up(home))
    with standing_in(data / "store.db"):
        home.case(name="After")
        assert Case.objects.count() == 2


def test_the_restored_log_says_who_restored_it(home: Home) -> None:
    made, director = back_up(home), home.office.opened["director"]
    _, data = put_back(home, made, by=director, at=home.later())
    with standing_in(data / "store.db"):
        entry = Entry.objects.order_by("-seq")[0]
        assert (entry.kind, entry.signer) == ("backup.restored", home.office.id("director"))
        assert make_backup(here=Here(data, director, keyring_of(director)), at=home.later()).sequence == 1
        assert drill(here=Here(data, director, keyring_of(director)), at=home.later()).ok


def test_where_shares_restored_it_the_recovery_key_signs(home: Home, shares: tuple[str, ...]) -> None:
    _, data = put_back(home, back_up(home), secret=recover(shares[:3]), at=home.later())
    with standing_in(data / "store.db"):
        director = home.office.opened["director"]
        assert Entry.objects.order_by("-seq")[0].kind == "backup.restored"
        make_backup(here=Here(data, director, keyring_of(director)), at=home.later())
        assert drill(here=Here(data, director, keyring_of(director)), at=home.later()).findings == ()


def test_whoever_has_left_since_signs_nothing(home: Home) -> None:
    made = back_up(home)
    stranger = replace(home.office.opened["director"], identity=new_identity(home.office.id("director")))
    _, data = put_back(home, made, by=stranger, at=home.later())
    with standing_in(data / "store.db"):
        assert Entry.objects.order_by("-seq")[0].kind != "backup.restored"


@given(st.binary(max_size=600), st.sampled_from(["backup", "keyring"]))
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_in_its_place_is_one_clear_fault(home: Home, content: bytes, which: str) -> None:
    found = shelved(home.data / "backups")
    made = found[0] if found else back_up(home).shelved
    path = home.data.parent / "any"
    path.write_bytes(content)
    target, secret = home.data.parent / "restored", home.office.opened["director"].office_secret
    places: dict[str, Any] = {"backup": made.store, "keyring": made.keyring} | {which: path}
    with pytest.raises((NotWholeError, WrongSecretError)):
        restore(data=target, secret=secret, **places)
    assert names_in(home.data.parent) == ["any", "data"]


MEMBERS = st.dictionaries(
    st.sampled_from(["device.json", "store.key", "store.db", "files/x", "keyring.db"]), st.binary(max_size=80)
)


@given(MEMBERS)
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_content_under_the_offices_own_signature_is_one_clear_fault(home: Home, content: dict[str, bytes]) -> None:
    office, path = OfficeKeys(home.office.opened["director"].office_secret), home.data.parent / "forged.age"
    members = [in_memory(name, data) for name, data in content.items()]
    manifest = Manifest("waystation store", "ab", 1, home.later(), {}, (), {}, contents_of(members), {})
    write_sealed(path, manifest, members, office=office, recipients=[office.age_recipient])
    target = home.data.parent / "restored"
    with pytest.raises(NotWholeError):
        restore(backup=path, keyring=None, data=target, secret=office.secret)
    assert not target.exists()
