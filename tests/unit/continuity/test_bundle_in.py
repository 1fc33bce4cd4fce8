import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.continuity.conftest import Home, send
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.cases.models import Case
from waystation.continuity.archive import Member, in_memory
from waystation.continuity.bundle_format import FORM
from waystation.continuity.bundle_in import bundle_in
from waystation.continuity.errors import FAULTS, NotWholeError
from waystation.continuity.manifest import Manifest
from waystation.continuity.models import Office
from waystation.continuity.sealed_tar import contents_of, write_sealed
from waystation.continuity.second_store import standing_in
from waystation.store.models import Record
from waystation.vault import OfficeKeys


def refused(away: Home, path: Path, fault: str) -> None:
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"):
        records, files = Record.objects.count(), len(list((away.data / "files").iterdir()))
        with pytest.raises(NotWholeError) as caught:
            bundle_in(here=away.here("case_lead"), source=path, at=away.later())
        assert caught.value.fault == fault
        assert Record.objects.count() == records
        assert len(list((away.data / "files").iterdir())) == files
        assert not list(away.data.glob(".*"))
        assert Entry.objects.order_by("-seq")[0].kind == "bundle.refused"


def take(away: Home, path: Path, *, accept_gap: bool = False) -> None:
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"):
        bundle_in(here=away.here("case_lead"), source=path, at=away.later(), accept_gap=accept_gap)


def test_a_bundle_is_taken_once_and_in_its_turn(home: Home, away: Home) -> None:
    first, second, third = (send(home, home.case(name=f"N{number}")) for number in range(3))
    refused(away, second.path, "gap")
    take(away, first.path)
    refused(away, first.path, "replayed")
    take(away, third.path, accept_gap=True)
    refused(away, second.path, "replayed")


def test_a_record_that_is_here_is_not_written_over(home: Home, away: Home) -> None:
    case = home.case()
    first, second = send(home, case), send(home, case)
    take(away, first.path)
    refused(away, second.path, "replayed")


def test_a_bundle_for_another_office_or_from_nobody_is_refused(home: Home, away: Home) -> None:
    sent = send(home, home.case())
    with pytest.raises(NotWholeError) as caught:
        bundle_in(here=home.here("case_lead"), source=sent.path, at=home.later())
    assert caught.value.fault == "stranger"
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"):
        Office.objects.update(confirmed_by=None, confirmed_at=None)
    refused(away, sent.path, "stranger")


@pytest.mark.parametrize("place", [0.05, 0.3, 0.6, 0.99])
def test_a_changed_bundle_is_refused(home: Home, away: Home, place: float) -> None:
    path = send(home, home.case()).path
    whole = bytearray(path.read_bytes())
    whole[int(len(whole) * place)] ^= 4
    path.write_bytes(whole)
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"):
        with pytest.raises(NotWholeError):
            bundle_in(here=away.here("case_lead"), source=path, at=away.later())
        assert not Case.objects.exists()


def test_a_file_that_is_no_bundle_is_refused(away: Home, tmp_path: Path) -> None:
    for number, content in enumerate((b"", b"hello", b"age-encryption.org/v1\n" * 30_000)):
        path = tmp_path / f"{number}.age"
        path.write_bytes(content)
        refused(away, path, "changed")


def test_two_cases_of_one_code_get_two_codes(home: Home, away: Home) -> None:
    case = home.case()
    sent = send(home, case)
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"):
        there = away.case(name="Theirs")
        Case.objects.filter(pk=there.pk).update(code=case.code)
    take(away, sent.path)
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"):
        assert sorted(Case.objects.values_list("code", flat=True)) == sorted([case.code, f"{case.code[:16]}-2"])


def test_who_may_not_receive_is_refused(home: Home, away: Home) -> None:
    sent = send(home, home.case())
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"), pytest.raises(NotPermittedError):
        bundle_in(here=away.here("caseworker"), source=sent.path, at=away.later())


def forged(home: Home, away: Home, members: list[Member], **more: Any) -> Path:
    """Write a bundle of any content, signed by an office that is known and made out to the other."""
    ours, theirs = (OfficeKeys(each.office.opened["director"].office_secret) for each in (home, away))
    manifest = Manifest(
        form=more.pop("form", FORM),
        organisation="ab",
        sequence=more.pop("sequence", 1),
        made_at=datetime(2031, 1, 1, tzinfo=UTC),
        checkpoint={},
        schema=(),
        tables={},
        members=contents_of(members),
        more={"from": ours.sign_public.hex(), "to": theirs.sign_public.hex(), "records": [], **more},
    )
    path = home.data.parent / f"{uuid4().hex}.age"
    write_sealed(path, manifest, members, office=ours, recipients=[theirs.age_recipient])
    return path


def record(**change: Any) -> Member:
    record_id = uuid4()
    content = {"id": str(record_id), "keys": {}, "rows": [], "files": [], **change}
    return in_memory(f"records/{record_id.hex}", json.dumps(content).encode())


@pytest.mark.parametrize(
    ("members", "more", "fault"),
    [
        ([in_memory("elsewhere", b"")], {}, "bad_name"),
        ([in_memory("records/short", b"")], {}, "bad_name"),
        ([in_memory(f"files/{uuid4()}", b"")], {}, "bad_name"),
        ([record()], {}, "changed"),
        ([record()], {"records": [str(uuid4())]}, "changed"),
        ([in_memory(f"files/{uuid4().hex}", b"stray")], {}, "changed"),
        ([in_memory(f"records/{uuid4().hex}", b"no json")], {}, "wrong_kind"),
        ([record(rows=[{"model": "store.grant"}])], {}, "wrong_kind"),
        ([record(keys={"identity": "00"}, rows=5)], {}, "wrong_kind"),
        ([], {"form": "waystation store"}, "wrong_kind"),
        ([], {"to": "ab"}, "stranger"),
        ([], {"from": "ab"}, "stranger"),
        ([], {"sequence": 9}, "gap"),
        ([], {"sequence": 0}, "replayed"),
        ([], {"sequence": -5}, "replayed"),
        ([in_memory(f"records/{uuid4().hex}", bytes((16 << 20) + 1))], {}, "bad_name"),
    ],
)
def test_a_known_office_that_sends_rubbish_is_refused(
    home: Home, away: Home, members: list[Member], more: dict[str, Any], fault: str
) -> None:
    refused(away, forged(home, away, members, **more), fault)


def test_a_records_content_is_bounded_together(home: Home, away: Home) -> None:
    members = [in_memory(f"records/{uuid4().hex}", bytes(15 << 20)) for _ in range(5)]
    refused(away, forged(home, away, members), "too_large")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["id", "keys", "rows", "files", "more"]), JSON, max_size=4))
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_record_of_a_known_office_is_one_clear_fault(home: Home, away: Home, change: dict[str, Any]) -> None:
    member = record(**{"id": 5, **change})
    path = forged(home, away, [member], records=[str(change.get("id", ""))])
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"):
        with pytest.raises(NotWholeError) as caught:
            bundle_in(here=away.here("case_lead"), source=path, at=away.later())
        assert caught.value.fault in FAULTS
        assert not Case.objects.exists()
        assert not list(away.data.glob(".*"))


@given(st.binary(max_size=2000))
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_is_one_clear_fault(away: Home, content: bytes) -> None:
    path = away.data.parent / "any.age"
    path.write_bytes(content)
    with override_settings(DATA_DIR=away.data), standing_in(away.data / "store.db"):
        with pytest.raises(NotWholeError) as caught:
            bundle_in(here=away.here("case_lead"), source=path, at=away.later())
        assert caught.value.fault in FAULTS
