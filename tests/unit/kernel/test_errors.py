import pytest

from waystation.kernel import BadInputError, BrokenPromiseError, RuleRefusedError, WaystationError

CHILDREN = [BadInputError, BrokenPromiseError, RuleRefusedError]


@pytest.mark.parametrize("error", CHILDREN)
def test_whoever_catches_the_root_catches_every_error(error: type[WaystationError]) -> None:
    with pytest.raises(WaystationError, match="why"):
        raise error("why")


@pytest.mark.parametrize("error", CHILDREN)
def test_no_error_passes_for_another(error: type[WaystationError]) -> None:
    assert [issubclass(error, other) for other in CHILDREN].count(True) == 1
