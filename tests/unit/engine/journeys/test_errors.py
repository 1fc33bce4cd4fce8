import pytest

from waystation.engine.journeys.errors import CertificateError, PolicyMismatchError, UnusableModelError
from waystation.kernel import BadInputError, BrokenPromiseError


@pytest.mark.parametrize(
    ("error", "parent"),
    [
        (UnusableModelError, BadInputError),
        (PolicyMismatchError, BadInputError),
        (CertificateError, BrokenPromiseError),
    ],
)
def test_each_says_what_the_caller_can_do(error: type[Exception], parent: type[Exception]) -> None:
    assert error.__bases__ == (parent,)
