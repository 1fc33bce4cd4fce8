from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import ALL, entered, page

from waystation.accounts.services import approve, give_access, remove_person, set_hold, shred_record
from waystation.audit.models import Entry
from waystation.cases.models import Case
from waystation.cases.services import change_case, close_case
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db


def show(office: Office, case: Case, key: str) -> str:
    answer = office.client(key).get(reverse("cases.page", args=[case.pk]))
    assert answer.status_code == 200
    return page(answer)


def reveal(client: Client, case: Case, tier: Tier) -> str:
    answer = client.post(reverse(f"cases.reveal.{tier}", args=[case.pk]))
    assert answer.status_code == 200
    return page(answer)


NAME, PLACE, NOTE = str(ALL["name"]), str(ALL["whereabouts"]), str(ALL["note"])


def test_who_it_is_stays_closed_until_asked_for(office: Office) -> None:
    case = entered(office)
    shown = show(office, case, "caseworker")
    assert (NAME in shown, PLACE in shown, NOTE in shown) == (False, True, True)
    assert not Entry.objects.filter(kind="identity.opened").exists()
    assert NAME in reveal(office.client("caseworker"), case, Tier.IDENTITY)
    assert Entry.objects.filter(kind="identity.opened", signer=office.id("caseworker")).count() == 1


def test_showing_a_case_is_an_opening_in_the_log(office: Office) -> None:
    case = entered(office)
    show(office, case, "caseworker")
    assert Entry.objects.filter(kind="record.opened", signer=office.id("caseworker")).count() == 1


def test_each_role_sees_its_parts(office: Office) -> None:
    case = entered(office)
    assert (PLACE in (seen := show(office, case, "director")), NOTE in seen) == (True, True)
    assert (PLACE in (seen := show(office, case, "safeguarding")), NOTE in seen) == (False, True)
    assert (PLACE in (seen := show(office, case, "case_lead")), NOTE in seen) == (True, True)


def test_a_sealed_part_says_who_may_open_it(office: Office) -> None:
    case = entered(office)
    assert "한지우" in show(office, case, "director")  # the case lead opens identities by office
    assert "Marta Quispe" in show(office, case, "caseworker")  # the safeguarding officer opens the evidence


@pytest.mark.parametrize("key", ["field_officer", "finance", "communications", "auditor"])
def test_who_holds_no_key_is_told_nothing(office: Office, key: str) -> None:
    case = entered(office)
    answer = office.client(key).get(reverse("cases.page", args=[case.pk]))
    assert answer.status_code in {403, 404}
    assert case.code not in page(answer)


def test_a_case_that_is_not_there_looks_like_one_that_is_not_yours(office: Office) -> None:
    case = entered(office)
    theirs = office.client("field_officer").get(reverse("cases.page", args=[case.pk]))
    nobodys = office.client("field_officer").get(reverse("cases.page", args=[uuid4()]))
    assert (theirs.status_code, nobodys.status_code) == (404, 404)


def test_a_member_sees_their_part(office: Office) -> None:
    case, officer = entered(office), office.person("field_officer")
    give_access(
        keyring=office.keyring("case_lead"),
        record=case.record,
        person=officer,
        tiers={Tier.MOVEMENT},
        at=office.later(),
    )
    seen = show(office, case, "field_officer")
    assert (PLACE in seen, NOTE in seen) == (True, False)


def test_nobody_opens_a_part_by_asking_for_it(office: Office) -> None:
    case = entered(office)
    shown = reveal(office.client("director"), case, Tier.IDENTITY)
    assert NAME not in shown
    assert not Entry.objects.filter(kind="identity.opened").exists()


def test_the_title_tells_nothing(office: Office) -> None:
    case = entered(office)
    shown = reveal(office.client("caseworker"), case, Tier.IDENTITY)
    title = shown.split("<title>")[1].split("</title>")[0]
    assert (title, case.code in title) == ("Case · Waystation", False)


def test_the_timeline_tells_who_did_what(office: Office) -> None:
    case = entered(office)
    change_case(
        keyring=office.keyring("case_lead"), case=case, seen_version=1, values={"note": "new"}, at=office.later()
    )
    shown = show(office, case, "caseworker")
    assert "한지우: changed Note" in shown
    assert "Bounmy Phetsavong: entered the case" in shown


