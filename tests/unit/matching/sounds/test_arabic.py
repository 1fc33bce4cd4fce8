import pytest

from waystation.matching.sounds.arabic import arabic_readings, keys_of, latin_readings, same_sound


def alike(one: str, other: str) -> bool:
    read = [latin_readings(word) if word.isascii() else arabic_readings(word) for word in (one, other)]
    return any(same_sound(a, b) for a in read[0] for b in read[1])


@pytest.mark.parametrize(
    ("one", "others"),
    [
        ("محمد", "mohammed muhammad mohamad"),
        ("حسين", "hussein husayn hossein"),
        ("يوسف", "yusuf youssef"),
        ("عبدالرحمن", "abdulrahman abd-al-rahman abdurrahman abderrahmane"),
        ("فاطمة", "fatima fatma fatimah"),
        ("علي", "ali"),
        ("عائشة", "aisha aicha"),
        ("جمال", "jamal gamal djamal"),
        ("نوید", "navid nawid naveed"),
        ("داود", "dawood daoud dawud"),
        ("سعيد", "saeed said"),
        ("قاسم", "qasim kassem"),
        ("mohammed", "muhammad mohamed"),
        ("youssef", "yusuf"),
    ],
)
def test_a_name_sounds_like_each_of_its_spellings(one: str, others: str) -> None:
    assert [spelt for spelt in others.split() if not alike(one, spelt)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("حسن", "hussein"),
        ("حسين", "hassan"),
        ("محمد", "mahmoud"),
        ("hassan", "hussein"),
        ("mohamad", "mahmoud"),
        ("khalid", "khalil"),
        ("karim", "karam"),
        ("samir", "samira"),
        ("سعد", "saeed"),
        ("ahmed", "hamid"),
        ("seung-eun", "sung-hyun"),
    ],
)
def test_another_name_does_not_sound_alike(one: str, other: str) -> None:
    assert not alike(one, other)


def test_a_single_consonant_before_vowels_is_no_reading() -> None:
    assert latin_readings("choi") == ()
    assert latin_readings("ali") != ()


def test_letters_that_are_no_spelling_give_no_reading() -> None:
    assert latin_readings("m1ra") == ()


def test_spellings_of_one_name_share_a_key() -> None:
    wanted = {key for reading in arabic_readings("محمد") for key in keys_of(reading)}
    assert wanted & {key for reading in latin_readings("mohammed") for key in keys_of(reading)}
