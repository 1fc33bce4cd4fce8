from waystation.audit.errors import NotAReaderError, TellingDetailError, UnknownKindError
from waystation.kernel import BrokenPromiseError, RuleRefusedError


def test_each_error_says_what_the_caller_can_do() -> None:
    assert issubclass(UnknownKindError, BrokenPromiseError)
    assert issubclass(TellingDetailError, BrokenPromiseError)
    assert issubclass(NotAReaderError, RuleRefusedError)
