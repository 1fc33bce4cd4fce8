from waystation.kernel import WaystationError


class VaultError(WaystationError):
    """Root of what the vault raises. No message of the tree ever holds a plaintext, a key or a passphrase."""


class LockedError(VaultError):
    """No keys are in this process. Unlock it."""


class WrongSecretError(VaultError):
    """The passphrase, shares or key do not open this. Give them again, corrected."""


class MistypedShareError(WrongSecretError):
    """Recovery shares that cannot be right, whatever the others are. Look at these again, on paper.

    Parameters
    ----------
    positions
        Which of the shares that were given, counted from 1.
    why
        What is wrong with them, without any of their words.
    """

    def __init__(self, positions: tuple[int, ...], why: str) -> None:
        named = ", ".join(map(str, positions))
        super().__init__(f"share {named}: {why}" if len(positions) == 1 else f"shares {named}: {why}")
        self.positions = positions


class NoKeyError(VaultError):
    """The key was never given to this person, or was destroyed. Ask somebody who holds it; nothing else helps."""


class TamperedError(VaultError):
    """Sealed bytes were changed, moved, cut short or made by another. Do not use them; restore from a backup."""


class TooLargeError(VaultError):
    """More bytes than may be handled. Nothing was kept."""
