import pytest

from waystation.formats.flee.countries import COUNTRY_NAMES, country_code, country_name
from waystation.formats.kinds.countries import COUNTRIES


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Mali", "ML"),
        ("Burkina_Faso", "BF"),
        ("burkina faso", "BF"),
        ("DRC", "CD"),
        ("Guinea", "GN"),
        ("Guinea-Bissau", "GW"),
        ("Cote_d'Ivoire", "CI"),
        ("ss", "SS"),
        ("Arden", None),
        ("", None),
    ],
)
def test_a_name_has_a_code(name: str, code: str | None) -> None:
    assert country_code(name) == code


def test_every_name_leads_back_to_its_code() -> None:
    assert set(COUNTRY_NAMES) <= COUNTRIES
    assert len(COUNTRY_NAMES) > 190
    for code, names in COUNTRY_NAMES.items():
        assert all(country_code(name) == code for name in names), code
    first = [names[0] for names in COUNTRY_NAMES.values()]
    assert len(set(first)) == len(first)


def test_a_code_without_a_name_is_its_own() -> None:
    assert country_name("SS") == "South_Sudan"
    assert country_name("AQ") == "AQ"
