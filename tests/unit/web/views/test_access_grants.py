import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.office import Office
from tests.unit.cases.people import entered, follow_clock, holders, page

from waystation.accounts.services import remove_person
from waystation.cases.models import Case
from waystation.store.tiers import Tier
from waystation.web.views.access_grants import bits

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    follow_clock(office, monkeypatch)


def give(client: Client, office: Office, case: Case, key: str, *tiers: str) -> Any:
    return client.post(reverse("access.give", args=[case.pk]), {"person": str(office.id(key)), "tiers": list(tiers)})


def shown(client: Client, case: Case) -> str:
    return page(client.get(reverse("access.page", args=[case.pk])))


def test_a_key_is_given_and_taken_again_by_undo(office: Office) -> None:
    case, lead = entered(office), office.client("case_lead")
    answer = give(lead, office, case, "field_officer", "movement")
    assert (answer.status_code, answer["Location"]) == (303, reverse("access.page", args=[case.pk]))
    assert "field_officer" in holders(office, case, Tier.MOVEMENT, "caseworker")
    seen = page(lead.get(answer["Location"]))
    assert "สมชาย ใจดี can open it now" in seen
    undo = reverse("access.take.parts", args=[case.pk, office.id("field_officer"), bits([Tier.MOVEMENT])])
    assert undo in seen
    answer = lead.post(undo)
    assert "field_officer" not in holders(office, case, Tier.MOVEMENT, "caseworker")
    assert "This cannot recall what was already read or copied" in page(lead.get(answer["Location"]))


def test_taking_is_undone_by_giving(office: Office) -> None:
    case, lead = entered(office), office.client("case_lead")
    give(lead, office, case, "field_officer", "movement")
    parts = [case.pk, office.id("field_officer"), bits([Tier.MOVEMENT])]
    lead.post(reverse("access.take.parts", args=parts))
    assert lead.post(reverse("access.give.parts", args=parts)).status_code == 303
    assert "field_officer" in holders(office, case, Tier.MOVEMENT, "caseworker")


def test_the_table_says_who_by_office_and_who_as_a_member(office: Office) -> None:
    case, lead = entered(office), office.client("case_lead")
    seen = shown(lead, case)
    for name in ("한지우", "Bounmy Phetsavong", "Ingrid Testdottir", "Marta Quispe"):
        assert name in seen
    assert "Tobias Nkemelu" not in seen.split("</table>")[0]
    assert reverse("access.take.parts", args=[case.pk, office.id("caseworker"), 1]) in seen
    assert str(office.id("director")) not in seen.split("</table>")[0]  # by office: nothing to take here


def test_it_says_what_the_reader_cannot_know(office: Office) -> None:
    case = entered(office)
    assert "You do not hold the key of these parts" in shown(office.client("director"), case)
    assert "whom they were given to: Who, Evidence" in shown(office.client("director"), case)


def test_who_may_only_look_is_offered_nothing(office: Office) -> None:
    case, worker = entered(office), office.client("caseworker")
    seen = shown(worker, case)
    assert "Who can open it" in seen
    assert not re.search(r"/(give|take)", seen)
    assert give(worker, office, case, "field_officer", "movement").status_code in {403, 404}
    taken = worker.post(reverse("access.take.parts", args=[case.pk, office.id("case_lead"), 1]))
    assert taken.status_code in {403, 404}
    assert "case_lead" in holders(office, case, Tier.IDENTITY, "caseworker")


def test_nobody_gives_what_they_do_not_hold(office: Office) -> None:
    case, director = entered(office), office.client("director")
    assert give(director, office, case, "case_lead", "identity").status_code == 422
    answer = director.post(
        reverse("access.give.parts", args=[case.pk, office.id("field_officer"), bits([Tier.IDENTITY])])
    )
    assert answer.status_code == 403


def test_nobody_is_given_what_their_roles_do_not_allow(office: Office) -> None:
    case, lead = entered(office), office.client("case_lead")
    answer = lead.post(reverse("access.give.parts", args=[case.pk, office.id("field_officer"), bits([Tier.IDENTITY])]))
    assert answer.status_code == 403
    assert "field_officer" not in holders(office, case, Tier.IDENTITY, "caseworker")


def test_what_is_theirs_by_office_is_not_taken(office: Office) -> None:
    case, lead = entered(office), office.client("case_lead")
    answer = lead.post(reverse("access.take.parts", args=[case.pk, office.id("director"), bits([Tier.MOVEMENT])]))
    assert answer.status_code == 403
    assert "director" in holders(office, case, Tier.MOVEMENT, "caseworker")


@pytest.mark.parametrize("data", [{}, {"person": "nobody", "tiers": "movement"}, {"person": "", "tiers": ["all"]}])
def test_a_form_that_is_none_comes_back(office: Office, data: dict[str, Any]) -> None:
    case = entered(office)
    answer = office.client("case_lead").post(reverse("access.give", args=[case.pk]), data)
    assert answer.status_code == 422
    assert "to put right" in page(answer)


@pytest.mark.parametrize("parts", [0, 16, 99, 10**9])
def test_parts_that_are_none_are_not_there(office: Office, parts: int) -> None:
    case = entered(office)
    answer = office.client("case_lead").post(
        reverse("access.give.parts", args=[case.pk, office.id("field_officer"), parts])
    )
    assert answer.status_code == 404


def test_a_key_that_is_owed_is_said_plainly(office: Office) -> None:
    case = entered(office)
    remove_person(keyring=office.keyring("director"), person=office.person("caseworker"), at=office.later())
    assert "A new key is owed for: Who" in shown(office.client("case_lead"), case)


@given(st.sets(st.sampled_from(list(Tier)), min_size=1))
def test_parts_have_one_number_each(tiers: set[Tier]) -> None:
    assert 1 <= bits(tiers) <= 15
    assert bits(tiers) == sum(bits([tier]) for tier in tiers)
