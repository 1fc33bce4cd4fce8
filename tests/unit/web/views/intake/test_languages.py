import pytest
from django.utils.translation import override

from waystation.intake.forms.form import Form
from waystation.web.views.intake.languages import language_of


@pytest.mark.parametrize(
    ("active", "languages", "expected"),
    [
        ("ko", ("English (en)", "한국어 (ko)"), "한국어 (ko)"),
        ("ko", ("English", "Korean"), "Korean"),
        ("ko", ("English", "한국어"), "한국어"),
        ("en", ("한국어", "english"), "english"),
        ("ko", ("French (fr)",), "French (fr)"),
        ("ko", ("",), ""),
    ],
)
def test_a_form_is_read_in_the_readers_language_where_it_has_it(
    active: str, languages: tuple[str, ...], expected: str
) -> None:
    with override(active):
        assert language_of(Form("f", "F", (), languages=languages)) == expected
