from waystation.safeguarding.htcds import MEANS
from waystation.safeguarding.indicators import INDICATORS, OF_HOUSE, OF_PERSON


def test_every_sign_is_asked_of_somebody_and_declared_once() -> None:
    codes = [each.code for each in INDICATORS]
    assert len(codes) == len(set(codes))
    assert set(OF_PERSON) | set(OF_HOUSE) == set(codes)
    assert {each.means for each in INDICATORS} - {""} <= set(MEANS)


def test_the_house_is_asked_what_others_are_asked() -> None:
    assert {"documents_held", "no_free_exit", "wages_withheld", "debt_claimed", "threats"} <= set(OF_HOUSE) & set(
        OF_PERSON
    )
