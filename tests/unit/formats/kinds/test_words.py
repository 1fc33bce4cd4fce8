import pytest

from waystation.engine.model import AgeBand, PlaceKind
from waystation.formats.kinds import (
    PLAIN,
    AgeBands,
    CellError,
    Code,
    Country,
    Currency,
    Flag,
    OneOf,
    Period,
    SourceId,
    Text,
    did_you_mean,
)


def test_text_is_taken_as_it_is() -> None:
    assert Text().read("a | b", PLAIN) == "a | b"


def test_codes() -> None:
    assert Code().read("L-7_a", PLAIN) == "L-7_a"
    for text in ("a b", "-a", "a" * 33, "é", "a.b"):
        with pytest.raises(CellError, match="is not a code"):
            Code().read(text, PLAIN)


@pytest.mark.parametrize("text", ["safe_house", "Safe House", "SAFE-HOUSE", "safe  house"])
def test_words_are_read_in_any_spelling(text: str) -> None:
    assert OneOf.of(PlaceKind).read(text, PLAIN) is PlaceKind.SAFE_HOUSE


def test_the_nearest_word_is_offered() -> None:
    with pytest.raises(CellError, match=r"did you mean safe_house\?"):
        OneOf.of(PlaceKind).read("safehous", PLAIN)
    assert did_you_mean("zzz", ("one", "two")) == "use one of one, two"


@pytest.mark.parametrize("text", ["5-11", "5–11", "5 - 11", "5\u221211"])
def test_age_bands_are_read_with_any_dash(text: str) -> None:
    assert AgeBands(tuple(AgeBand)).read(text, PLAIN) is AgeBand.CHILD


@pytest.mark.parametrize("text", ["5-Nov", "11-May", "Dec-17", "17-Dec-2026"])
def test_age_bands_that_became_dates_are_explained(text: str) -> None:
    with pytest.raises(CellError, match="took for a date"):
        AgeBands(tuple(AgeBand)).read(text, PLAIN)


def test_other_wrong_age_bands_are_just_wrong() -> None:
    with pytest.raises(CellError, match="words known here"):
        AgeBands(tuple(AgeBand)).read("34", PLAIN)


def test_yes_and_no() -> None:
    assert all(Flag().read(text, PLAIN) is True for text in ("yes", "Y", "TRUE", "1"))
    assert all(Flag().read(text, PLAIN) is False for text in ("no", "N", "False", "0"))
    with pytest.raises(CellError, match="neither yes nor no"):
        Flag().read("maybe", PLAIN)
    assert [Flag().show(value, PLAIN) for value in (True, False)] == ["yes", "no"]


def test_countries_and_currencies_in_any_capitals() -> None:
    assert Country().read("la", PLAIN) == "LA"
    assert Currency().read("usd", PLAIN) == "USD"
    with pytest.raises(CellError, match="write GB"):
        Country().read("UK", PLAIN)
    with pytest.raises(CellError, match="KRW"):
        Currency().read("XYZ", PLAIN)


@pytest.mark.parametrize("text", ["2027", "2027-q1", "2027-12"])
def test_periods(text: str) -> None:
    assert Period().read(text, PLAIN) == text.upper()


@pytest.mark.parametrize("text", ["27", "2027-Q5", "2027-13", "2027-1", "0999", "2027-01-01"])
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(CellError, match="not a period"):
        Period().read(text, PLAIN)


def test_source_ids() -> None:
    assert SourceId().read("PROV-T-<=1998", PLAIN) == "PROV-T-<=1998"
    assert SourceId().read("Assumed", PLAIN) == "assumed"
    for text in ("a b", "x" * 65):
        with pytest.raises(CellError, match="not a source id"):
            SourceId().read(text, PLAIN)
