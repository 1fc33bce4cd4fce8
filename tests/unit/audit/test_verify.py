import json
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.office import Office

from waystation.accounts.queries import signers
from waystation.accounts.services import end_session, remove_person
from waystation.audit.chain import entry_digest, entry_message
from waystation.audit.models import Entry, Head
from waystation.audit.services import append
from waystation.audit.verify import Checkpoint, Fault, Signer, What, checkpoint, verify
from waystation.vault import TamperedError, new_identity, sign

pytestmark = pytest.mark.django_db


def the_log() -> list[Entry]:
    return list(Entry.objects.order_by("seq"))


def known(office: Office) -> list[Signer]:
    opened = office.founded.opened
    return signers(opened.root_public, opened.recovery.sign_public)


def sealed_again(entry: Entry, office: Office, key: str) -> Entry:
    """Give a changed entry the digest and the signature that its content asks for, by somebody's own key."""
    entry.digest = entry_digest(
        seq=entry.seq,
        at=entry.at,
        kind=entry.kind,
        signer=entry.signer,
        payload=bytes(entry.payload),
        previous=bytes(entry.previous),
    )
    entry.signature = sign(office.opened[key].identity, entry_message(bytes(entry.digest)))
    return entry


def test_a_good_log_has_no_fault(office: Office) -> None:
    head = Head.objects.get()
    seen: list[int] = []
    faults = verify(the_log(), known(office), head=(head.seq, bytes(head.digest)), progress=seen.append)
    assert faults == []
    assert seen == list(range(1, head.seq + 1))


def test_an_empty_log_has_no_fault() -> None:
    assert verify([], []) == []


CHANGES: dict[str, Callable[[Entry], object]] = {
    "kind": lambda entry: "locked",
    "signer": lambda entry: uuid4(),
    "payload": lambda entry: bytes(entry.payload)[:-1] + bytes([bytes(entry.payload)[-1] ^ 1]),
    "at": lambda entry: entry.at.replace(year=2030),
}


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_entry_is_found(office: Office, column: str) -> None:
    rows = the_log()
    setattr(rows[4], column, CHANGES[column](rows[4]))
    assert Fault(5, What.CHANGED) in verify(rows, known(office))
    assert {fault.where for fault in verify(rows, known(office))} == {5}


def test_an_entry_changed_and_given_the_right_digest_is_forged_and_unlinked(office: Office) -> None:
    rows = the_log()
    rows[4].kind = "locked"
    sealed_again(rows[4], office, "finance")
    assert verify(rows, known(office)) == [Fault(5, What.FORGED), Fault(6, What.UNLINKED)]


def test_a_removed_entry_is_found(office: Office) -> None:
    rows = the_log()
    del rows[3]
    assert verify(rows, known(office)) == [Fault(5, What.MISSING)]


def test_the_first_entry_cannot_be_removed_either(office: Office) -> None:
    assert verify(the_log()[1:], known(office)) == [Fault(2, What.MISSING)]


def test_exchanged_entries_are_found(office: Office) -> None:
    rows = the_log()
    rows[3].seq, rows[4].seq = rows[4].seq, rows[3].seq
    rows[3], rows[4] = rows[4], rows[3]
    assert {Fault(4, What.CHANGED), Fault(5, What.CHANGED)} <= set(verify(rows, known(office)))


def test_an_entry_put_in_by_somebody_who_may_sign_is_found(office: Office) -> None:
    rows = the_log()
    extra = Entry(
        seq=5,
        at=rows[4].at,
        kind="unlocked",
        signer=office.id("director"),
        payload=b"",
        previous=bytes(rows[3].digest),
    )
    for row in rows[4:]:
        row.seq += 1
    faults = verify([*rows[:4], sealed_again(extra, office, "director"), *rows[4:]], known(office))
    assert Fault(6, What.CHANGED) in faults
    assert Fault(6, What.UNLINKED) in faults


def test_twice_the_same_number_is_found(office: Office) -> None:
    rows = the_log()
    assert verify([*rows[:4], rows[3], *rows[4:]], known(office)) == [Fault(4, What.UNLINKED)]


def test_a_forged_signature_is_found(office: Office) -> None:
    rows = the_log()
    rows[6].signature = sign(office.opened["finance"].identity, entry_message(bytes(rows[6].digest)))
    assert verify(rows, known(office)) == [Fault(7, What.FORGED)]


