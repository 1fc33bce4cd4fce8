from datetime import UTC, date, datetime
from uuid import uuid4

from waystation.consent.models import Answer
from waystation.consent.purposes import Purpose
from waystation.web.views.consent.forms import AnswerForm, WithdrawForm, end_of_day

GIVEN = {"purpose": "sharing", "answer": "given", "said_by": "self", "capacity": "able"}


def test_what_is_typed_becomes_what_is_asked() -> None:
    traveller = uuid4()
    lines = {"what_2": "her address", "whom_2": "her brother", "why_2": "he hands people over"}
    form = AnswerForm({**GIVEN, **lines, "shared_with": "a clinic", "until": "2031. 6. 30."})
    assert form.is_valid()
    asked = form.asked(traveller)
    assert (asked.traveller_id, asked.purpose, asked.answer) == (traveller, Purpose.SHARING, Answer.GIVEN)
    assert asked.withheld == ({"what": "her address", "whom": "her brother", "why": "he hands people over"},)
    assert asked.until == datetime(2031, 7, 1, tzinfo=UTC)


def test_every_field_is_shown_once() -> None:
    form = AnswerForm()
    shown = [field.name for field in form.first_fields] + [each.name for line in form.withheld_lines for each in line]
    assert sorted(shown) == sorted(form.fields)


def test_an_answer_is_demanded() -> None:
    assert set(AnswerForm({}).errors) == {"purpose", "answer", "said_by", "capacity"}
    assert WithdrawForm({"said_by": "self"}).is_valid()


def test_what_holds_until_a_day_holds_on_it() -> None:
    assert end_of_day(date(2031, 12, 31)) == datetime(2032, 1, 1, tzinfo=UTC)
