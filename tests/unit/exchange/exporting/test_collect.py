import pytest

from tests.office import Office
from tests.unit.exchange.files import GOOD, imported, sheet, steps
from waystation.accounts.services import mark_honey
from waystation.audit.models import Entry
from waystation.cases.models import Case
from waystation.cases.services import (
    FirstCall,
    add_traveller,
    create_case,
    set_contact,
    take_off_traveller,
    take_request,
)
from waystation.continuity.errors import StoppedError
from waystation.exchange.exporting.collect import chunks, collected, exportable, rows_of
from waystation.exchange.exporting.purposes import FIELDS, Purpose, What
from waystation.intake.writing.cells import Cell


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


def family(office: Office) -> Case:
    """Enter a case with two people, one taken off, a contact and a first call."""
    lead = office.keyring("case_lead")
    call = FirstCall(
        asker="relative", for_whom="Sky", heads={"18-59": 1, "5-11": 1}, contact_consent="yes", region="east"
    )
    case = take_request(keyring=lead, call=call, at=office.later())
    for text, band, needs in (("Sky Invented", "18-59", []), ("Rain Invented", "5-11", ["calm", "medicine"])):
        told = {"names": [{"text": text, "script": "latin", "kind": "full"}], "age_band": band, "needs": needs}
        add_traveller(keyring=lead, case=case, values=told, at=office.later())
    gone = add_traveller(keyring=lead, case=case, values={"age_band": "75+"}, at=office.later())
    take_off_traveller(keyring=lead, case=case, traveller_id=gone.pk, at=office.later())
    reach = {"whose": "Sky", "way": "telephone", "address": "555 0100"}
    set_contact(keyring=lead, case=case, values=reach, at=office.later())
    return case


def rows_for(office: Office, purpose: Purpose, what: What, by: str = "case_lead") -> list[list[Cell]]:
    asked = {"keyring": office.keyring(by), "purpose": purpose, "what": what}
    ids = exportable(person=office.person(by), state="open", **asked)  # type: ignore[arg-type] # of the keys above
    rows = list(collected(ids=ids, clock=office.later, steps=steps, **asked))  # type: ignore[arg-type] # the same
    assert len(rows) == rows_of(what, ids)
    return rows


def test_people_requests_and_contacts_are_rows_of_their_own(office: Office) -> None:
    case = family(office)
    code = case.code
    assert rows_for(office, Purpose.TRANSPORT, What.PEOPLE) == [
        [code, "18-59", None, None, None],
        [code, "5-11", None, "calm, medicine", None],
    ]
    people = rows_for(office, Purpose.REFERRAL, What.PEOPLE)
    assert [row[1] for row in people] == ["Sky Invented", "Rain Invented"]
    assert rows_for(office, Purpose.REFERRAL, What.CONTACTS) == [[code, "Sky", "telephone", "555 0100", None, None]]
    (request,) = rows_for(office, Purpose.HANDOVER, What.REQUESTS)
    assert request[FIELDS[Purpose.HANDOVER, What.REQUESTS].index("heads")] in {"5-11: 1, 18-59: 1", "18-59: 1, 5-11: 1"}
    assert rows_for(office, Purpose.HANDOVER, What.DECISIONS) == []


def test_of_people_too_only_what_one_may_open_goes_out(office: Office) -> None:
    family(office)
    assert len(rows_for(office, Purpose.STATISTICS, What.PEOPLE, by="director")) == 2
    assert rows_for(office, Purpose.REFERRAL, What.PEOPLE, by="director") == []
    assert rows_for(office, Purpose.HANDOVER, What.CONTACTS, by="director") == []
