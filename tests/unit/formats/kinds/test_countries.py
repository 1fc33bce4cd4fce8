from waystation.formats.kinds.countries import COUNTRIES


def test_the_codes_of_the_standard_and_one_more() -> None:
    assert len(COUNTRIES) == 249 + 1
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in COUNTRIES)
    assert {"KP", "KR", "CN", "MN", "VN", "LA", "TH", "AF", "GB", "XK"} <= COUNTRIES
    assert "UK" not in COUNTRIES
