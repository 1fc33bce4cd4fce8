from waystation.cases.models import AGE_BANDS, CHILDREN, MOBILITIES
from waystation.cases.steps.vocabulary import Priority
from waystation.engine.model import AgeBand, Mobility, Urgency


def test_people_are_kept_in_the_planners_words() -> None:
    assert list(AGE_BANDS) == [band.value for band in AgeBand]
    assert {band.value for band in AgeBand if band.is_child} == CHILDREN
    assert list(MOBILITIES) == [each.value for each in Mobility]
    assert [each.value for each in Priority] == [each.value for each in Urgency]
