import numpy as np
import pytest

from waystation.engine.simulation.kernels.philox import chance_of_arrays, key_of, philox, philox_of_arrays

U = np.uint64
KNOWN = [
    # counter, key, answer: from the authors' kat_vectors, philox4x32 with ten rounds
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN)
def test_it_is_the_published_generator(counter: tuple[int, ...], key: tuple[int, int], answer: tuple[int, ...]) -> None:
    assert tuple(map(int, philox(*map(U, counter), *map(U, key)))) == answer
    arrays = [np.array([each, 5], dtype=np.uint64) for each in counter]
    assert tuple(int(word[0]) for word in philox_of_arrays(*arrays, *map(U, key))) == answer


def test_a_chance_is_neither_nothing_nor_everything() -> None:
    least, most = chance_of_arrays(np.array([0, 2**32 - 1], dtype=np.uint64)).tolist()
    assert least == 2.0**-33
    assert most == 1.0 - 2.0**-33


def test_a_seed_of_64_bits_is_a_key_of_two_words() -> None:
    assert list(map(int, key_of(3 * 2**32 + 7))) == [7, 3]
    assert list(map(int, key_of(2**64 - 1))) == [2**32 - 1, 2**32 - 1]
