from collections.abc import Iterator
from io import BytesIO

import pytest
from tests.office import Office
from tests.unit.cases.people import entered

from waystation.accounts.errors import NotPermittedError, RecoveryNotConfirmedError, SecondPersonNeededError
from waystation.accounts.models import Organisation
from waystation.accounts.openings import open_fields, open_file, open_many, open_of_record, search
from waystation.accounts.services import give_access, mark_honey, remove_person
from waystation.audit.models import Entry
from waystation.audit.queries import read
from waystation.cases.models import Case
from waystation.kernel import BrokenPromiseError
from waystation.store.files import keep_file
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError, TamperedError

pytestmark = pytest.mark.django_db


def last(office: Office) -> Entry:
    return Entry.objects.order_by("-seq")[0]


@pytest.fixture
def case(office: Office) -> Case:
    return entered(office)


def test_the_entry_is_written_before_the_field_is_opened(
    office: Office, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    opening = Keyring.open

    def noticing(self: Keyring, row: object, *fields: str) -> dict[str, object]:
        if row is case:
            seen.append(last(office).kind)
        return opening(self, row, *fields)  # type: ignore[arg-type] # passed on

    monkeypatch.setattr(Keyring, "open", noticing)
    found = open_fields(keyring=office.keyring("caseworker"), row=case, fields=["name"], at=office.later())
    assert found == {"name": "Pak Un-ju 박은주"}
    assert seen == ["identity.opened"]


def test_if_the_entry_cannot_be_written_nothing_is_opened(
    office: Office, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_: object) -> None:
        raise TamperedError("no")

    monkeypatch.setattr("waystation.accounts.openings.append", fails)
    monkeypatch.setattr(Keyring, "open_many", lambda *_: pytest.fail("opened"))
    with pytest.raises(TamperedError):
        open_fields(keyring=office.keyring("safeguarding"), row=case, fields=["note"], at=office.later())


def test_the_entry_says_what_was_opened_and_not_what_it_held(office: Office, case: Case) -> None:
    open_fields(keyring=office.keyring("caseworker"), row=case, fields=["note", "urgency"], at=office.later())
    entry = last(office)
    (line,) = read(office.keyring("auditor"), [entry])
    assert (entry.kind, entry.signer) == ("record.opened", office.id("caseworker"))
    assert line.payload is not None
    assert line.payload.record_id == case.record_id
    assert line.payload.details == {"fields": ["note", "urgency"], "tiers": ["welfare"]}


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("director", "name"),
        ("safeguarding", "whereabouts"),
        ("case_lead", "testimony"),
        ("finance", "note"),
        ("auditor", "name"),
        ("field_officer", "whereabouts"),
    ],
)
def test_what_the_role_does_not_open_is_not_opened(office: Office, case: Case, key: str, field: str) -> None:
    before = Entry.objects.count()
    with pytest.raises((NotPermittedError, NoKeyError)):
        open_fields(keyring=office.keyring(key), row=case, fields=[field], at=office.later())
    assert Entry.objects.count() == before


def test_a_key_alone_does_not_open_what_the_role_does_not(office: Office, case: Case) -> None:
    office.keyring("caseworker").give(case.record, Tier.IDENTITY, office.person("finance").card)
    with pytest.raises(NotPermittedError):
        open_fields(keyring=office.keyring("finance"), row=case, fields=["name"], at=office.later())


def test_a_role_alone_does_not_open_what_one_has_no_key_of(office: Office, case: Case) -> None:
    lead = office.keyring("case_lead")
    lead.take(case.record, Tier.WELFARE, office.id("director"), at=office.later())
    with pytest.raises(NoKeyError):
        open_fields(keyring=office.keyring("director"), row=case, fields=["note"], at=office.later())


def test_who_was_removed_opens_nothing_at_once(office: Office, case: Case) -> None:
    worker = office.keyring("caseworker")
    remove_person(keyring=office.keyring("director"), person=office.person("caseworker"), at=office.later())
    with pytest.raises(NotPermittedError):
        open_fields(keyring=worker, row=case, fields=["name"], at=office.later())


def test_names_of_colleagues_are_everybodys(office: Office) -> None:
    found = open_fields(
        keyring=office.keyring("finance"), row=office.person("director"), fields=["name"], at=office.later()
    )
    assert found == {"name": "Ingrid Testdottir"}


def test_opening_many_leaves_out_what_one_may_not_open(office: Office) -> None:
    mine, other = entered(office, "caseworker"), entered(office, "case_lead")
    found = open_many(keyring=office.keyring("caseworker"), rows=[mine, other], fields=["name"], at=office.later())
    assert set(found) == {mine.pk}


