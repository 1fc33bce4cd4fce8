from datetime import date

from waystation.cases.models import AGE_BANDS
from waystation.cases.steps.vocabulary import Priority
from waystation.web.views.desk.request_forms import STAGES, faulty_stage, first_call, form_of

TYPED = {
    "for_whom": ["Pak Un-ju"],
    "asker": ["self"],
    "answer_way": ["telephone"],
    "answer_address": ["the second number"],
    "heads_18-59": ["2"],
    "heads_disputed": ["1"],
    "priority": ["urgent"],
    "deadline": ["2031-05-01"],
    "contact_consent": ["not_asked"],
}


def test_what_was_said_becomes_a_first_call() -> None:
    assert faulty_stage(TYPED) == ""
    call = first_call(TYPED)
    assert (call.asker, call.priority, call.deadline) == ("self", Priority.URGENT, date(2031, 5, 1))
    assert {band: count for band, count in call.heads.items() if count} == {"18-59": 2, "disputed": 1}
    assert set(call.heads) == set(AGE_BANDS)


def test_the_first_thing_that_is_wrong_is_found() -> None:
    assert faulty_stage({}) == "for_whom"
    assert faulty_stage({**TYPED, "heads_18-59": ["0"], "heads_disputed": [""]}) == "people"
    assert faulty_stage({**TYPED, "contact_consent": ["perhaps"]}) == "consent"


def test_a_page_looks_at_what_was_typed_without_judging_it() -> None:
    form = form_of("people", {"heads_18-59": ["many"]}, bound=False)
    assert not form.errors
    assert form.initial["heads_18-59"] == "many"
    assert form_of("danger", {}, bound=False).initial["priority"] == "normal"


def test_nothing_else_is_asked_before_it_was_verified() -> None:
    fields = {name for stage in STAGES for name in form_of(stage, {}, bound=False).fields}
    assert fields == {
        *("for_whom", "asker", "asker_name", "answer_way", "answer_address", "answer_time", "language"),
        *(f"heads_{band}" for band in AGE_BANDS),
        *("region", "danger", "priority", "deadline", "contact_consent"),
    }
