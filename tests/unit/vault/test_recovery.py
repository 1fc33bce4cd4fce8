import json
import unicodedata
from dataclasses import replace
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share

from waystation.vault import (
    RECOVERY,
    MistypedShareError,
    RecoverySecret,
    TamperedError,
    WrongSecretError,
    new_recovery,
    open_box,
    recover,
    same_share,
    seal_to,
    shares_of,
    sign,
    verify,
)

SECRET = RecoverySecret(bytes(range(32)))
SHARES = shares_of(SECRET)
FROZEN = (
    "37e6dc82dcdb8b41fab7e629f81bf0e48f413d7b0f061c344cdaaea426efb721",
    "570a66abf50d49d4dce8d7200d30c8ab4ff86504060583963b253db44cdeee56",
    "age15qautc5ldc4s5t7t35ys2sp4aqmvat76lx0dhe67hep02exhvqdq99jf2y",
)

# Of SLIP-39's published vectors, passphrase TREZOR: the shares, and the master secret ("" where they must be refused).
PUBLISHED = json.loads(Path(__file__).with_name("slip39.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", PUBLISHED, ids=lambda vector: vector["what"])
def test_published_vectors(vector: dict[str, Any]) -> None:
    shares, secret = vector["shares"], vector["secret"]
    if secret:
        assert combine_mnemonics(shares, b"TREZOR").hex() == secret
    else:
        with pytest.raises(MnemonicError):
            combine_mnemonics(shares, b"TREZOR")
    with pytest.raises(WrongSecretError):  # none of them is a recovery share of ours, whatever else it is
        recover(shares)


def test_five_shares_of_33_words() -> None:
    assert len(SHARES) == 5
    assert {len(share.split(" ")) for share in SHARES} == {33}
    assert shares_of(SECRET) != SHARES


def test_all_ten_triples_recover_in_any_order() -> None:
    for triple in combinations(SHARES, 3):
        assert recover(triple) == SECRET
    assert all(recover(order) == SECRET for order in permutations(SHARES[1:4]))


def test_four_and_five_recover_as_well() -> None:
    for count in (4, 5):
        assert all(recover(some) == SECRET for some in combinations(SHARES, count))


def test_no_pair_and_no_single_share_does() -> None:
    for count in (0, 1, 2):
        for few in combinations(SHARES, count):
            with pytest.raises(WrongSecretError, match="three different shares"):
                recover(few)


def test_the_same_share_twice_is_named() -> None:
    with pytest.raises(MistypedShareError) as refused:
        recover([SHARES[0], SHARES[1], SHARES[0].upper()])
    assert refused.value.positions == (3,)
    assert "given before" in str(refused.value)


def test_case_and_spaces_and_width_do_not_matter() -> None:
    typed = ["  " + SHARES[0].upper().replace(" ", "\n\t "), SHARES[1].title(), "".join(wide(c) for c in SHARES[2])]
    assert recover(typed) == SECRET


def wide(letter: str) -> str:
    return chr(ord(letter) + 0xFEE0) if letter.isalpha() else "\u3000"


def mistyped(share: str, place: int, word: str) -> str:
    words = share.split()
    words[place] = next(other for other in (word, "academic", "acid") if other != words[place])
    return " ".join(words)


@settings(deadline=None, max_examples=60)
@given(
    which=st.integers(0, 2),
    place=st.integers(0, 32),
    word=st.sampled_from([*SHARES[4].split(), "zzz", "숨", "academi"]),
)
def test_one_mistyped_word_is_noticed_and_its_share_named(which: int, place: int, word: str) -> None:
    typed = [mistyped(share, place, word) if at == which else share for at, share in enumerate(SHARES[:3])]
    with pytest.raises(MistypedShareError) as refused:
        recover(typed)
    assert refused.value.positions == (which + 1,)
    assert f"share {which + 1}:" in str(refused.value)
    assert not any(
        part in str(refused.value).split() for part in set(typed[which].split()) - {"a", "is", "of", "or", "out"}
    )


def test_two_words_exchanged_are_noticed() -> None:
    words = SHARES[1].split()
    at = next(at for at in range(32) if words[at] != words[at + 1])
    words[at], words[at + 1] = words[at + 1], words[at]
    with pytest.raises(MistypedShareError) as refused:
        recover([SHARES[0], " ".join(words), SHARES[2]])
    assert refused.value.positions == (2,)


def test_all_mistyped_shares_are_named_at_once() -> None:
    with pytest.raises(MistypedShareError) as refused:
        recover(["", SHARES[1], SHARES[2] + " academic", "x" * 100_000])
    assert refused.value.positions == (1, 3, 4)
    assert str(refused.value).startswith("shares 1, 3, 4:")


def test_a_share_of_another_organisation_or_printing_is_named() -> None:
    for stranger in (shares_of(new_recovery())[0], shares_of(SECRET)[3]):
        with pytest.raises(MistypedShareError) as refused:
            recover([SHARES[0], stranger, SHARES[2]])
        assert refused.value.positions == (2,)
        assert "another set" in str(refused.value)


def test_shares_of_three_sets_blame_none() -> None:
    mixed = [shares_of(new_recovery())[at] for at in range(3)]
    with pytest.raises(WrongSecretError) as refused:
        recover(mixed)
    assert not isinstance(refused.value, MistypedShareError)


@pytest.mark.parametrize(
    ("groups", "length", "threshold"),
    [([(2, 3)], 32, 1), ([(3, 5)], 16, 1), ([(3, 5), (3, 5)], 32, 1), ([(3, 5), (3, 5)], 32, 2)],
)
def test_a_wallets_shares_are_not_ours(groups: list[tuple[int, int]], length: int, threshold: int) -> None:
    theirs = generate_mnemonics(threshold, groups, bytes(length), iteration_exponent=0)[0][:3]
    with pytest.raises(MistypedShareError) as refused:
        recover(theirs)
    assert refused.value.positions == tuple(range(1, len(theirs) + 1))


def test_a_share_forged_with_a_right_checksum_is_noticed() -> None:
    true = Share.from_mnemonic(SHARES[2])
    forged = replace(true, value=bytes(32)).mnemonic()
    with pytest.raises(WrongSecretError, match="fit together"):
        recover([SHARES[0], SHARES[1], forged])
    with pytest.raises(WrongSecretError, match="fit together"):
        recover([SHARES[0], SHARES[1], SHARES[3], forged])


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(max_size=60), max_size=6))
def test_anything_typed_is_refused_in_the_trees_own_words(typed: list[str]) -> None:
    with pytest.raises(WrongSecretError):
        recover(typed)


