import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.desk import asked
from tests.unit.cases.people import entered, page, saved

from waystation.audit.models import Entry
from waystation.cases.models import Case, PairAnswer

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(office: Office) -> tuple[Case, Case]:
    one = asked(office, for_whom="김성은", answer_address="+82 10-5555-1234")
    return one, asked(office, for_whom="Kim Seung-eun", answer_address="010-5555-1234")


def address(pair: tuple[Case, Case], name: str = "pair") -> str:
    return reverse(f"duplicates.{name}", args=[pair[0].pk, pair[1].pk])


def test_two_cases_stand_side_by_side_with_their_differences_marked(office: Office, pair: tuple[Case, Case]) -> None:
    before = Entry.objects.filter(kind="identity.opened").count()
    shown = page(office.client("caseworker").get(address(pair)))
    assert "<mark>성은</mark>" in shown
    assert "<mark>Seung-eun</mark>" in shown
    assert "a slip apart" in shown
    assert "the same but for the country code" in shown
    assert "0 of 1 decided" in shown
    assert Entry.objects.filter(kind="identity.opened").count() == before + 2


def test_a_merge_is_said_with_its_reason_and_taken_back(office: Office, pair: tuple[Case, Case]) -> None:
    client = office.client("caseworker")
    refused = client.post(address(pair), {"answer": "keep_one", "reason": ""})
    assert refused.status_code == 422
    assert client.post(address(pair), {"answer": "keep_one", "reason": "he said so"})["Location"] == address(pair)
    assert saved(pair[1].pk).closed_at is not None
    shown = page(client.get(address(pair)))
    assert "1 of 1 decided" in shown
    assert "he said so" in shown
    assert client.post(address(pair), {"answer": "later", "reason": "hm"}).status_code == 422
    back = address(pair, "take_back")
    assert client.get(back).status_code == 200
    assert client.post(back, {"reason": ""}).status_code == 422
    assert client.post(back, {"reason": "two men"})["Location"] == address(pair)
    assert saved(pair[1].pk).closed_at is None
    assert client.post(back, {"reason": "again"})["Location"] == address(pair)
    assert PairAnswer.objects.count() == 4


def test_the_other_case_may_be_the_one_that_goes_on(office: Office, pair: tuple[Case, Case]) -> None:
    office.client("case_lead").post(address(pair), {"answer": "keep_other", "reason": "older"})
    assert saved(pair[0].pk).closed_at is not None
    assert saved(pair[1].pk).closed_at is None


def test_two_people_are_noted_as_two(office: Office, pair: tuple[Case, Case]) -> None:
    client = office.client("caseworker")
    client.post(address(pair), {"answer": "different", "reason": "met both"})
    shown = page(client.get(reverse("duplicates.list")))
    assert "1 of 1 decided" in shown
    assert "not the same" in shown


def test_a_case_has_no_pair_with_itself_and_none_with_what_is_out_of_reach(
    office: Office, pair: tuple[Case, Case]
) -> None:
    client = office.client("caseworker")
    assert client.get(address((pair[0], pair[0]))).status_code == 404
    theirs = entered(office, "case_lead", name="김성은")
    assert client.get(address((pair[0], theirs))).status_code == 403
    assert office.client("director").get(address(pair)).status_code == 403


def test_cases_with_nothing_in_common_can_still_be_laid_side_by_side(office: Office) -> None:
    two = entered(office, name="Maria Quispe"), entered(office, whereabouts="somewhere")
    assert "nothing that can be compared" in page(office.client("caseworker").get(address(two)))
