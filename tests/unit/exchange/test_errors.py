from waystation.exchange.errors import CountsDifferError, FormRefusedError
from waystation.kernel import BadInputError, RuleRefusedError


def test_what_the_caller_can_do_is_in_the_tree() -> None:
    error = CountsDifferError(3, 5)
    assert isinstance(error, RuleRefusedError)
    assert (error.rows, error.columns) == (3, 5)
    assert issubclass(FormRefusedError, BadInputError)
