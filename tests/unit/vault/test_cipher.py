from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from waystation.kernel import BadInputError
from waystation.vault import Binding, TamperedError, TooLargeError, commitment, keyed_digest, new_key, open_sealed, seal
from waystation.vault.cipher import LARGEST_VALUE, derived_key, padded, unpadded

KEY = bytes(range(32))
ROW = UUID("5f0c7a3e-9f2b-4b63-8f0e-2f2f8a3f7b11")
NAME = Binding("cases_case", ROW, "name", 3)

# draft-irtf-cfrg-xchacha-03, appendix A.3.1
DRAFT_KEY = bytes(range(0x80, 0xA0))
DRAFT_NONCE = bytes(range(0x40, 0x58))
DRAFT_AAD = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
DRAFT_PLAIN = (
    b"Ladies and Gentlemen of the class of '99: "
    b"If I could offer you only one tip for the future, sunscreen would be it."
)
DRAFT_SEALED = bytes.fromhex(
    "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39"
    "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
    "21f9664c97637da9768812f615c68b13b52e"
    "c0875924c1c7987947deafd8780acf49"
)
# Wycheproof, xchacha20_poly1305_test.json, tests 2 to 9: key, nonce, associated data, plain, sealed, tag
WYCHEPROOF = [
    "ab1562faea9f47af3ae1c3d6d030e3af230255dff3df583ced6fbbcbf9d606a9|6a5e0c4617e07091b605a4de2c02dde117de2ebd53b23497||||e2697ea6877aba39d9555a00e14db041",
    "d821dce9b890ea37ae1c89e7cb6aeae9371b8179add0d08f5494718322ae0071|3ec3f7c45e687d75a895bf5e71809e7cdac32158bb48ec0d|8780fb400f94c55d|||966c22d655b9e56326024f028cf887ad",
    "303ccb2e1567c3d9f629a5c632dbc62a9a82c525674f67988b31bd1dee990538|05188738844ab90a8b11beef38eaec3e100d8f4f85ae7a41||62|45|d15734f984d749fa3f0550a70c43dddf",
    "697c197c9e0023c8eee42ddf08c12c46718a436561b0c66d998c81879f7cb74c|cd78f4533c94648feacd5aef0291b00b454ee3dcdb76dcc8|6384f4714ff18c18|e1|b0|e5e35f5332f91bdd2d28e59d68a0b141",
    "b720aea3df85fb3fb00583eddbebc5c545bcdcb7f6f2a94c1087950e16d68278|1436f36466fce5db337a73ec18e269e6e985d91035128183|9d53316bd2aa3e3d|4799c4|d41c02|8faa889d7f189cd9473e19200ef03920",
]
# A name sealed with KEY for the place NAME by version 1 of the format.
FROZEN = (
    "019fda32abebdd9722bb2572add9d6baddcce799bb04992839cb27051982a37e2db2113bf86d0b46e54d2fa53fd5ddea7920ae57ee4cb8"
    "50bb3f9e245d9533cfb5e1f58c74cb6fdc27172a0e55688a078c6b99f4fec186e8b0c07a6005c6e3c56b9d3d4f85d1366f6d"
)


def test_the_drafts_own_vector() -> None:
    made = crypto_aead_xchacha20poly1305_ietf_encrypt(DRAFT_PLAIN, DRAFT_AAD, DRAFT_NONCE, DRAFT_KEY)
    assert made == DRAFT_SEALED
    assert crypto_aead_xchacha20poly1305_ietf_decrypt(DRAFT_SEALED, DRAFT_AAD, DRAFT_NONCE, DRAFT_KEY) == DRAFT_PLAIN


@pytest.mark.parametrize("vector", WYCHEPROOF)
def test_wycheproof_vectors_and_every_wrong_tag_next_to_them(vector: str) -> None:
    key, nonce, aad, plain, body, tag = map(bytes.fromhex, vector.split("|"))
    assert crypto_aead_xchacha20poly1305_ietf_encrypt(plain, aad, nonce, key) == body + tag
    for bit in range(128):
        wrong = (int.from_bytes(tag, "big") ^ (1 << bit)).to_bytes(16, "big")
        with pytest.raises(CryptoError):
            crypto_aead_xchacha20poly1305_ietf_decrypt(body + wrong, aad, nonce, key)


