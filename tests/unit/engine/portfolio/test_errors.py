from waystation.engine.portfolio.errors import UnusableInstanceError, WrongChoiceError
from waystation.kernel import BadInputError, BrokenPromiseError


def test_what_the_caller_can_do_is_in_the_tree() -> None:
    assert issubclass(UnusableInstanceError, BadInputError)
    assert issubclass(WrongChoiceError, BrokenPromiseError)
