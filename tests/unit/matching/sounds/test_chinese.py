import pytest

from waystation.matching.sounds.chinese import han_reading, keys_of, latin_readings, same_sound, wade_giles


def sound_alike(han: str, latin: str) -> bool:
    return any(same_sound(han_reading(han), reading) for reading in latin_readings(latin))


@pytest.mark.parametrize(
    ("han", "spellings"),
    [
        ("陈", "chen chan tan"),
        ("張", "zhang chang cheung"),
        ("小平", "xiaoping hsiao-ping siu-ping"),
        ("国强", "guoqiang kuo-chiang kwok-keung"),
        ("志明", "zhiming chih-ming chi-ming"),
        ("吕", "lv lyu lu"),
        ("单", "shan"),
    ],
)
def test_characters_sound_like_each_of_their_spellings(han: str, spellings: str) -> None:
    assert [spelt for spelt in spellings.split() if not sound_alike(han, spelt)] == []


@pytest.mark.parametrize(("han", "latin"), [("小平", "xiaoming"), ("伟", "weiwu"), ("王", "huang")])
def test_another_name_does_not_sound_alike(han: str, latin: str) -> None:
    assert not sound_alike(han, latin)


def test_simplified_and_traditional_characters_sound_alike() -> None:
    assert same_sound(han_reading("陈国强"), han_reading("陳國強"))


@pytest.mark.parametrize(
    ("syllable", "written"),
    [
        ("xiao", "hsiao"),
        ("zhi", "chih"),
        ("qiang", "ch'iang"),
        ("dong", "tung"),
        ("guo", "kuo"),
        ("jian", "chien"),
        ("ren", "jen"),
    ],
)
def test_wade_giles_is_written_by_its_rules(syllable: str, written: str) -> None:
    assert wade_giles(syllable) == written


def test_a_word_that_cannot_be_chinese_has_no_reading() -> None:
    assert latin_readings("johnson") == ()
    assert latin_readings("a" * 25) == ()


def test_spellings_of_one_name_share_a_key() -> None:
    keys = keys_of(han_reading("小平"))
    assert all(
        keys & {key for reading in latin_readings(s) for key in keys_of(reading)} for s in ("xiaoping", "hsiao-ping")
    )