@settings(deadline=None, max_examples=60)
@given(plain=st.binary(max_size=300), key=st.binary(min_size=32, max_size=32), version=st.integers(0, 2**32 - 1))
def test_what_was_sealed_opens_and_tells_only_its_length_in_steps_of_64(plain: bytes, key: bytes, version: int) -> None:
    place = Binding("people_person", ROW, "name", version)
    sealed = seal(key, plain, place)
    assert open_sealed(key, sealed, place) == plain
    assert len(sealed) == 41 + (len(plain) // 64 + 1) * 64
    assert seal(key, plain, place) != sealed


def test_every_flipped_bit_is_noticed() -> None:
    sealed = seal(KEY, "김영희".encode(), NAME)
    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(TamperedError):
            open_sealed(KEY, bytes(changed), NAME)


def test_every_cut_and_extension_is_noticed() -> None:
    sealed = seal(KEY, b"a name", NAME)
    for wrong in [*(sealed[:length] for length in range(len(sealed))), sealed + b"\0", sealed * 2, sealed[1:]]:
        with pytest.raises(TamperedError):
            open_sealed(KEY, wrong, NAME)


@pytest.mark.parametrize(
    "elsewhere",
    [
        Binding("cases_note", ROW, "name", 3),
        Binding("cases_case", UUID(int=7), "name", 3),
        Binding("cases_case", ROW, "whereabouts", 3),
        Binding("cases_case", ROW, "name", 4),
        Binding("cases_casen", ROW, "ame", 3),
    ],
)
def test_a_value_opens_only_where_it_belongs(elsewhere: Binding) -> None:
    with pytest.raises(TamperedError):
        open_sealed(KEY, seal(KEY, b"a name", NAME), elsewhere)


def test_what_a_database_driver_gives_opens_as_well() -> None:
    assert open_sealed(KEY, memoryview(seal(KEY, b"a name", NAME)), NAME) == b"a name"


def test_another_key_does_not_open() -> None:
    with pytest.raises(TamperedError):
        open_sealed(new_key(), seal(KEY, b"a name", NAME), NAME)


def test_the_largest_value_is_16_mebibytes_and_opens() -> None:
    assert LARGEST_VALUE == 16_777_216
    sealed = seal(KEY, bytes(LARGEST_VALUE), NAME)
    assert len(open_sealed(KEY, sealed, NAME)) == LARGEST_VALUE
    with pytest.raises(TamperedError, match="longer"):
        open_sealed(KEY, sealed + b"\0", NAME)


def test_what_is_too_long_is_refused_before_it_is_handled() -> None:
    with pytest.raises(TooLargeError):
        seal(KEY, bytes(LARGEST_VALUE + 1), NAME)
    with pytest.raises(TamperedError, match="longer"):
        open_sealed(KEY, b"\x01" + bytes(LARGEST_VALUE + 1000), NAME)


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33)])
def test_a_key_has_32_bytes(key: bytes) -> None:
    with pytest.raises(TamperedError, match="not a key"):
        seal(key, b"", NAME)
    with pytest.raises(TamperedError, match="not a key"):
        open_sealed(key, seal(KEY, b"", NAME), NAME)
    with pytest.raises(TamperedError, match="not a key"):
        keyed_digest(key, b"")
    with pytest.raises(TamperedError, match="not a key"):
        commitment(key)


@pytest.mark.parametrize(
    ("table", "field", "version"), [("", "f", 1), ("t", "", 1), ("t" * 256, "f", 1), ("t", "f", -1), ("t", "f", 2**32)]
)
def test_a_place_has_names_and_a_version(table: str, field: str, version: int) -> None:
    with pytest.raises(BadInputError):
        Binding(table, ROW, field, version)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200))
def test_padding_comes_off_as_it_went_on(plain: bytes) -> None:
    assert unpadded(padded(plain)) == plain
    assert len(padded(plain)) % 64 == 0


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        bytes(64),
        b"\x80" + bytes(64),
        b"x" * 64,
        b"\x80" + bytes(62),
        b"\x80" + bytes(127),
        b"x" * 63 + b"\x80" + bytes(64),
    ],
)
def test_wrong_padding_is_refused(wrong: bytes) -> None:
    with pytest.raises(TamperedError):
        unpadded(wrong)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_two_lists_of_parts_digest_alike_only_if_they_are_alike(first: list[bytes], second: list[bytes]) -> None:
    assert (keyed_digest(KEY, *first) == keyed_digest(KEY, *second)) == (first == second)


@settings(deadline=None, max_examples=100)
@given(
    st.text(min_size=1, max_size=5),
    st.text(min_size=1, max_size=5),
    st.text(min_size=1, max_size=5),
    st.text(min_size=1, max_size=5),
)
def test_two_places_are_written_alike_only_if_they_are_alike(
    table: str, field: str, other: str, other_field: str
) -> None:
    one, two = Binding(table, ROW, field, 1), Binding(other, ROW, other_field, 1)
    assert (one.encoded(b"p") == two.encoded(b"p")) == (one == two)
    assert one.encoded(b"p") != one.encoded(b"q")


def test_each_use_of_a_key_has_a_key_of_its_own() -> None:
    uses = {derived_key(KEY, label) for label in (b"waystation.field", b"waystation.strea")} | {
        commitment(KEY),
        keyed_digest(KEY),
        KEY,
    }
    assert len(uses) == 5
    assert all(len(use) == 32 for use in uses)


def test_a_commitment_tells_keys_apart() -> None:
    assert commitment(KEY) == commitment(bytes(range(32)))
    assert commitment(KEY) != commitment(new_key())


def test_new_keys_differ() -> None:
    keys = {new_key() for _ in range(50)}
    assert len(keys) == 50
    assert all(len(key) == 32 for key in keys)


def test_formats_written_today_open_tomorrow() -> None:
    kept = bytes.fromhex(FROZEN)
    assert open_sealed(KEY, kept, NAME) == "가나다".encode()
