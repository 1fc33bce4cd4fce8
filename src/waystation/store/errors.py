from waystation.kernel import WaystationError


class OutdatedSealError(WaystationError):
    """The key was renewed after this was sealed. Nothing was written: seal the value again, then save."""
