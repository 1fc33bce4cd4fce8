from typing import Any

from django.utils import timezone

from waystation.cases.models import Case
from waystation.web.views.duplicates.forms import AnswerForm, TakeBackForm


def offered(one: Case, other: Case) -> list[str]:
    field: Any = AnswerForm(one, other).fields["answer"]
    return [value for value, _ in field.choices]


def test_only_an_open_case_can_go_on() -> None:
    open_case, closed = Case(code="still-lake"), Case(code="green-door", closed_at=timezone.now())
    assert offered(open_case, open_case) == ["keep_one", "keep_other", "different", "later"]
    assert offered(closed, open_case) == ["keep_other", "different", "later"]


def test_every_answer_needs_a_reason() -> None:
    assert not TakeBackForm({"reason": " "}).is_valid()
    assert "reason" in AnswerForm(Case(), Case(), {"answer": "later"}).errors
