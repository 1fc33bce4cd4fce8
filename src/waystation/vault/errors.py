from waystation.kernel import WaystationError


class VaultError(WaystationError):
    """Root of what the vault raises. No message of the tree ever holds a plaintext, a key or a passphrase."""


class LockedError(VaultError):
    """No keys are in this process. Unlock it."""


class WrongSecretError(VaultError):
    """The passphrase, shares or key do not open this. Give them again, corrected."""


class NoKeyError(VaultError):
    """This person was never given the key, or it was destroyed. Ask somebody who holds it; nothing else helps."""


class TamperedError(VaultError):
    """Sealed bytes were changed, moved, cut short or made by another. Do not use them; restore from a backup."""


class TooLargeError(VaultError):
    """More bytes than may be handled. Nothing was kept."""
