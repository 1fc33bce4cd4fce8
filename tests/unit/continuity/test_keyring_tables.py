from waystation.continuity.keyring_tables import keyring_tables


def test_grants_and_tier_keys_are_among_them() -> None:
    assert {"store_grant", "store_tierkey"} <= keyring_tables()
    assert "store_record" not in keyring_tables()
