import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.continuity.office_card import card_from_text, card_of, card_to_text
from waystation.kernel import BadInputError
from waystation.vault import OfficeKeys

ONE, TWO = OfficeKeys(b"1" * 32), OfficeKeys(b"2" * 32)


def test_a_card_is_read_as_it_was_written() -> None:
    assert card_from_text(card_to_text(ONE)) == card_of(ONE)


def test_a_fingerprint_is_eight_groups_and_each_offices_own() -> None:
    first, second = card_of(ONE).fingerprint, card_of(TWO).fingerprint
    assert [len(group) for group in first] == [5] * 8
    assert "".join(first).isdigit()
    assert first != second
    assert first == card_of(OfficeKeys(b"1" * 32)).fingerprint


def test_a_key_that_was_exchanged_is_noticed() -> None:
    mixed = json.loads(card_to_text(ONE)) | {"box": json.loads(card_to_text(TWO))["box"]}
    with pytest.raises(BadInputError):
        card_from_text(json.dumps(mixed))


@given(st.integers(0, 10_000))
@settings(deadline=None, max_examples=40)
def test_a_letter_that_was_mistyped_is_noticed(place: int) -> None:
    text = card_to_text(ONE)
    place %= len(text)
    changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
    with pytest.raises(BadInputError):
        card_from_text(changed)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "[" * 3000, "x" * 5000, '{"waystation_office": 1}'])
def test_what_is_no_card_is_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        card_from_text(text)
