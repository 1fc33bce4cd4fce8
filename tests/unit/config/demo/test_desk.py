from typing import Any

import pytest
from tests.office import Office
from tests.unit.cases.desk import summary

from waystation.cases.models import Case, Decision, Traveller
from waystation.cases.steps.vocabulary import Standing, Step
from waystation.config.demo.desk import fill_desk, invented_calls


@pytest.mark.django_db
def test_there_is_a_case_at_every_step_and_a_family_with_a_child_alone(office: Office) -> None:
    keyrings = {"worker": "caseworker", "lead": "case_lead", "safeguarding": "safeguarding"}
    count = fill_desk({key: office.keyring(name) for key, name in keyrings.items()}, office.later())
    stand = [summary(office, case) for case in Case.objects.all()]
    assert count == len(invented_calls()) == len(stand)
    assert {each.step for each in stand} == set(Step)
    assert Standing.CANNOT_YET in {each.standing for each in stand}
    family = next(each for each in stand if each.heads == 5)
    assert (family.step, family.children, family.to_decide) == (Step.DECISION, True, True)
    record = next(case.record for case in Case.objects.all() if summary(office, case).heads == 5)
    people = [
        office.keyring("caseworker").open(row, "age_band", "accompanied_by")
        for row in Traveller.objects.filter(record=record).select_related("record")
    ]
    alone: list[Any] = [each for each in people if each["age_band"] == "12-17" and not each["accompanied_by"]]
    assert (len(people), len(alone)) == (5, 1)
    assert all(row.recommended_by != row.decided_by for row in Decision.objects.all())
