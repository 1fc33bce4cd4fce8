import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.kernel import closest, is_code


@pytest.mark.parametrize("text", ["a", "9", "kp-out", "L_7", "x" * 32])
def test_a_code(text: str) -> None:
    assert is_code(text)


@pytest.mark.parametrize("text", ["", "x" * 33, "-a", "_a", "a b", "a.b", "가", "a\n", "é"])
def test_no_code(text: str) -> None:
    assert not is_code(text)


def test_the_nearest_id_is_what_was_meant() -> None:
    assert closest("rivr", ["patrols", "river", "law"]) == "river"


def test_case_does_not_matter_and_the_id_keeps_its_own() -> None:
    assert closest("BORDER-NORHT", ["Border-North", "border-south"]) == "Border-North"


def test_nothing_near_is_nothing() -> None:
    assert closest("law", ["river", "patrols"]) is None
    assert closest("law", []) is None


@given(st.lists(st.from_regex(r"[a-z][a-z0-9]{0,9}", fullmatch=True), min_size=1, unique=True), st.data())
def test_an_id_is_nearest_to_itself(known: list[str], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(known))
    assert closest(word, known) == word