def test_the_limit_stops_a_list_and_returns_nothing(office: Office) -> None:
    Organisation.objects.update(openings_per_hour=2)
    cases = [entered(office) for _ in range(3)]
    with pytest.raises(SecondPersonNeededError):
        open_many(keyring=office.keyring("caseworker"), rows=cases, fields=["name"], at=office.later())
    assert Entry.objects.filter(kind="identity.opened").count() == 2
    assert last(office).kind == "limit.reached"


def test_a_decoy_opens_as_any_other_and_is_noticed(office: Office, case: Case) -> None:
    mark_honey(keyring=office.keyring("safeguarding"), record=case.record, at=office.later())
    found = open_fields(keyring=office.keyring("caseworker"), row=case, fields=["name"], at=office.later())
    assert found["name"]
    assert last(office).kind == "honey.touched"
    open_fields(keyring=office.keyring("caseworker"), row=case, fields=["note"], at=office.later())
    assert last(office).kind == "honey.glanced"


def test_a_file_is_opened_after_its_entry(office: Office, case: Case) -> None:
    keeper = office.keyring("safeguarding")
    file = keep_file(keeper, case.record, Tier.EVIDENCE, BytesIO(b"film" * 40_000), "film.mp4", at=office.later())
    chunks: Iterator[bytes] = open_file(keyring=keeper, file=file, at=office.later())
    assert last(office).kind == "file.opened"
    assert b"".join(chunks) == b"film" * 40_000
    with pytest.raises(NotPermittedError):
        open_file(keyring=office.keyring("caseworker"), file=file, at=office.later())


def test_a_search_tells_ids_and_leaves_one_entry(office: Office) -> None:
    mine, _other = entered(office, "caseworker"), entered(office, "case_lead")
    found = search(
        keyring=office.keyring("caseworker"), rows=Case.objects.select_related("record"), fields=["name"], text="박은주",
        at=office.later(),
    )  # fmt: skip
    assert found == [mine.pk]
    (line,) = read(office.keyring("auditor"), [last(office)])
    assert (line.kind, line.payload and line.payload.details) == ("records.searched", {"count": 1, "fields": ["name"]})


def test_somebody_without_the_part_searches_nothing(office: Office, case: Case) -> None:
    rows = Case.objects.select_related("record")
    assert search(keyring=office.keyring("director"), rows=rows, fields=["name"], text="박", at=office.later()) == []


def test_until_recovery_is_confirmed_nothing_is_opened_or_searched(office: Office, case: Case) -> None:
    Organisation.objects.update(recovery_confirmed_at=None)
    worker = office.keyring("caseworker")
    with pytest.raises(RecoveryNotConfirmedError):
        open_fields(keyring=worker, row=case, fields=["name"], at=office.later())
    with pytest.raises(RecoveryNotConfirmedError):
        search(keyring=worker, rows=[case], fields=["name"], text="x", at=office.later())


def test_a_member_opens_what_they_were_given(office: Office, case: Case) -> None:
    give_access(
        keyring=office.keyring("case_lead"),
        record=case.record,
        person=office.person("field_officer"),
        tiers={Tier.MOVEMENT},
        at=office.later(),
    )
    found = open_fields(keyring=office.keyring("field_officer"), row=case, fields=["whereabouts"], at=office.later())
    assert found == {"whereabouts": "the northern province"}


def test_damage_is_told_and_written_down(office: Office, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(note=Case.objects.get(pk=entered(office).pk).note)
    damaged = Case.objects.select_related("record").get(pk=case.pk)
    with pytest.raises(TamperedError):
        open_fields(keyring=office.keyring("caseworker"), row=damaged, fields=["note"], at=office.later())
    assert last(office).kind == "tampering.noticed"


def test_rows_read_together_are_one_entry(office: Office, case: Case) -> None:
    keyring, before = office.keyring("case_lead"), Entry.objects.count()
    opened = open_of_record(keyring=keyring, record=case.record, rows=[case], tiers={Tier.WELFARE}, at=office.later())
    assert opened[case.pk]["note"] == "asks for a quiet room"
    assert "name" not in opened[case.pk]
    assert Entry.objects.count() == before + 1
    assert last(office).kind == "record.opened"


def test_rows_of_another_record_are_not_opened_under_this_ones_entry(office: Office, case: Case) -> None:
    keyring, other, before = office.keyring("case_lead"), entered(office), Entry.objects.count()
    with pytest.raises(BrokenPromiseError, match="record"):
        open_of_record(keyring=keyring, record=case.record, rows=[other], tiers={Tier.WELFARE}, at=office.later())
    with pytest.raises(NotPermittedError):
        open_of_record(keyring=keyring, record=case.record, rows=[case], tiers={Tier.EVIDENCE}, at=office.later())
    assert open_of_record(keyring=keyring, record=case.record, rows=[], tiers={Tier.WELFARE}, at=office.later()) == {}
    assert Entry.objects.count() == before