def test_same_share() -> None:
    assert same_share(SHARES[0], "  " + SHARES[0].upper().replace(" ", "  ") + "\n")
    assert same_share("가나", unicodedata.normalize("NFD", "가나"))
    assert not same_share(SHARES[0], SHARES[1])
    assert not same_share(SHARES[0], SHARES[0][:-1])
    assert not same_share(SHARES[0], "")


def test_the_keys_of_a_secret_are_three_that_do_not_meet() -> None:
    keys = {SECRET.secret, SECRET.identity.box_secret, SECRET.identity.sign_secret, SECRET._age}
    assert len(keys) == 4
    assert SECRET.identity.person_id == RECOVERY
    assert RecoverySecret(bytes(range(32))).public == SECRET.public
    assert new_recovery().public != SECRET.public
    assert open_box(SECRET.identity.box_secret, seal_to(SECRET.public.box_public, b"key")) == b"key"
    verify(SECRET.public.sign_public, b"card", sign(SECRET.identity, b"card"))
    assert SECRET.public.age_recipient.startswith("age1")
    assert SECRET.age_secret.startswith("AGE-SECRET-KEY-1")


def test_nothing_shows_the_secret() -> None:
    fresh = new_recovery()
    assert repr(fresh) == "RecoverySecret()"
    assert fresh.age_secret not in repr(fresh.public)


def test_keys_derived_today_are_derived_tomorrow() -> None:
    assert (SECRET.public.box_public.hex(), SECRET.public.sign_public.hex(), SECRET.public.age_recipient) == FROZEN


def test_a_secret_has_32_bytes() -> None:
    with pytest.raises(TamperedError):
        RecoverySecret(bytes(16))
