from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import asked
from tests.unit.cases.people import entered, page

from waystation.audit.models import Entry
from waystation.cases.index.index import Index, Progress
from waystation.cases.services import add_task, close_case
from waystation.web.views.cases.listing import PER_PAGE

pytestmark = pytest.mark.django_db


def listed(client: Client, **query: str) -> str:
    answer = client.get(reverse("cases.list"), query)
    assert answer.status_code == 200
    return page(answer)


def test_the_list_shows_codes_and_no_names(office: Office) -> None:
    case = entered(office, name="Pak Un-ju")
    shown = listed(office.client("caseworker"))
    assert (case.code in shown, "Pak Un-ju" in shown) == (True, False)
    assert "You" in shown
    assert "changed today" in shown
    assert not Entry.objects.filter(kind__in=("identity.opened", "record.opened")).exists()


def test_names_are_shown_when_asked_for_blurred_and_noted(office: Office) -> None:
    entered(office, name="Pak Un-ju")
    entered(office, name="강해원")
    answer = office.client("caseworker").post(reverse("cases.names"))
    shown = page(answer)
    assert answer.status_code == 200
    for name in ("Pak Un-ju", "강해원"):
        assert f">{name}</span>" in shown
    assert shown.count("data-sealed") == 2
    assert Entry.objects.filter(kind="identity.opened", signer=office.id("caseworker")).count() == 2


def test_names_of_one_page_are_fewer_than_the_limit_of_an_hour(office: Office) -> None:
    assert office.organisation.openings_per_hour > PER_PAGE


def test_the_limit_leads_to_a_second_person_and_shows_no_name(office: Office) -> None:
    for number in range(3):
        entered(office, name=f"Somebody {number}")
    office.organisation.__class__.objects.update(openings_per_hour=2)
    answer = office.client("caseworker").post(reverse("cases.names"))
    assert answer.status_code == 403
    assert "Somebody" not in page(answer)
    assert reverse("approvals.ask") in page(answer)


@pytest.mark.parametrize("key", ["director", "finance"])
def test_who_opens_no_identity_is_offered_none(office: Office, key: str) -> None:
    case = entered(office, name="Pak Un-ju")
    client = office.client(key)
    shown = listed(client)
    assert (case.code in shown, reverse("cases.names") in shown) == (True, False)
    answer = client.post(reverse("cases.names"))
    assert "Pak Un-ju" not in page(answer)


def test_who_opens_no_case_gets_codes_without_links(office: Office) -> None:
    case = entered(office)
    assert reverse("cases.page", args=[case.pk]) not in listed(office.client("finance"))


@pytest.mark.parametrize("key", ["caseworker", "field_officer"])
def test_an_empty_list_says_what_to_do(office: Office, key: str) -> None:
    entered(office, "case_lead")
    shown = listed(office.client(key))
    assert "No case is open to you yet" in shown
    assert (reverse("desk.request") in shown) == (key == "caseworker")
    assert f'href="{reverse("cases.new")}"' not in shown


def test_a_filter_is_in_the_address_and_stays_in_the_session(office: Office) -> None:
    open_one, closed = entered(office), entered(office)
    close_case(keyring=office.keyring("caseworker"), case=closed, outcome="withdrew", at=office.later())
    client = office.client("caseworker")
    assert (open_one.code in (shown := listed(client)), closed.code in shown) == (True, False)
    assert (open_one.code in (shown := listed(client, state="closed")), closed.code in shown) == (False, True)
    assert (open_one.code in (shown := listed(client)), closed.code in shown) == (False, True)
    assert (open_one.code in (shown := listed(client, state="all")), closed.code in shown) == (True, True)


def test_mine_and_quiet(office: Office) -> None:
    mine, theirs = entered(office, "case_lead"), entered(office)
    client = office.client("case_lead")
    assert (mine.code in (shown := listed(client, whose="mine")), theirs.code in shown) == (True, False)
    assert "No case fits this filter" in listed(client, what="quiet")
    office.later(days=31)
    shown = listed(client, what="quiet")
    assert mine.code in shown
    assert "changed 31 days ago" in shown


def test_a_filter_that_is_none_changes_nothing(office: Office) -> None:
    case = entered(office)
    assert case.code in listed(office.client("caseworker"), state="everything", whose="'; DROP TABLE")


def test_a_row_says_why_it_is_here(office: Office) -> None:
    case = asked(office)
    day = (office.now - timedelta(days=2)).date()
    add_task(keyring=office.keyring("caseworker"), case=case, what="other", due=day, at=office.later())
    shown = listed(office.client("caseworker"), what="overdue")
    assert f"Overdue since {day.isoformat()}" in shown.replace("\N{NON-BREAKING HYPHEN}", "-")
    assert 'class="why why-now"' in shown
    assert "Request" in shown


def test_a_page_of_the_list_is_one_entry_with_its_count(office: Office) -> None:
    entered(office)
    client = office.client("case_lead")
    listed(client)
    before = Entry.objects.filter(kind="records.listed").count()
    listed(client)
    assert Entry.objects.filter(kind="records.listed").count() == before + 1
    finance = office.client("finance")
    listed(finance)
    before = Entry.objects.filter(kind="records.listed").count()
    listed(finance)  # codes alone: nothing sealed is shown
    assert Entry.objects.filter(kind="records.listed").count() == before


def test_while_it_is_being_read_the_page_says_how_far_it_has_come(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Index, "progress", Progress(400, 40_000))
    shown = listed(office.client("case_lead"))
    assert "400 of 40,000 cases" in shown
    assert "No case is open to you yet" not in shown


def test_pages(office: Office) -> None:
    codes = [entered(office).code for _ in range(PER_PAGE + 2)]
    client = office.client("caseworker")
    first, second = listed(client), listed(client, page="2")
    assert sum(code in first for code in codes) == PER_PAGE
    assert sum(code in second for code in codes) == 2
    assert listed(client, page="no number").count("data-row") == PER_PAGE
    names = page(client.post(reverse("cases.names"), {"page": "2"}))
    assert names.count("data-sealed") == 2


def test_the_list_is_narrowed_to_a_region_that_stands_in_no_address(office: Office) -> None:
    north, south = asked(office, region="the north"), asked(office, region="the south")
    client = office.client("caseworker")
    assert "the north" in listed(client)
    answer = client.post(reverse("cases.region"), {"region": "the north"})
    assert (answer.status_code, answer["Location"]) == (303, reverse("cases.list"))
    shown = listed(client)
    assert (north.code in shown, south.code in shown) == (True, False)
    assert "Only cases of this region: the north" in shown
    kept = listed(client, whose="mine", **{"with": "region"})
    assert (north.code in kept, south.code in kept) == (True, False)
    assert south.code in listed(client, whose="mine")  # a count's link shows all that it counts
    client.post(reverse("cases.region"), {"region": "nowhere at all"})
    assert south.code in listed(client)


def test_who_may_not_know_where_people_are_is_offered_no_region(office: Office) -> None:
    asked(office, region="the north")
    shown = listed(office.client("safeguarding"))
    assert "the north" not in shown
    assert reverse("cases.region") not in shown
