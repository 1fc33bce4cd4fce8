from waystation.matching.sounds.chinese import pinyin_syllables
from waystation.matching.sounds.southern import SOUTHERN


def test_common_surnames_are_there() -> None:
    assert SOUTHERN["wong"] == {"wang", "huang"}
    assert {"chan", "cheung", "ng", "tan", "lim", "kwok"} <= SOUTHERN.keys()


def test_every_reading_is_a_syllable_of_pinyin() -> None:
    assert {syllable for syllables in SOUTHERN.values() for syllable in syllables} - pinyin_syllables() == set()
    assert "wang" in pinyin_syllables()
