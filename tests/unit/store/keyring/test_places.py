from uuid import UUID

from waystation.store.keyring.places import Place
from waystation.store.tiers import Tier


def test_no_two_keys_are_bound_to_the_same_bytes() -> None:
    places = [Place(UUID(int=record), tier) for record in (1, 2) for tier in Tier]
    bound = {place.as_bytes(version) for place in places for version in (1, 2, 256)}
    assert len(bound) == 3 * len(places)
