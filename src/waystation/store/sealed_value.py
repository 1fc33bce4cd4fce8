from typing import Never

from waystation.vault import TamperedError

VERSION_BYTES = 4
NEWEST_POSSIBLE = 2**31 - 1


class SealedValue:
    """What a sealed field holds: the version of its key and the sealed bytes. It shows neither, and no plaintext is in it.

    Equal values are the same ciphertext; two seals of one plaintext are never equal. It is neither pickled nor turned into JSON.
    """

    __slots__ = ("_stored",)

    def __init__(self, stored: bytes) -> None:
        """Take the stored form: four bytes of version, then what the vault sealed.

        Anything is taken, so that a damaged row can still be loaded, and its keys renewed; it is refused where it is opened.
        """
        self._stored = stored

    @classmethod
    def of(cls, version: int, sealed: bytes) -> "SealedValue":
        """Put a key's version, 1 or more, before what was sealed with it."""
        return cls(version.to_bytes(VERSION_BYTES, "big") + sealed)

    @property
    def version(self) -> int:
        """The version of the tier key it is sealed with; TamperedError if the value was cut shorter than that."""
        if len(self._stored) < VERSION_BYTES:
            raise TamperedError("a sealed value was cut short")
        return int.from_bytes(self._stored[:VERSION_BYTES], "big")

    @property
    def sealed(self) -> bytes:
        """What the vault opens."""
        return self._stored[VERSION_BYTES:]

    @property
    def stored(self) -> bytes:
        """What the database keeps."""
        return self._stored

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return self._stored == other._stored if isinstance(other, SealedValue) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._stored)

    def __copy__(self) -> "SealedValue":
        return self

    def __deepcopy__(self, memo: object) -> "SealedValue":
        return self

    def __reduce__(self) -> Never:
        raise TypeError("a sealed value is not pickled: keep the row's id")
