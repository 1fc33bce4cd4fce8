from waystation.continuity.errors import NotEmptyError, NotHereError, NotWholeError, StoppedError
from waystation.kernel import BadInputError, RuleRefusedError, WaystationError


def test_a_fault_has_its_word_and_its_sentence() -> None:
    error = NotWholeError("cut", "it ends too early")
    assert (error.fault, str(error)) == ("cut", "it ends too early")


def test_each_says_what_the_caller_can_do() -> None:
    assert issubclass(NotWholeError, BadInputError)
    assert issubclass(NotEmptyError, BadInputError)
    assert issubclass(NotHereError, RuleRefusedError)
    assert issubclass(StoppedError, WaystationError)