def test_of_very_much_the_newest_is_shown_and_all_if_asked_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waystation.web.views.cases.page.RECENT", 3)
    case, worker = entered(office), office.keyring("caseworker")
    for version in range(1, 6):
        values = {"note": f"note {version}"}
        case = change_case(keyring=worker, case=case, seen_version=version, values=values, at=office.later())
    shown = show(office, case, "caseworker")
    address = reverse("cases.page", args=[case.pk])
    assert shown.count("<li data-kind=") == 3
    assert f"{address}?all#timeline" in shown
    whole = page(office.client("caseworker").get(f"{address}?all"))
    assert whole.count("<li data-kind=") == 6
    assert "?all#timeline" not in whole


def test_who_left_is_still_named(office: Office) -> None:
    case = entered(office)
    remove_person(keyring=office.keyring("director"), person=office.person("caseworker"), at=office.later())
    assert "Bounmy Phetsavong: entered the case" in show(office, case, "case_lead")


def test_a_closed_case_offers_no_changes(office: Office) -> None:
    case = entered(office)
    assert reverse("cases.edit.welfare", args=[case.pk]) in show(office, case, "caseworker")
    close_case(keyring=office.keyring("caseworker"), case=case, outcome="withdrew", at=office.later())
    shown = show(office, case, "caseworker")
    assert reverse("cases.edit.welfare", args=[case.pk]) not in shown
    assert reverse("cases.reopen", args=[case.pk]) in shown


def test_what_is_offered_is_what_is_allowed(office: Office) -> None:
    case = entered(office)
    director, worker = show(office, case, "director"), show(office, case, "caseworker")
    for name in ("cases.hold", "cases.shred", "cases.mark"):
        address = reverse(name, args=[case.pk])
        assert (address in director, address in worker) == (True, False), name
    for name in ("cases.close", "cases.attach", "cases.edit.movement"):
        address = f'"{reverse(name, args=[case.pk])}"'
        assert (address in director, address in worker) == (False, True), name


def test_a_legal_hold_is_said(office: Office) -> None:
    case = entered(office)
    set_hold(keyring=office.keyring("director"), record=case.record, at=office.later())
    shown = show(office, case, "director")
    assert "On legal hold" in shown
    assert reverse("cases.release", args=[case.pk]) in shown


def test_a_shredded_case_says_so_to_whoever_had_it(office: Office) -> None:
    case = entered(office)
    approve(
        keyring_of_second=office.keyring("safeguarding"),
        for_person=office.id("director"),
        purpose="shred",
        record_id=case.pk,
        at=office.later(),
    )
    shred_record(keyring=office.keyring("director"), record=case.record, at=office.later())
    answer = office.client("director").get(reverse("cases.page", args=[case.pk]))
    assert answer.status_code == 410
    assert "shredded" in page(answer)


def test_the_limit_of_an_hour_leads_to_a_second_person(office: Office) -> None:
    case = entered(office)
    office.organisation.__class__.objects.update(openings_per_hour=2)
    client = office.client("caseworker")
    for _ in range(2):
        reveal(client, case, Tier.IDENTITY)
    answer = client.post(reverse("cases.reveal.identity", args=[case.pk]))
    assert answer.status_code == 403
    assert (NAME in page(answer), reverse("approvals.ask") in page(answer)) == (False, True)
    assert client.get(reverse("cases.page", args=[case.pk])).status_code == 200
    approve(keyring_of_second=office.keyring("case_lead"), for_person=office.id("caseworker"), at=office.later())
    assert NAME in reveal(client, case, Tier.IDENTITY)


def test_it_is_said_in_korean(office: Office) -> None:
    case = entered(office)
    client = office.client("caseworker")
    client.cookies["language"] = "ko"
    shown = page(client.get(reverse("cases.page", args=[case.pk])))
    assert "지금 위험함" not in shown
    assert "몇 주 안" in shown
    assert "누구인지 보기" in shown
