from collections.abc import Iterator

import pytest

from tests.databases.postgresql import HOW_TO, Server, find_programs, running


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Give a PostgreSQL server of this session's own."""
    if find_programs() is None:
        pytest.skip(HOW_TO)
    with running() as server:
        yield server
