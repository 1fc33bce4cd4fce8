import pytest

from waystation.matching.scripts import Script, fold, script_of, squeezed, without_marks, words_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Kim", Script.LATIN),
        ("김성은", Script.HANGUL),
        ("陈", Script.HAN),
        ("محمد", Script.ARABIC),
        ("Иван", Script.OTHER),
        ("12", Script.OTHER),
    ],
)
def test_a_script_is_known_by_its_letters(text: str, script: Script) -> None:
    assert script_of(text) is script


def test_folding_tells_no_case_mark_or_apostrophe_apart() -> None:
    assert fold("  Sŏng-ŭn  CH’OE ") == "song-un choe"
    assert fold("Müller Øst") == "muller ost"
    assert fold("김성은") == "김성은"
    assert fold("مُحَمَّد") == fold("محمد") == fold("محمــد")
    assert fold("أحمد") == fold("احمد")


def test_marks_are_left_out_and_letters_kept() -> None:
    assert without_marks("Ch'ŏl") == "Chŏl"


def test_words_are_parted_by_everything_but_hyphens() -> None:
    assert words_of("Kim, Seung-eun / B.") == ("Kim", "Seung-eun", "B")
    assert words_of(" - ") == ()


def test_squeezing_leaves_letters_and_digits() -> None:
    assert squeezed("flat 3, st. john-s") == "flat3stjohns"
