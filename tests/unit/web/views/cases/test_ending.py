from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import entered, page, saved

from waystation.accounts.services import approve, set_hold
from waystation.accounts.services.honey import is_honey
from waystation.audit.models import Entry
from waystation.cases.models import Case

pytestmark = pytest.mark.django_db


def post(client: Client, name: str, case: Case, **data: str) -> Any:
    return client.post(reverse(name, args=[case.pk]), data)


def agree(office: Office, case: Case, purpose: str, to: str = "director", by: str = "safeguarding") -> None:
    approve(
        keyring_of_second=office.keyring(by),
        for_person=office.id(to),
        purpose=purpose,
        record_id=case.pk,
        at=office.later(),
    )


def test_closing_can_be_undone_and_done_again(office: Office) -> None:
    case, client = entered(office), office.client("caseworker")
    assert post(client, "cases.close", case, outcome="withdrew").status_code == 303
    assert saved(case.pk).closed_at is not None
    assert reverse("cases.reopen", args=[case.pk]) in page(client.get(reverse("cases.page", args=[case.pk])))
    assert post(client, "cases.reopen", case).status_code == 303
    assert saved(case.pk).closed_at is None


def test_closing_twice_is_closing_once(office: Office) -> None:
    case, client = entered(office), office.client("caseworker")
    post(client, "cases.close", case, outcome="withdrew")
    assert post(client, "cases.close", case, outcome="withdrew").status_code == 303
    assert saved(case.pk).version == 2


def test_a_hold_is_set_by_one_and_released_by_two(office: Office) -> None:
    case, client = entered(office), office.client("director")
    assert post(client, "cases.hold", case).status_code == 303
    assert saved(case.pk).record.hold
    refused = post(client, "cases.release", case)
    assert refused.status_code == 403
    assert reverse("approvals.ask") in page(refused)
    assert saved(case.pk).record.hold
    agree(office, case, "release")
    assert post(client, "cases.release", case).status_code == 303
    assert not saved(case.pk).record.hold


def test_shredding_takes_the_code_and_two_people(office: Office) -> None:
    case, client = entered(office), office.client("director")
    assert "typ" in page(client.get(reverse("cases.shred", args=[case.pk])))
    assert post(client, "cases.shred", case, code="amber-nothing").status_code == 422
    refused = post(client, "cases.shred", case, code=case.code)
    assert (refused.status_code, saved(case.pk).record.shredded_at) == (403, None)
    assert f'value="{case.pk}"' in page(refused)
    agree(office, case, "shred")
    answer = post(client, "cases.shred", case, code=f"  {case.code.upper().replace('-', ' ')}")
    assert (answer.status_code, answer["Location"]) == (303, reverse("cases.list"))
    assert saved(case.pk).record.shredded_at is not None
    assert saved(case.pk).name is None
    assert Entry.objects.filter(kind="record.shredded").count() == 1
    assert case.code not in page(client.get(reverse("cases.list"))).split("is shredded")[-1]


def test_a_wrong_code_spends_no_leave(office: Office) -> None:
    case, client = entered(office), office.client("director")
    agree(office, case, "shred")
    post(client, "cases.shred", case, code="amber-nothing")
    assert post(client, "cases.shred", case, code=case.code).status_code == 303


def test_nobody_shreds_a_case_on_hold(office: Office) -> None:
    case, client = entered(office), office.client("director")
    set_hold(keyring=office.keyring("safeguarding"), record=case.record, at=office.later())
    agree(office, case, "shred")
    shown = page(client.get(reverse("cases.shred", args=[case.pk])))
    assert ("on legal hold" in shown, 'name="code"' in shown) == (True, False)
    assert post(client, "cases.shred", case, code=case.code).status_code in {200, 303}
    assert saved(case.pk).record.shredded_at is None


def test_a_shredded_case_takes_nothing_more(office: Office) -> None:
    case, client = entered(office), office.client("director")
    agree(office, case, "shred")
    post(client, "cases.shred", case, code=case.code)
    for name in ("cases.shred", "cases.hold"):
        assert post(client, name, case, code=case.code).status_code in {404, 410}, name


def test_a_record_nobody_has_reason_to_open(office: Office) -> None:
    case = entered(office)
    director = office.client("director")
    assert post(director, "cases.mark", case).status_code == 303
    assert is_honey(office.keyring("director"), case.record)
    office.client("caseworker").post(reverse("cases.reveal.identity", args=[case.pk]))
    assert Entry.objects.filter(kind="honey.touched", signer=office.id("caseworker")).count() == 1
    assert post(director, "cases.unmark", case).status_code == 303
    assert not is_honey(office.keyring("director"), case.record)


def test_who_opens_such_a_record_sees_no_difference(office: Office) -> None:
    case, client = entered(office), office.client("caseworker")
    before = page(client.post(reverse("cases.reveal.identity", args=[case.pk])))
    post(office.client("director"), "cases.mark", case)
    after = page(client.post(reverse("cases.reveal.identity", args=[case.pk])))
    strip = [line for line in before.splitlines() if "csrf" not in line]
    assert strip == [line for line in after.splitlines() if "csrf" not in line]


@pytest.mark.parametrize("name", ["cases.hold", "cases.release", "cases.shred", "cases.mark", "cases.unmark"])
@pytest.mark.parametrize("key", ["caseworker", "case_lead", "field_officer", "finance", "communications", "auditor"])
def test_who_may_not_end_a_case_does_not(office: Office, key: str, name: str) -> None:
    case = entered(office)
    assert post(office.client(key), name, case, code=case.code).status_code in {403, 404}
    record = saved(case.pk).record
    assert (record.hold, record.shredded_at, is_honey(office.keyring("director"), record)) == (False, None, False)


@pytest.mark.parametrize("name", ["cases.reopen", "cases.hold", "cases.release", "cases.mark", "cases.unmark"])
def test_nothing_is_done_by_following_a_link(office: Office, name: str) -> None:
    case = entered(office)
    client = office.client("caseworker" if name == "cases.reopen" else "director")
    assert client.get(reverse(name, args=[case.pk])).status_code == 405
