import pytest

from waystation.cli.cluster import connected
from waystation.kernel import BadInputError


def test_without_an_address_there_is_no_cluster() -> None:
    with connected(None) as runner:
        assert runner is None


def test_an_address_that_is_none_is_refused_with_one_that_would_be_right() -> None:
    with pytest.raises(BadInputError, match=r"no scheduler answers at 'gopher://x'.*tcp://127.0.0.1:8786"):  # noqa: SIM117
        with connected("gopher://x"):
            pass
