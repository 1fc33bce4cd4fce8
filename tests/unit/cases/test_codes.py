from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.cases.codes import WORDS, longer_code, new_code, said, turned


def steps_between(first: str, second: str) -> int:
    """How many letters must be put in, left out or changed to make one word the other."""
    row = list(range(len(second) + 1))
    for place, letter in enumerate(first, 1):
        above, row = row, [place]
        for column, other in enumerate(second, 1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (letter != other)))
    return row[-1]


def test_no_two_words_look_alike() -> None:
    assert [pair for pair in combinations(WORDS, 2) if steps_between(*pair) < 3] == []


def test_no_two_words_begin_alike() -> None:
    assert len({word[:4] for word in WORDS}) == len(WORDS)


def test_every_word_is_short_and_plain() -> None:
    assert [word for word in WORDS if not (word.isascii() and word.islower() and 4 <= len(word) <= 8)] == []


def test_there_are_enough_words_for_a_large_office() -> None:
    assert len(WORDS) * (len(WORDS) - 1) > 40_000


def test_a_code_is_two_different_words_of_the_list() -> None:
    codes = [new_code() for _ in range(400)]
    for code in codes:
        first, second = code.split("-")
        assert first != second
        assert {first, second} <= set(WORDS)
    assert len(set(codes)) > 390


@given(st.sampled_from(WORDS), st.sampled_from(WORDS), st.sampled_from(["-", " ", "  ", " - "]), st.booleans())
@settings(deadline=None, max_examples=30)
def test_a_code_said_on_the_telephone_is_found(first: str, second: str, between: str, loud: bool) -> None:
    heard = f" {first}{between}{second} "
    assert said(heard.upper() if loud else heard) == f"{first}-{second}"


def test_a_code_turned_twice_is_itself() -> None:
    assert turned("amber-lantern") == "lantern-amber"
    assert turned(turned("amber-lantern")) == "amber-lantern"


def test_a_longer_code_is_said_and_turned_like_a_short_one() -> None:
    code = longer_code()
    first, second, number = code.split("-")
    assert len(code) <= 20
    assert {first, second} <= set(WORDS)
    assert 10 <= int(number) <= 99
    assert turned(code) == f"{second}-{first}-{number}"
    assert turned(turned(code)) == code
    assert said(f"{first.title()} {second}  {number}") == code
