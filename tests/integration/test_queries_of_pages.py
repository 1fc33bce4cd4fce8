"""How many queries the pages send that are open all day: pinned, so that they cannot creep up; the same for every household."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.office import Office, SeatedClient
from tests.unit.cases.household import household
from tests.unit.cases.people import entered

pytestmark = pytest.mark.django_db

PINNED = {
    "caseworker": (51, 17, 6),
    "case_lead": (51, 17, 9),
    "director": (53, 15, 19),
    "safeguarding": (53, 15, 18),
}
"""The most queries of a case's page, the list and the home page, transactions and the log's entry included.

Raise one only for something that a person sees.
"""


def queries(client: SeatedClient, address: str) -> int:
    """Return how many queries a page sends, once its keys and templates are known."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_a_page_asks_no_more_for_a_large_household_or_a_long_list(office: Office) -> None:
    five, twelve = (reverse("cases.page", args=[household(office, people).pk]) for people in (5, 12))
    pages = (five, reverse("cases.list"), reverse("home"))
    before = {key: tuple(queries(office.client(key), address) for address in pages) for key in PINNED}
    for _ in range(12):
        entered(office)
    after = {key: tuple(queries(office.client(key), address) for address in (twelve, *pages[1:])) for key in PINNED}
    assert after == before
    assert before == PINNED
