from uuid import UUID

import pytest

from waystation.cases.index.variants import Variants, words_of

KIM, PARK, HADDAD = UUID(int=1), UUID(int=2), UUID(int=3)


@pytest.fixture
def variants() -> Variants:
    made = Variants()
    made.put(KIM, ["김성은"])
    made.put(PARK, ["Pak Un-ju"])
    made.put(HADDAD, ["Salma Haddad"])
    return made


def test_a_name_in_one_piece_has_a_surname_and_the_rest() -> None:
    assert words_of(["김성은", "Pak, Un-ju"]) == {"김성은", "김", "성은", "Pak", "Un-ju"}
    assert words_of([""]) == set()


@pytest.mark.parametrize("text", ["Kim Seung-eun", "Sung-eun Kim", "Kim Seong-eun", "김성은", "Seong-eun"])
def test_one_man_is_found_however_he_is_spelt(variants: Variants, text: str) -> None:
    assert KIM in variants.find(text)
    assert HADDAD not in variants.find(text)


def test_a_case_that_was_dropped_is_not_found(variants: Variants) -> None:
    assert PARK in variants.find("박은주")
    variants.drop(PARK, ["Pak Un-ju"])
    assert PARK not in variants.find("박은주")
    assert variants.find("  ") == set()
