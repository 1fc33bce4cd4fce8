from waystation.engine.learning.result import Reason, Why


def test_a_reason_has_no_numbers_unless_given() -> None:
    assert Reason(Why.SAME) == Reason(Why.SAME, 0, 0, ())


def test_every_reason_has_a_word_of_its_own() -> None:
    assert len({str(why) for why in Why}) == len(Why) == 8
