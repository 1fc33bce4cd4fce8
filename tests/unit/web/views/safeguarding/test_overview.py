import pytest
from django.urls import reverse
from tests.office import Office
from tests.unit.cases.people import page
from tests.unit.safeguarding.children import Child, trained

from waystation.accounts.services import give_access
from waystation.audit.models import Entry
from waystation.safeguarding.models import Care
from waystation.safeguarding.picture import Requirement
from waystation.store.tiers import Tier
from waystation.web.views.safeguarding.overview import WHERE

pytestmark = pytest.mark.django_db


def of_the_case(office: Office) -> Child:
    child = Child(office)
    child.id = child.record.pk  # while nobody is entered by themself
    return child


def shown(office: Office, child: Child, key: str = "case_lead") -> str:
    return page(office.client(key).get(reverse("safeguarding.case", args=[child.record.pk])))


def test_what_blocks_is_said_with_why_and_where_it_is_met(office: Office) -> None:
    child = of_the_case(office)
    child.facts(care=Care.UNACCOMPANIED)
    text = shown(office, child)
    assert "3 things keep them from being moved" in text
    assert "a panel of three or more determines" in text
    for verb in ("status", "assess", "determine", "override"):
        assert reverse(f"safeguarding.{verb}", args=[child.record.pk, child.id]) in text
    assert "came alone" in text


def test_when_the_procedure_is_done_nothing_blocks(office: Office) -> None:
    child = of_the_case(office)
    trained(office)
    child.screened()
    child.facts(care=Care.ACCOMPANIED)
    paper = child.assessment()
    assert "waits for a second person" in shown(office, child)
    assert reverse("safeguarding.paper", args=[child.record.pk, paper.pk]) in shown(office, child)
    child.decided(paper)
    text = shown(office, child)
    assert "Nothing here keeps them from being moved" in text
    assert "agreed" in text
    child.facts(care=Care.SEPARATED)
    assert "out of date" in shown(office, child)


def test_one_entry_tells_that_all_of_it_was_opened(office: Office) -> None:
    child = of_the_case(office)
    child.facts()
    child.screened()
    client = office.client("case_lead")
    before = Entry.objects.filter(kind="record.opened").count()
    client.get(reverse("safeguarding.case", args=[child.record.pk]))
    assert Entry.objects.filter(kind="record.opened").count() == before + 1


def test_who_may_not_open_it_is_told_that_it_is_sealed(office: Office) -> None:
    child = of_the_case(office)
    child.facts()
    officer = office.person("field_officer")
    lead = office.keyring("case_lead")
    give_access(keyring=lead, record=child.record, person=officer, tiers={Tier.MOVEMENT}, at=office.later())
    text = shown(office, child, "field_officer")
    assert "Sealed" in text
    assert "came alone" not in text


def test_a_reader_without_the_right_sees_what_blocks_and_no_way_in(office: Office) -> None:
    child = of_the_case(office)
    text = shown(office, child, "caseworker")
    assert "Trafficking screen" in text
    assert reverse("safeguarding.status", args=[child.record.pk, child.id]) not in text


def test_every_requirement_but_the_key_is_met_somewhere() -> None:
    assert set(WHERE) == set(Requirement) - {Requirement.KEY}
