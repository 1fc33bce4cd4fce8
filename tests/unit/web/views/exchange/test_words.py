import pytest
from django.utils.translation import override

from waystation.intake.faults import FaultCode, fault
from waystation.intake.forms.form import Kind
from waystation.web.views.exchange.words import MOST, place_of, said_agreeing, said_fault, said_faults


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_fault_has_words_in_both_languages(language: str) -> None:
    with override(language):
        for code in FaultCode:
            found = said_fault(fault(code, sheet="People", row=1_234, column="age", found=3, most=2))
            assert found.text
            assert "1,234" not in found.place


def test_where_it_is_stands_before_it() -> None:
    with override("en"):
        assert place_of(fault(FaultCode.FORMULA, sheet="People", row=7, column="C")) == "People · row 7 · C"
        assert place_of(fault(FaultCode.EMPTY)) == ""


def test_a_page_lists_only_so_many() -> None:
    assert len(said_faults([fault(FaultCode.FORMULA)] * (MOST + 1))) == MOST


def test_what_agrees_is_said_in_words() -> None:
    assert said_agreeing(("given name", "born")) == "Given name · Born"
    assert said_agreeing(()) == ""


@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_would_be_right_has_words_for_every_kind_that_can_be_wrong(language: str) -> None:
    with override(language):
        for wants in (
            "whole",
            *(kind.value for kind in (Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.TIME, Kind.MOMENT)),
        ):
            said = said_fault(fault(FaultCode.VALUE_KIND, wants=wants, low=0, high=200)).text
            assert "200" in said
            assert "exchange." not in said
        assert "self, other" in said_fault(fault(FaultCode.VALUE_CHOICE, choices="self, other")).text
        assert ". < 120" in said_fault(fault(FaultCode.VALUE_CONSTRAINT, rule=". < 120")).text
