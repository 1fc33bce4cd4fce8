from django import forms
from django.contrib.messages.constants import SUCCESS
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.utils.translation import override

from waystation.web.templatetags.frame import boxes, control, kind, undo


class Everything(forms.Form):
    code = forms.CharField(help_text="Two words.")
    place = forms.ChoiceField(choices=[("a", "A")])
    agreed = forms.BooleanField()
    way = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, required=False)


def test_each_kind_of_field_has_its_look() -> None:
    form = Everything()
    looks = {
        name: ("form-control", "form-select", "form-check-input")[at]
        for at, name in enumerate(("code", "place", "agreed"))
    }
    assert all(f'class="{look}"' in control(form[name]) for name, look in looks.items())
    assert [kind(field) for field in form] == ["line", "line", "check", "group"]


def test_the_boxes_of_a_group_have_the_look_too() -> None:
    assert all('class="form-check-input"' in str(box.tag()) for box in boxes(Everything()["way"]))


def test_a_wrong_field_is_marked_and_described() -> None:
    field = Everything({"code": ""})["code"]
    assert 'is-invalid"' in control(field)
    assert 'aria-invalid="true"' in control(field)
    assert 'aria-describedby="id_code_helptext id_code_error"' in control(field)


def rendered(form: forms.Form) -> str:
    with override("en"):
        return engines["django"].from_string('{% include "web/parts/form.html" %}').render({"form": form})


def test_the_error_summary_leads_to_the_fields_and_the_value_is_kept() -> None:
    page = rendered(Everything({"code": "", "place": "z", "agreed": "on"}))
    assert "2 things to put right" in page
    assert 'href="#id_code"' in page
    assert 'href="#id_place"' in page
    assert "checked" in page


def test_every_description_that_is_named_is_there() -> None:
    page = rendered(Everything({"code": "", "place": "", "agreed": ""}))
    for described in ("id_code_helptext", "id_code_error", "id_place_error", "id_agreed_error"):
        assert f'id="{described}"' in page


def test_a_form_without_faults_has_no_summary() -> None:
    assert "error-summary" not in rendered(Everything())


def test_a_field_that_may_stay_empty_says_so() -> None:
    assert rendered(Everything()).count("(optional)") == 1


def test_the_way_back_is_read_from_a_message() -> None:
    assert undo(Message(SUCCESS, "Kept.", extra_tags="undo:/back")) == "/back"
