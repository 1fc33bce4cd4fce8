from datetime import date
from string import Formatter
from typing import Any

import pytest

from waystation.cases.letters.draft import (
    END_OF_ISOLATE,
    ISOLATE,
    LANGUAGES,
    RIGHT_TO_LEFT,
    direction,
    draft_letter,
    texts,
)
from waystation.cases.models import REASONS, SPOKEN
from waystation.kernel import BrokenPromiseError

ALL = [(language, outcome, reason) for language in LANGUAGES for outcome in REASONS for reason in REASONS[outcome]]


def test_every_language_says_the_same_sentences_with_the_same_places() -> None:
    english = texts("en")
    for language in LANGUAGES:
        said = texts(language)
        assert said.keys() == english.keys()
        for key, text in said.items():
            places = {name for _, name, _, _ in Formatter().parse(text) if name}
            assert places == {name for _, name, _, _ in Formatter().parse(english[key]) if name}
            assert text.strip() == text != ""
    assert set(LANGUAGES) < set(SPOKEN)


@pytest.mark.parametrize(("language", "outcome", "reason"), ALL)
def test_every_reason_has_its_letter(language: str, outcome: str, reason: str) -> None:
    letter = draft_letter(
        language=language, outcome=outcome, reason=reason, code="amber-lantern", review_on=date(2031, 6, 1)
    )
    assert texts(language)[f"{outcome}.{reason}"] in letter
    assert f"{ISOLATE}amber-lantern{END_OF_ISOLATE}" in letter
    assert f"{ISOLATE}2031-06-01{END_OF_ISOLATE}" in letter


def test_arabic_is_written_from_right_to_left() -> None:
    assert {language for language in LANGUAGES if direction(language) == "rtl"} == RIGHT_TO_LEFT == {"ar"}


def test_a_language_without_letters_gets_the_english_one_and_an_unknown_reason_none() -> None:
    asked: dict[str, Any] = {"outcome": "accepted", "reason": "medical", "code": "amber-lantern"}
    assert draft_letter(language="other", **asked) == draft_letter(language="en", **asked)
    with pytest.raises(BrokenPromiseError):
        draft_letter(language="en", outcome="accepted", reason="no_money", code="amber-lantern")
