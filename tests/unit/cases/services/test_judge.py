import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, on, ruled, summary
from waystation.cases.errors import NotAllOfItError
from waystation.cases.models import RESULTS, SUBJECTS, Judgement
from waystation.cases.services.judge import STANDING_OF, STEP_OF
from waystation.cases.steps.vocabulary import Standing
from waystation.kernel import BadInputError

pytestmark = pytest.mark.django_db


def test_the_tables_name_what_is_declared() -> None:
    assert set(STEP_OF) <= set(SUBJECTS)
    assert set(STANDING_OF) == set(RESULTS)


def test_looked_at_and_cannot_go_on_is_not_the_same_as_not_begun(office: Office) -> None:
    case = asked(office)
    on(office, case)
    assert summary(office, case).standing is Standing.NOT_STARTED
    ruled(office, case, "verification", result="cannot_yet", reason="no_answer")
    now = summary(office, case)
    assert (now.standing, now.why_not) == (Standing.CANNOT_YET, "no_answer")
    ruled(office, case, "screening")  # of another step: this one's work stands as it did
    assert summary(office, case).standing is Standing.CANNOT_YET
    ruled(office, case, "verification")
    now = summary(office, case)
    assert (now.standing, now.why_not) == (Standing.DONE, "")
    assert Judgement.objects.count() == 3


def test_every_refusal_has_its_reason(office: Office) -> None:
    case = asked(office)
    for wrong in (
        {"subject": "verification", "result": "cannot_yet"},
        {"subject": "screening", "result": "withdrawn"},
    ):
        with pytest.raises(NotAllOfItError):
            ruled(office, case, **wrong)
    for elsewhere in ("weather", "consent", "child_procedure"):
        with pytest.raises(BadInputError):
            ruled(office, case, elsewhere)
    assert not Judgement.objects.exists()
