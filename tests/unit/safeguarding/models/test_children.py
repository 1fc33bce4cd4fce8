from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from tests.office import Office
from tests.unit.safeguarding.children import Child, trained
from waystation.safeguarding.models import ChildFacts, Paper, PaperDecision, Qualification
from waystation.safeguarding.models.children import SMALLEST_PANEL

pytestmark = pytest.mark.django_db


def test_a_panel_is_of_three() -> None:
    assert SMALLEST_PANEL == 3


@pytest.mark.parametrize(
    "change", [{"kind": "note"}, {"panel_size": 2}, {"panel_size": None}, {"kind": "bia"}, {"kind": "override"}]
)
def test_the_database_refuses_a_small_panel_and_an_unknown_paper(office: Office, change: dict[str, Any]) -> None:
    paper = Child(office).determination()
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(**change)


def test_the_database_refuses_one_person_on_both_sides_and_a_second_decision(office: Office) -> None:
    child = Child(office)
    paper = child.determination()
    decision = child.decided(paper)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperDecision.objects.filter(pk=decision.pk).update(by=F("written_by"))
    second = PaperDecision(
        record=child.record, paper=paper, written_by=paper.by, by=office.id("case_lead"), at=office.now
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)


def test_the_database_refuses_a_certificate_of_no_time_or_by_its_own_holder(office: Office) -> None:
    row = trained(office)
    for change in ({"until": F("valid_from")}, {"by": row.person_id}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Qualification.objects.filter(pk=row.pk).update(**change)


def test_what_is_said_of_a_child_is_sealed() -> None:
    plain = {field.name for field in ChildFacts._meta.concrete_fields} - set(ChildFacts.sealed_fields())
    assert plain == {"id", "record", "traveller_id", "by", "at"}
