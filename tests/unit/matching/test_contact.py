import pytest

from waystation.matching.contact import Contact, ContactLevel, compare_contacts, keys_of, read_contact


def read(text: str) -> Contact:
    found = read_contact(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("010-1234-5678", "010 1234 5678", ContactLevel.SAME),
        ("+82 10-1234-5678", "0082 10 1234 5678", ContactLevel.SAME),
        ("+82 10-1234-5678", "010-1234-5678", ContactLevel.SAME_BUT_CODE),
        ("+86 138 0013 8000", "13800138000", ContactLevel.SAME_BUT_CODE),
        ("010-1234-5678", "010-1234-5687", ContactLevel.ONE_ERROR),
        ("010-1234-5678", "010-8765-4321", ContactLevel.UNLIKE),
        ("Kim@example.org", "kim@example.org", ContactLevel.SAME),
        ("kim@example.org", "kin@example.org", ContactLevel.ONE_ERROR),
        ("kim@example.org", "010-1234-5678", ContactLevel.UNLIKE),
    ],
)
def test_contacts_agree_as_far_as_they_do(one: str, other: str, wanted: ContactLevel) -> None:
    assert compare_contacts(read(one), read(other)) is wanted
    assert compare_contacts(read(other), read(one)) is wanted


def test_too_few_digits_are_no_number() -> None:
    assert read_contact("112") is None


def test_a_number_with_and_without_its_countrys_code_shares_a_key() -> None:
    assert keys_of(read("+82 10-1234-5678")) & keys_of(read("010-1234-5678"))
    assert keys_of(read("kim@example.org")) == {"@kim@example.org"}
