"""A bundle from an office that two people confirmed, and that lies: taken in whole or refused, never half, never a crash."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.damage import DAMAGE, PLANTED, damage, plaintext, read_or_refused
from tests.unit.continuity.conftest import Home, empty_store, home
from waystation.accounts.models import Person, Team
from waystation.audit.models import LogBox
from waystation.cases.models import Case
from waystation.continuity.archive import TarSource, in_memory
from waystation.continuity.backup import make_backup
from waystation.continuity.bundle_format import FORM, RECORDS, CarriedRecord, CarriedRow, binding
from waystation.continuity.bundle_in import Received, bundle_in
from waystation.continuity.manifest import MANIFEST, SIGNATURE, Manifest, sign_manifest
from waystation.continuity.models import Office
from waystation.continuity.office_card import card_of, card_to_text
from waystation.continuity.offices import add_office, confirm_office
from waystation.continuity.plain_fields import to_json
from waystation.continuity.restore import restore
from waystation.continuity.sealed_tar import contents_of
from waystation.store.models import Grant, Record, SealedModel, TierKey
from waystation.store.tiers import Tier
from waystation.vault import OfficeKeys, new_key, seal, seal_parcel, seal_to

__all__ = ["empty_store", "home"]  # fixtures of another folder

Steps = list[tuple[str, float, int, bytes]]

PARTNER = OfficeKeys(bytes(range(1, 33)))
NOW = datetime(2031, 4, 1, tzinfo=UTC)
seldom = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
PLAIN = {"code": "quiet river", "version": 1, "updated_at": NOW.isoformat(), "closed_at": None}


@pytest.fixture
def partner(home: Home) -> Office:
    """The lying office, added and confirmed."""
    office = add_office(here=home.here(), name="Other Shore", card_text=card_to_text(PARTNER), at=home.later())
    digits = "".join(card_of(PARTNER).fingerprint[-2:])
    return confirm_office(here=home.here("case_lead"), office_id=office.pk, typed=digits, at=home.later())


Plain = dict[str, Any]


def a_record(home: Home, model: type[SealedModel] = Case, plain: Plain = PLAIN, **values: object) -> Plain:
    """Return a record as an honest office of ours would write it, as JSON."""
    keys = {tier: new_key() for tier in Tier}
    fields, bare = model.sealed_fields(), CarriedRow(model, uuid4(), plain, {})
    sealed = {}
    for name, value in values.items():
        field = fields[name]
        sealed[name] = seal(keys[field.tier], field.encode(value), binding(bare, field))
    box = home.here().office.box_public
    row = replace(bare, sealed=sealed)
    record = CarriedRecord(uuid4(), {tier: seal_to(box, key) for tier, key in keys.items()}, (row,))
    return dict(json.loads(record.to_bytes()))


def write_bundle(home: Home, path: Path, content: bytes, record_id: str, **more: Any) -> None:
    """Write a bundle as the partner does, signed and made out to this office, whatever stands in ``content``."""
    members = [in_memory(f"{RECORDS}{UUID(record_id).hex}", content)]
    fields: dict[str, Any] = {
        "from": PARTNER.sign_public.hex(),
        "to": home.here().office.sign_public.hex(),
        "records": [record_id],
    }
    sequence = Office.objects.get().next_in
    manifest = Manifest(FORM, "ab" * 32, sequence, NOW, {}, (), {}, contents_of(members), fields | more).to_bytes()
    whole = [in_memory(MANIFEST, manifest), in_memory(SIGNATURE, sign_manifest(manifest, PARTNER)), *members]
    target = BytesIO()
    seal_parcel(BytesIO(TarSource(whole).read()), target, [home.here().office.age_recipient])
    path.write_bytes(target.getvalue())


def taken_in(home: Home, path: Path) -> Received | None:
    """Take it in, or return None if it was refused by an error of the tree; a refusal changes no record."""
    before = counted()
    found = read_or_refused(lambda: bundle_in(here=home.here("case_lead"), source=path, at=home.later()))
    assert found is not None or counted() == before
    return found


def counted() -> tuple[int, ...]:
    return tuple(model._base_manager.count() for model in (Record, TierKey, Grant, Case, Person, Team, LogBox, Office))


@pytest.mark.usefixtures("partner")
def test_an_honest_bundle_is_taken_in(home: Home, tmp_path: Path) -> None:
    record = a_record(home, name=plaintext(), note="needs a doctor", whereabouts="north")
    write_bundle(home, tmp_path / "b.age", json.dumps(record).encode(), record["id"])
    assert taken_in(home, tmp_path / "b.age") is not None
    assert Case.objects.get().code == "quiet river"


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from([*PLANTED, "", "00", str(uuid4())]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["identity", "name", "code"]), inner, max_size=3)
    ),
    max_leaves=6,
)
PLACES = st.sampled_from(
    """id keys rows files rows.0 rows.0.id rows.0.model rows.0.plain rows.0.plain.code rows.0.plain.version
    rows.0.plain.updated_at rows.0.plain.closed_at rows.0.sealed rows.0.sealed.name keys.identity
    keys.movement""".split()  # noqa: SIM905 - a list of them fills a page
)


def put(record: Plain, place: str, value: object) -> None:
    """Put a value in a place of the record, if that place is still there."""
    *way, last = (int(step) if step.isdigit() else step for step in place.split("."))
    inside: Any = record
    with suppress(KeyError, IndexError, TypeError):
        for step in way:
            inside = inside[step]
        inside[last] = value


@pytest.mark.usefixtures("partner")
@seldom
@given(st.lists(st.tuples(PLACES, VALUES), min_size=1, max_size=3))
def test_records_with_fields_of_any_kind(home: Home, changes: list[tuple[str, Any]]) -> None:
    path = home.data / "b.age"
    record = a_record(home, name=plaintext(), note=plaintext())
    record_id = record["id"]
    for place, value in changes:
        put(record, place, value)
    write_bundle(home, path, json.dumps(record).encode(), record_id)
    taken_in(home, path)


@pytest.mark.usefixtures("partner")
@seldom
@given(DAMAGE, st.binary(max_size=200), st.booleans())
def test_records_of_any_bytes(home: Home, steps: Steps, other: bytes, whole: bool) -> None:
    path = home.data / "b.age"
    record = a_record(home, name=plaintext())
    content = other if whole else damage(json.dumps(record).encode(), steps)
    write_bundle(home, path, content, record["id"])
    taken_in(home, path)


@pytest.mark.usefixtures("partner")
@seldom
@given(st.dictionaries(st.sampled_from(["from", "to", "records", "more"]), VALUES, max_size=3))
def test_lists_with_fields_of_any_kind(home: Home, more: Plain) -> None:
    path = home.data / "b.age"
    record = a_record(home, name=plaintext())
    write_bundle(home, path, json.dumps(record).encode(), record["id"], **more)
    taken_in(home, path)


@pytest.mark.usefixtures("partner")
def test_a_record_that_is_here_already_is_not_written_over(home: Home, tmp_path: Path) -> None:
    case = home.case(name=PLANTED[0])
    record = a_record(home, name="another")
    record["id"] = str(case.record_id)
    write_bundle(home, tmp_path / "b.age", json.dumps(record).encode(), record["id"])
    assert taken_in(home, tmp_path / "b.age") is None
    record = a_record(home, name="another")
    record["rows"][0]["id"] = str(case.pk)
    write_bundle(home, tmp_path / "b.age", json.dumps(record).encode(), record["id"])
    assert taken_in(home, tmp_path / "b.age") is None
    assert home.office.keyring("caseworker").open(Case.objects.get(pk=case.pk), "name") == {"name": PLANTED[0]}


KINDS = ["team", "office", "person", "log box"]
FOREIGN: list[Callable[[Home], dict[str, Any]]] = [
    lambda home: a_record(home, Team, {**to_json(Team(made_at=NOW)), "closed_at": None}, name="A team of theirs"),
    lambda home: a_record(
        home, Office, to_json(Office.objects.get()) | {"age_recipient": PARTNER.age_recipient}, name="Us"
    ),
    lambda home: a_record(home, Person, to_json(home.office.person("director")), name="Somebody of theirs"),
    lambda home: a_record(home, LogBox, to_json(LogBox.objects.all()[0]) | {"number": 1000}, box_secret="00"),
]


@pytest.mark.usefixtures("partner")
@pytest.mark.parametrize("forge", FOREIGN, ids=KINDS)
def test_a_bundle_brings_cases_and_nothing_of_how_the_office_is_run(
    home: Home, tmp_path: Path, forge: Callable[[Home], dict[str, Any]]
) -> None:
    record = forge(home)
    write_bundle(home, tmp_path / "b.age", json.dumps(record).encode(), record["id"])
    assert taken_in(home, tmp_path / "b.age") is None


@settings(seldom, max_examples=15)
@given(DAMAGE, st.binary(max_size=300), st.sampled_from(["damage", "other bytes", "the other file"]), st.booleans())
def test_restore_reads_anything(home: Home, steps: Steps, other: bytes, how: str, keyring: bool) -> None:
    data = home.data.parent / "restored"
    home.case(name=plaintext())
    made = make_backup(here=home.here(), at=home.later()).shelved
    assert made.keyring is not None
    files = [made.store, made.keyring][:: -1 if keyring else 1]
    good = [path.read_bytes() for path in files]
    files[0].write_bytes({"damage": damage(good[0], steps), "other bytes": other, "the other file": good[1]}[how])
    secret = home.office.founded.opened.office_secret
    found = read_or_refused(
        lambda: restore(backup=made.store, keyring=made.keyring, data=data, secret=secret), secrets=[secret]
    )
    assert (found is not None) == data.exists()
    assert found is None or files[0].read_bytes() == good[0]
    rmtree(data, ignore_errors=True)
