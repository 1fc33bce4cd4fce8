import pytest

from tests.office import Office
from tests.unit.exchange.files import GOOD, imported, sheet, steps
from waystation.accounts.services import mark_honey
from waystation.audit.models import Entry
from waystation.cases.models import Case
from waystation.cases.services import create_case
from waystation.continuity.errors import StoppedError
from waystation.exchange.exporting.collect import chunks, collected, exportable
from waystation.exchange.exporting.purposes import Purpose


def ids_for(office: Office, by: str, purpose: Purpose, state: str = "open") -> list[object]:
    found = exportable(keyring=office.keyring(by), person=office.person(by), purpose=purpose, state=state)
    return list(found)


def test_a_row_is_there_for_who_may_export_all_a_purpose_needs(office: Office) -> None:
    imported(office, sheet(GOOD))
    assert len(ids_for(office, "case_lead", Purpose.REFERRAL)) == 1
    assert ids_for(office, "case_lead", Purpose.REFERRAL, "closed") == []
    assert len(ids_for(office, "director", Purpose.TRANSPORT)) == 1
    assert ids_for(office, "director", Purpose.REFERRAL) == []
    assert ids_for(office, "caseworker", Purpose.STATISTICS) == []


def test_rows_hold_what_the_purpose_needs_and_the_log_names_them_first(office: Office) -> None:
    values = {"name": "Sky Invented", "needs": ["food", "papers"], "urgency": "soon"}
    case = create_case(keyring=office.keyring("case_lead"), values=values, at=office.later())
    rows = collected(
        keyring=office.keyring("case_lead"), purpose=Purpose.REFERRAL, ids=[case.pk], clock=office.later, steps=steps
    )
    assert list(rows) == [[case.code, "Sky Invented", None, "soon", "food, papers"]]
    kinds = list(Entry.objects.order_by("-seq").values_list("kind", flat=True)[:2])
    assert kinds == ["export.taken", "identity.opened"]


def test_a_case_nobody_has_reason_to_open_is_noticed(office: Office) -> None:
    case = create_case(keyring=office.keyring("case_lead"), values={"name": "Bait"}, at=office.later())
    mark_honey(keyring=office.keyring("director"), record=case.record, at=office.later())
    list(
        collected(
            keyring=office.keyring("case_lead"),
            purpose=Purpose.REFERRAL,
            ids=[case.pk],
            clock=office.later,
            steps=steps,
        )
    )
    assert Entry.objects.filter(kind="honey.touched").count() == 1


def test_statistics_say_a_month_and_no_code(office: Office) -> None:
    imported(office, sheet(GOOD))
    rows = collected(
        keyring=office.keyring("director"),
        purpose=Purpose.STATISTICS,
        ids=[Case.objects.get().pk],
        clock=office.later,
        steps=steps,
    )
    assert list(rows) == [["2031-03", None, 1, None]]


def test_it_can_be_stopped(office: Office) -> None:
    def stop(name: str, done: int, total: int) -> None:
        raise StoppedError("stop")

    rows = collected(
        keyring=office.keyring("director"),
        purpose=Purpose.STATISTICS,
        ids=[office.id("director")],
        clock=office.later,
        steps=stop,
    )
    with pytest.raises(StoppedError):
        next(rows)


def test_chunks_lose_nothing(office: Office) -> None:
    ids = [office.id("director")] * 1001
    assert [len(chunk) for chunk in chunks(ids)] == [400, 400, 201]
