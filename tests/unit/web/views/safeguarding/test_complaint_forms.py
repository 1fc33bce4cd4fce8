from uuid import uuid4

from waystation.safeguarding.deadlines import Gravity
from waystation.safeguarding.models import Origin
from waystation.web.views.safeguarding.complaint_forms import AnswerForm, ComplaintForm, HandOverForm, WordsForm

WHO = uuid4()
PEOPLE = [(str(WHO), "Somebody Here")]


def test_what_is_typed_becomes_what_was_heard() -> None:
    form = ComplaintForm(PEOPLE, {"words": "it hurt", "gravity": "harm", "origin": "partner", "about": [str(WHO)]})
    assert form.is_valid(), form.errors
    heard = form.heard()
    assert (heard.origin, heard.gravity, heard.about, heard.keep_away) == (Origin.PARTNER, Gravity.HARM, (WHO,), ())
    assert heard.complainant == heard.contact == ""


def test_no_name_is_demanded() -> None:
    assert set(ComplaintForm(PEOPLE, {}).errors) == {"words", "gravity", "origin"}


def test_only_people_here_are_offered() -> None:
    assert not ComplaintForm(
        PEOPLE, {"words": "x", "gravity": "harm", "origin": "staff", "about": [str(uuid4())]}
    ).is_valid()
    assert HandOverForm(PEOPLE, {"person": str(WHO), "words": "away"}).is_valid()
    assert not HandOverForm(PEOPLE, {"person": str(uuid4()), "words": "away"}).is_valid()


def test_a_step_and_an_answer_need_words() -> None:
    assert set(WordsForm({}).errors) == {"words"}
    assert set(AnswerForm({}).errors) == {"words", "outcome"}
