import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.briefs.language import with_particle


@pytest.mark.parametrize(
    ("word", "particle", "expected"),
    [
        ("메콩강", "을", "메콩강을"),
        ("라오스", "을", "라오스를"),
        ("태국", "이", "태국이"),
        ("북부", "이", "북부가"),
        ("서울", "으로", "서울로"),
        ("대한민국", "으로", "대한민국으로"),
        ("라오스", "으로", "라오스로"),
        ("L7", "을", "L7을"),
        ("L2", "을", "L2를"),
        ("L7", "으로", "L7로"),
        ("L3", "으로", "L3으로"),
        ("L10", "은", "L10은"),
        ("leg-M", "과", "leg-M과"),
        ("leg-A", "과", "leg-A와"),
        ("94.3 %", "이며", "94.3 %며"),
        ("구간(배, 라오스로 이동)", "으로", "구간(배, 라오스로 이동)으로"),
        ("Mekong", "이", "Mekong이"),
        ("China", "을", "China를"),
        ("Kent", "을", "Kent을(를)"),
        ("?!", "은", "?!은(는)"),
    ],
)
def test_particle_follows_the_last_sound(word: str, particle: str, expected: str) -> None:
    assert with_particle(word, particle) == expected


@settings(deadline=None)
@given(st.text(), st.sampled_from(["은", "이", "을", "과", "으로", "이나", "이며", "이면"]))
def test_any_word_at_all_keeps_its_letters(word: str, particle: str) -> None:
    assert with_particle(word, particle).startswith(word)
    assert len(with_particle(word, particle)) > len(word)
