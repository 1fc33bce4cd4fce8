import unicodedata
from base64 import b64decode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mnemonic import Mnemonic

from waystation.kernel import BadInputError
from waystation.vault import (
    CHEAP,
    STRONG,
    Cost,
    TooLargeError,
    generate_passphrase,
    is_strong_enough,
    passphrase,
    stretch,
)
from waystation.vault.passphrase import Language, folded

SALT = bytes(range(16))


@pytest.mark.parametrize(("language", "name"), [("en", "english"), ("ko", "korean")])
@pytest.mark.parametrize("words", [6, 7, 12])
def test_generated_words_come_from_the_list_differ_and_are_shown_composed(
    language: Language, name: str, words: int
) -> None:
    made = generate_passphrase(language, words)
    assert made == unicodedata.normalize("NFC", made)
    drawn = made.split(" ")
    known = {unicodedata.normalize("NFC", word) for word in Mnemonic(name).wordlist}
    assert len(known) == 2048
    assert len(set(drawn)) == words
    assert set(drawn) <= known
    assert is_strong_enough(made)


def test_every_word_is_drawn_sooner_or_later() -> None:
    drawn = {word for _ in range(1500) for word in generate_passphrase("ko", 24).split()}
    assert len(drawn) == 2048


@pytest.mark.parametrize("words", [0, 1, 5, 25, -1])
def test_never_under_six_words(words: int) -> None:
    with pytest.raises(BadInputError):
        generate_passphrase("en", words)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(BadInputError):
        generate_passphrase("fr")  # type: ignore[arg-type]  # what a caller without types may give


@pytest.mark.parametrize(
    ("typed", "strong"),
    [
        ("river stone winter lamp garden road", True),
        ("River  STONE winter\nlamp garden road ", True),
        ("강물 돌담 겨울 등불 정원 도로", True),
        ("river stone winter lamp garden", False),
        ("river river river river river river river", False),
        ("river River RIVER stone winter lamp", False),
        ("a b c d e f g h", False),
        ("ab cd ef gh ij kl", False),
        ("abc def ghi jkl mno pqr", True),
        ("one two three four five six " + "x" * 996, True),
        ("one two three four five six " + "x" * 997, False),
        ("correcthorsebatterystaple!1A", False),
        ("", False),
        ("one two three four five six " * 60, False),
    ],
)
def test_six_different_words_or_more(typed: str, strong: bool) -> None:
    assert is_strong_enough(typed) is strong


def test_either_form_of_korean_and_any_case_and_space_give_one_key() -> None:
    made = generate_passphrase("ko")
    key = stretch(made, SALT, CHEAP)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert stretch(unicodedata.normalize(form, made), SALT, CHEAP) == key
    assert stretch("  " + made.replace(" ", "\u3000 \t") + "\n", SALT, CHEAP) == key
    assert stretch("River STONE", SALT, CHEAP) == stretch("river stone", SALT, CHEAP)
    assert stretch("riverstone", SALT, CHEAP) != stretch("river stone", SALT, CHEAP)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded(unicodedata.normalize("NFC", text)) == folded(text) == folded(unicodedata.normalize("NFD", text))


def test_libsodiums_own_vector_for_argon2id() -> None:
    # test/default/pwhash_argon2id.c: $argon2id$v=19$m=4882,t=2,p=1$..., of an empty password
    salt, key = b64decode("bA81arsiXysd3WbTRzmEOw=="), b64decode("Nm8QBM+7RH1DXo9rvp5cwKEOOOfD2g6JuxlXihoNcpE=")
    assert stretch("", salt, Cost(4882, 2)) == key


def test_salt_cost_and_words_all_count() -> None:
    keys = {
        stretch("river stone", SALT, CHEAP),
        stretch("river stones", SALT, CHEAP),
        stretch("river stone", bytes(16), CHEAP),
        stretch("river stone", SALT, Cost(128, 1)),
        stretch("river stone", SALT, Cost(64, 2)),
    }
    assert len(keys) == 5
    assert all(len(key) == 32 for key in keys)


def test_what_protects_a_device_is_256_mib_and_three_passes() -> None:
    assert Cost(262144, 3) == STRONG


def test_costs_at_their_bounds_are_accepted() -> None:
    assert {Cost(8, 1), Cost(8, 16), Cost(1024 * 1024, 1), Cost(1024 * 1024, 16)}
    assert Cost(64, 1) == CHEAP
    assert len(stretch("river stone", SALT, Cost(8, 1))) == 32


@pytest.mark.parametrize(("memory", "passes"), [(7, 1), (0, 1), (-1, 1), (1024 * 1024 + 1, 1), (64, 0), (64, 17)])
def test_a_cost_out_of_bounds_is_refused(memory: int, passes: int) -> None:
    with pytest.raises(BadInputError):
        Cost(memory, passes)


def test_a_long_passphrase_is_stretched_up_to_1024_characters() -> None:
    assert len(stretch("x" * 1024, SALT, CHEAP)) == 32
    with pytest.raises(BadInputError):
        stretch("x" * 1025, SALT, CHEAP)


def test_seven_words_unless_asked_otherwise() -> None:
    assert len(generate_passphrase("en").split()) == 7


def test_bad_arguments_are_refused_without_being_repeated() -> None:
    with pytest.raises(BadInputError):
        stretch("river stone", b"short", CHEAP)
    with pytest.raises(BadInputError) as refused:
        stretch("geheim" * 1000, SALT, CHEAP)
    assert "geheim" not in str(refused.value)
    assert len(stretch("half a pair \ud800", SALT, CHEAP)) == 32


def test_too_little_memory_is_an_error_of_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise RuntimeError("Key derivation failed")

    monkeypatch.setattr("waystation.vault.passphrase.crypto_pwhash_alg", refuse)
    with pytest.raises(TooLargeError):
        passphrase.stretch("river stone", SALT, CHEAP)
