import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from tests.office import Office
from tests.unit.cases.desk import recommended, to_decision
from waystation.cases.models import OUTCOMES, REASONS, Decision


def test_every_outcome_has_reasons() -> None:
    assert set(REASONS) == set(OUTCOMES)
    assert all("other" in words and len(set(words)) == len(words) for words in REASONS.values())


@pytest.mark.django_db
def test_the_database_refuses_one_persons_two_signatures_and_half_a_signature(office: Office) -> None:
    recommended(office, to_decision(office))
    rows = Decision.objects.all()
    for wrong in ({"decided_by": F("recommended_by"), "decided_at": office.now}, {"decided_at": office.now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    assert rows.update(decided_by=office.id("director"), decided_at=office.now) == 1
