from typing import Any

import pytest
from tests.unit.cases.people import entered, page

from waystation.cases.services import close_case
from waystation.web.recent import MOST

pytestmark = pytest.mark.django_db


def test_cases_one_had_open_are_offered_by_code_the_last_one_first(office: Any) -> None:
    first, second, unseen = entered(office), entered(office), entered(office)
    client = office.client("caseworker")
    assert first.code not in page(client.get("/everything"))
    client.get("/cases")
    for case in (first, second, first):
        client.get(f"/cases/{case.pk}")
    shown = page(client.get("/everything"))
    assert 0 < shown.index(first.code) < shown.index(second.code)
    assert unseen.code not in shown
    assert "박은주" not in str(dict(client.session.items()))


def test_it_is_ones_own_and_only_what_one_may_still_see(office: Any) -> None:
    case = entered(office)
    client, lead = office.client("caseworker"), office.client("case_lead")
    client.get("/cases")
    client.get(f"/cases/{case.pk}")
    lead.get("/cases")
    assert case.code not in page(lead.get("/everything"))
    close_case(keyring=office.keyring("caseworker"), case=case, outcome="withdrew", at=office.later())
    assert case.code in page(client.get("/everything"))


def test_no_more_are_remembered_than_are_of_use(office: Any) -> None:
    client = office.client("caseworker")
    cases = [entered(office) for _ in range(MOST + 1)]
    for case in cases:
        client.get(f"/cases/{case.pk}")
    assert len(client.session["cases.recent"]) == MOST