def test_a_stranger_is_named(office: Office) -> None:
    stranger = new_identity(uuid4())
    last = the_log()[-1]
    entry = Entry(
        seq=last.seq + 1,
        at=last.at,
        kind="unlocked",
        signer=stranger.person_id,
        payload=b"",
        previous=bytes(last.digest),
    )
    sealed_again(entry, office, "director")
    entry.signature = sign(stranger, entry_message(bytes(entry.digest)))
    assert verify([*the_log(), entry], known(office)) == [Fault(entry.seq, What.UNKNOWN_SIGNER)]


def test_somebody_who_was_not_admitted_yet_is_named(office: Office) -> None:
    people = [
        replace(one, since=10**6) if one.card.person_id == office.id("director") else one for one in known(office)
    ]
    faults = verify(the_log(), people)
    assert {fault.what for fault in faults} == {What.NOT_YET_ADMITTED}


def test_somebody_who_has_left_signs_nothing_more(office: Office) -> None:
    former = office.keyring("finance")
    end_session(keyring=former, at=office.later())
    remove_person(keyring=office.keyring("director"), person=office.person("finance"), at=office.later())
    assert verify(the_log(), known(office)) == []
    entry = append(keyring=former, kind="locked", at=office.later())
    assert verify(the_log(), known(office)) == [Fault(entry.seq, What.NO_LONGER_ADMITTED)]


def test_a_log_cut_off_at_its_end_is_found_by_a_checkpoint_alone(office: Office) -> None:
    point = checkpoint(office.keyring("auditor"), office.later())
    rows = the_log()[:-3]
    assert verify(rows, known(office)) == []
    assert verify(rows, known(office), [point]) == [Fault(point.seq, What.CUT_OFF)]


def test_a_log_cut_off_carelessly_is_found_by_the_end_the_store_notes(office: Office) -> None:
    head = Head.objects.get()
    faults = verify(the_log()[:-1], known(office), head=(head.seq, bytes(head.digest)))
    assert faults == [Fault(head.seq, What.CUT_OFF)]


def test_a_log_longer_than_its_noted_end_is_found(office: Office) -> None:
    row = the_log()[-2]
    assert verify(the_log(), known(office), head=(row.seq, bytes(row.digest))) == [Fault(row.seq, What.REWRITTEN)]


def test_a_log_written_anew_by_people_who_hold_keys_is_found_by_a_checkpoint(office: Office) -> None:
    append(keyring=office.keyring("finance"), kind="unlocked", at=office.later())
    point = checkpoint(office.keyring("auditor"), office.later())
    rows = the_log()
    rows[-1].kind = "locked"
    sealed_again(rows[-1], office, "finance")
    assert verify(rows, known(office)) == []
    assert verify(rows, known(office), [point]) == [Fault(point.seq, What.REWRITTEN)]


def test_a_checkpoint_nobody_known_signed_proves_nothing(office: Office) -> None:
    point = replace(checkpoint(office.keyring("auditor"), office.later()), seq=999)
    assert verify(the_log(), known(office), [point]) == [Fault(999, What.BAD_CHECKPOINT)]


def test_a_checkpoint_is_read_as_it_was_written(office: Office) -> None:
    point = checkpoint(office.keyring("auditor"), office.later())
    assert Checkpoint.from_json(point.to_json()) == point


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"waystation_checkpoint": 1}', "not json", '{"seq": 1, "at": "2031-03-01"}']
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(TamperedError):
        Checkpoint.from_json(text)


@pytest.mark.parametrize(
    "change",
    [{"seq": -1}, {"seq": 2**63}, {"at": "2031-03-01T00:00:00"}, {"digest": "zz"}, {"waystation_checkpoint": 2}],
)
def test_a_checkpoint_with_a_part_out_of_range_is_refused(office: Office, change: dict[str, object]) -> None:
    content = json.loads(checkpoint(office.keyring("auditor"), office.later()).to_json())
    with pytest.raises(TamperedError):
        Checkpoint.from_json(json.dumps(content | change))


@given(data=st.data())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_flipped_bit_is_noticed(office: Office, data: st.DataObject) -> None:
    rows = the_log()
    row = data.draw(st.sampled_from(rows))
    column = data.draw(st.sampled_from(("payload", "previous", "digest", "signature")))
    content = bytearray(getattr(row, column))
    bit = data.draw(st.integers(0, len(content) * 8 - 1))
    content[bit // 8] ^= 1 << bit % 8
    setattr(row, column, bytes(content))
    assert verify(rows, known(office))
