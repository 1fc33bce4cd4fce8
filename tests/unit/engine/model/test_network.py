from tests.oracle.small_journeys import network
from waystation.engine.model import Network


def test_half_a_day_and_two_months_unless_the_folder_says_otherwise() -> None:
    full = network([])
    bare = Network(full.name, full.currency, full.as_of, full.places, ())
    assert (bare.slot_hours, bare.horizon_days) == (12, 60)
    assert (bare.conditions, bare.partners, bare.groups, bare.rates, dict(bare.sources)) == ((), (), (), (), {})
