from uuid import uuid4

import pytest

from waystation.web.views.door.forms import ConfirmForm, PassphraseForm, RecoverForm, RepeatForm, SharesForm


@pytest.mark.parametrize("form", [PassphraseForm(), RepeatForm(), SharesForm(), ConfirmForm([2, 4]), RecoverForm([])])
def test_no_browser_is_asked_to_keep_or_check_what_is_typed(form: object) -> None:
    fields = getattr(form, "fields").items()  # noqa: B009 - forms of several classes
    for name, field in fields:
        if name != "person":
            assert field.widget.attrs["autocomplete"] == "off"
            assert field.widget.attrs["spellcheck"] == "false"
            assert field.widget.input_type != "password" if hasattr(field.widget, "input_type") else True


def test_sheets_are_asked_for_by_number_or_any() -> None:
    assert [field.label for field in ConfirmForm([2, 5]).fields.values()] == [
        "The 33 words of sheet 2",
        "The 33 words of sheet 5",
    ]
    assert "1 of 2" in str(next(iter(ConfirmForm([0, 0]).fields.values())).label)


def test_what_was_typed_is_given_in_order() -> None:
    form = SharesForm({f"share_{place}": f"words {place}" for place in range(3)})
    assert form.is_valid()
    assert form.typed == ["words 0", "words 1", "words 2"]


def test_one_of_the_people_is_chosen() -> None:
    person = uuid4()
    assert RecoverForm([(person, "Invented")], {"person": str(person), "typed": "words"}).is_valid()
    assert not RecoverForm([(person, "Invented")], {"person": str(uuid4()), "typed": "words"}).is_valid()
