import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.intake.expressions.patterns import PatternError, matches


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        (r"^[0-9]{10}$", "0123456789", "012345678"),
        (r"\+?\d{7,15}", "+8210123456", "123"),
        (r"[A-Z][a-z]+( [A-Z][a-z]+)*", "Anna Bell", "anna"),
        (r"(a|bc)?d", "bcd", "abcd"),
        (r"[^,]{2,}", "ab", "a,"),
        (r"\w+@\w+\.org", "a@b.org", "a@borg"),
        (r"[\d\-]+", "1-2", "1_2"),
        ("[가-힣]+", "하늘", "sky"),
        ("a.c", "abc", "a\nc"),
        ("", "", "a"),
    ],
)
def test_patterns_match_whole_texts(pattern: str, yes: str, no: str) -> None:
    assert matches(pattern, yes)
    assert not matches(pattern, no)


@pytest.mark.parametrize(
    "pattern",
    [
        "(?=a)b",
        r"(a)\1",
        "a**",
        "a{1",
        "a{999}",
        "[a",
        "(a",
        "a)",
        r"\bx",
        "(" * 50,
        "x" * 400,
        "((a{99}){99}){9}",
        "*",
    ],
)
def test_what_is_not_supported_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        matches(pattern, "a")


def test_no_pattern_makes_anybody_wait() -> None:
    began = time.process_time()
    assert not matches("(a|a)+(a|aa)+", "a" * 1_500 + "b")
    assert not matches("(([a-z])+.)+[A-Z]([a-z])+", "a" * 1_500)
    assert time.process_time() - began < 2


@settings(deadline=None, max_examples=30)
@given(st.text("ab|()*+?.[]^$", max_size=12), st.text("ab", max_size=6))
def test_it_agrees_with_pythons_own_wherever_both_read_a_pattern(pattern: str, text: str) -> None:
    try:
        mine = matches(pattern, text)
    except PatternError:
        return
    bare = pattern.removeprefix("^").removesuffix("$")
    try:
        expected = re.fullmatch(f"(?:{bare})", text) is not None
    except re.error:
        return
    assert mine == expected
