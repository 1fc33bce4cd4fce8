import pytest

from waystation.matching.word import WordLevel, compare_words, keys_of, read_word


def level(one: str, other: str, *, sounds: bool = True) -> WordLevel | None:
    words = [read_word(text, sounds=sounds) for text in (one, other)]
    assert words[0] is not None
    assert words[1] is not None
    there, back = compare_words(words[0], words[1]), compare_words(words[1], words[0])
    assert there is back
    return there


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("O'Brien", "obrien", WordLevel.SAME),
        ("Sung-eun", "Seung Eun", WordLevel.SOUND),
        ("김", "Gim", WordLevel.SOUND),
        ("성은", "승은", WordLevel.CLOSE),
        ("성은", "Seung-eun", WordLevel.CLOSE),
        ("kilmartin", "kilmatrin", WordLevel.CLOSE),
        ("Young-hee", "Young-soo", WordLevel.LIKE),
        ("Xiaoping", "Xiaoming", WordLevel.LIKE),
        ("سعيد", "سعد", WordLevel.LIKE),
        ("علی", "علي", WordLevel.SOUND),
        ("نور", "Noor", WordLevel.SOUND),
        ("陈", "Chan", WordLevel.SOUND),
        ("district 3", "district 6", WordLevel.LIKE),
        ("district 3", "distrcit 3", WordLevel.CLOSE),
        ("waller", "purdon", WordLevel.UNLIKE),
        ("김", "Waller", WordLevel.UNLIKE),
        ("김", "محمد", None),
        ("Иван", "Ivan", None),
    ],
)
def test_words_agree_as_far_as_they_do(one: str, other: str, wanted: WordLevel | None) -> None:
    assert level(one, other) is wanted


def test_without_sounds_only_the_spelling_counts() -> None:
    assert level("Sung", "Seung") is WordLevel.SOUND
    assert level("Jung", "Cheong", sounds=False) is WordLevel.UNLIKE
    assert level("Jung", "Cheong") is WordLevel.SOUND


def test_nothing_to_read_is_no_word() -> None:
    assert read_word(" - ") is None


def test_words_that_sound_alike_share_a_key() -> None:
    one, other = read_word("김"), read_word("Gim")
    assert one is not None
    assert other is not None
    assert keys_of(one) & keys_of(other)
