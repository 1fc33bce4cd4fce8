import re

import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import recommended, to_decision
from tests.unit.cases.family import family
from tests.unit.cases.people import page

from waystation.cases.services import decide
from waystation.cases.steps.table import TRANSITIONS
from waystation.cases.steps.vocabulary import Need
from waystation.web.views.desk.whats_next import SUBJECT_OF

pytestmark = pytest.mark.django_db
ALONE = {Need.TRAVELLERS, Need.CONSENT, Need.CHILD_PROCEDURE, Need.ACCEPTED, Need.TWO_SIGNATURES, Need.EXIT}


def test_every_need_has_something_that_can_be_done_about_it() -> None:
    assert set(SUBJECT_OF) | ALONE == set().union(*(row.needs for row in TRANSITIONS))


def test_what_is_missing_stands_person_by_person_each_named_once(office: Office) -> None:
    case = family(office).case
    shown = page(office.client("caseworker").get(reverse("cases.page", args=[case.pk])))
    listed = shown.split('<ul class="obstacles">')[1].split("</section>")[0]
    people = re.findall(r"<strong>(.*?)</strong>", listed)
    assert len(people) == len(set(people)) == 5
    assert listed.index("Two people have not signed yet") < listed.index(people[0])


def test_a_declined_case_says_what_is_left_to_do_and_not_what_stands_before_the_plan(office: Office) -> None:
    case = to_decision(office)
    address = reverse("cases.page", args=[case.pk])
    client = office.client("caseworker")
    assert "these are missing" in page(client.get(address))
    row = recommended(office, case, "declined", reason="outside_mandate")
    assert "these are missing" in page(client.get(address))  # nobody signed yet
    decide(keyring=office.keyring("case_lead"), case=case, decision_id=row.pk, agreed=True, at=office.later())
    shown = page(client.get(address))
    assert "these are missing" not in shown
    assert "It was declined." in shown
    assert reverse("desk.advance", args=[case.pk]) not in shown
