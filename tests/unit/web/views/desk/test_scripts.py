import pytest

from waystation.cases.models import SCRIPTS
from waystation.web.views.desk.scripts import script_of


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("Pak Un-ju", "latin"),
        ("박은주", "hangul"),
        ("김성은 Kim", "hangul"),
        ("王小明", "han"),
        ("ليلى", "arabic"),
        ("Ольга", "cyrillic"),
        ("สมชาย", "thai"),
        ("ບຸນມີ", "lao"),
        ("נועה", "other"),
        ("...", "other"),
        ("", "other"),
    ],
)
def test_a_name_is_in_the_script_of_most_of_its_letters(name: str, script: str) -> None:
    assert script_of(name) == script
    assert script in SCRIPTS
