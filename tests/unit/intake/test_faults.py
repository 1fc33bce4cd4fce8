from waystation.intake.faults import LONGEST_ABOUT, WEIGHTS, FaultCode, Weight, clip, fault, stops


def test_every_code_has_a_weight_and_macros_stop_everything() -> None:
    assert set(WEIGHTS) == set(FaultCode)
    assert fault(FaultCode.MACROS).weight is Weight.STOPS
    assert fault(FaultCode.VALUE_KIND).weight is Weight.WRONG
    assert fault(FaultCode.TYPE_UNKNOWN).weight is Weight.LEFT_OUT
    assert fault(FaultCode.HIDDEN_SHEET).weight is Weight.NOTICE


def test_a_fault_says_where_it_is_on_one_line() -> None:
    found = fault(FaultCode.FORMULA, sheet="People", row=7, column="C\nD", most=3)
    assert str(found) == "People:7:C D formula (most 3)"


def test_a_long_name_is_cut() -> None:
    assert len(clip("a" * 500)) == LONGEST_ABOUT
    assert clip("a\x00b") == "a\ufffdb"


def test_one_stopping_fault_stops() -> None:
    assert not stops([fault(FaultCode.FORMULA)])
    assert stops([fault(FaultCode.FORMULA), fault(FaultCode.ZIP_BOMB)])
