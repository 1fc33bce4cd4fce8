import pytest

from waystation.intake.faults import FaultCode
from waystation.intake.xlsform.headers import normal_header, unused_headers
from waystation.intake.xlsform.workbook import FormSheet


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("label:English (en)", "label::English (en)"),
        ("label::한국어 (ko)", "label::한국어 (ko)"),
        ("caption:english", "label::english"),
        ("bind:relevant", "relevant"),
        ("bind::relevant", "relevant"),
        ("relevance", "relevant"),
        ("bind:jr:constraintMsg", "constraint_message"),
        ("constraint-msg", "constraint_message"),
        ("media:image:english", "media::image::english"),
        ("list name", "list_name"),
        ("read only", "read_only"),
        ("Label", "label"),
        ("My Notes", "My Notes"),
    ],
)
def test_every_spelling_of_a_header_is_one(written: str, normal: str) -> None:
    assert normal_header(written) == normal


def test_a_column_nobody_reads_is_named_but_a_choice_may_have_its_own() -> None:
    sheet = FormSheet("survey", ("type", "name", "tutorial notes", "save_to"), 1)
    assert [(each.code, each.column) for each in unused_headers(sheet, "survey")] == [
        (FaultCode.HEADER_NOT_USED, "tutorial notes"),
        (FaultCode.HEADER_NOT_USED, "save_to"),
    ]
    assert list(unused_headers(FormSheet("choices", ("list_name", "name", "label", "region"), 1), "choices")) == []


def test_sending_elsewhere_is_no_setting_here() -> None:
    found = list(unused_headers(FormSheet("settings", ("form_id", "submission_url"), 1), "settings"))
    assert [(each.code, each.column) for each in found] == [(FaultCode.SETTING_UNSUPPORTED, "submission_url")]
