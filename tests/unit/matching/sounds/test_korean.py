import pytest

from waystation.matching.sounds.korean import hangul_reading, keys_of, latin_readings, near_sound, same_sound


def sound_alike(hangul: str, latin: str) -> bool:
    return any(same_sound(hangul_reading(hangul), reading) for reading in latin_readings(latin))


@pytest.mark.parametrize(
    ("hangul", "spellings"),
    [
        ("김", "gim kim"),
        ("이", "i lee yi ri rhee"),
        ("박", "bak pak park"),
        ("최", "choe choi"),
        ("정", "jeong jung chung chong"),
        ("성은", "seong-eun sung-eun seongeun song-un"),
        ("승은", "seung-eun sung-eun sungeun"),
        ("영희", "yeonghui young-hee yong-hui"),
        ("현", "hyeon hyun hyon"),
        ("순옥", "sunok soon-ok sun-ok"),
        ("류", "ryu yu yoo"),
    ],
)
def test_hangul_sounds_like_each_of_its_spellings(hangul: str, spellings: str) -> None:
    assert [spelt for spelt in spellings.split() if not sound_alike(hangul, spelt)] == []


@pytest.mark.parametrize(
    ("hangul", "latin"), [("민서", "min-jun"), ("철수", "chul-ho"), ("영희", "young-soo"), ("조", "choi")]
)
def test_another_name_does_not_sound_alike(hangul: str, latin: str) -> None:
    assert not sound_alike(hangul, latin)


def test_two_vowels_taken_for_each_other_are_near_but_not_the_same() -> None:
    one, other = hangul_reading("성은"), hangul_reading("승은")
    assert not same_sound(one, other)
    assert near_sound(one, other)
    assert not near_sound(one, hangul_reading("성민"))


def test_north_and_south_write_one_initial_sound_in_two_ways() -> None:
    assert same_sound(hangul_reading("리"), hangul_reading("이"))
    assert not same_sound(hangul_reading("김리"), hangul_reading("김이"))


def test_a_word_that_cannot_be_korean_has_no_reading() -> None:
    assert latin_readings("schwartz") == ()
    assert latin_readings("a" * 25) == ()


def test_names_that_are_near_share_a_key() -> None:
    keys = keys_of(hangul_reading("성은"))
    assert all(
        keys & {key for reading in latin_readings(s) for key in keys_of(reading)} for s in ("sung-eun", "seungeun")
    )
    assert not keys & keys_of(hangul_reading("민준"))
