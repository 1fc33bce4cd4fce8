import pytest

from tests.unit.engine.portfolio.networks import FIRST, TERMS, group_of, network_of
from waystation.engine.model import Group, Network, Urgency
from waystation.engine.portfolio.decision import Decision
from waystation.engine.portfolio.select import select


@pytest.fixture(scope="session")
def small() -> Network:
    return network_of(
        (
            group_of("e", 1, Urgency.EMERGENCY),
            group_of("u", 2, Urgency.URGENT),
            group_of("n", 2),
            group_of("m", 4),
            Group("c", "A", group_of("c", 1).travellers),  # never asked
        )
    )


@pytest.fixture(scope="session")
def decision(small: Network) -> Decision:
    return select(small, FIRST, TERMS)
