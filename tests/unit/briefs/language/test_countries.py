from waystation.briefs.language.countries import COUNTRIES


def test_every_country_has_both_names() -> None:
    for code, (english, korean) in COUNTRIES.items():
        assert len(code) == 2
        assert code.isupper()
        assert english.strip()
        assert any("가" <= letter <= "힣" for letter in korean)


def test_no_two_countries_share_a_name() -> None:
    for names in zip(*COUNTRIES.values(), strict=True):
        assert len(set(names)) == len(COUNTRIES)
