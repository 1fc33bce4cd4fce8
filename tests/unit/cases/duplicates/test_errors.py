import pytest

from waystation.cases.duplicates.errors import MergedAlreadyError, NotAPairError, NotMergedError
from waystation.kernel import RuleRefusedError


@pytest.mark.parametrize("error", [MergedAlreadyError, NotAPairError, NotMergedError])
def test_each_is_a_rule_that_refused(error: type[Exception]) -> None:
    assert issubclass(error, RuleRefusedError)
