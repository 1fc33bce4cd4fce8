from waystation.store.tiers import Tier


def test_the_four_tiers_are_stored_by_names_that_fit_their_column() -> None:
    assert [str(tier) for tier in Tier] == ["identity", "movement", "welfare", "evidence"]
    assert max(map(len, Tier)) <= 8
