from tests.unit.engine.learning.folders import outcome
from waystation.engine.learning.errors import SilenceNotAskedError, Unasked
from waystation.engine.model import OutcomeKind
from waystation.kernel import BadInputError


def test_the_error_says_what_to_ask() -> None:
    error = SilenceNotAskedError((Unasked(outcome("L7", OutcomeKind.UNKNOWN), 40),))
    assert isinstance(error, BadInputError)
    assert "ask of 100 groups silent for 40 days" in str(error)
    assert "leg L7" in str(error)
