"""Settings, addresses and the serving process."""
