from waystation.accounts.queries import believing_keyring
from waystation.store.keyring import Keyring


def fresh_keyring(keyring: Keyring) -> Keyring:
    """Return a keyring of the same person that has opened no key yet.

    A keyring remembers each key it opened. Work over tens of thousands of records takes a fresh one now and then, and memory
    stays flat.
    """
    return believing_keyring(keyring.identity, keyring.root_public, keyring.recovery)
