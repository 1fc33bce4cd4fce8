"""A signed tar inside an age file: what backups and bundles are made of."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from waystation.continuity.archive import Limits, Member, TarSink, TarSource, digest_of, in_memory
from waystation.continuity.errors import NotWholeError
from waystation.continuity.manifest import LARGEST, MANIFEST, SIGNATURE, Content, Manifest, sign_manifest
from waystation.continuity.steps import Steps, quiet
from waystation.continuity.whole_file import whole_file
from waystation.vault import (
    OfficeKeys,
    RecoverySecret,
    TamperedError,
    TooLargeError,
    WrongSecretError,
    open_parcel,
    seal_parcel,
)

Secret = bytes | RecoverySecret
"""What opens a parcel: an office's secret, or the organisation's recovery secret."""


def contents_of(members: Sequence[Member], steps: Steps = quiet) -> dict[str, Content]:
    """Return what the manifest says of the members; each is read once."""
    found = {}
    for done, member in enumerate(members):
        steps("digest", done, len(members))
        found[member.name] = Content(member.size, digest_of(member))
    return found


def write_sealed(
    target: Path,
    manifest: Manifest,
    members: Sequence[Member],
    *,
    office: OfficeKeys,
    recipients: Sequence[str],
    steps: Steps = quiet,
) -> int:
    """Sign the manifest and write it and the members to ``target``, whole or not at all; return the file's size in bytes.

    The members are streamed from where they lie; none is held in memory, and nothing of them is on disk in the clear.
    """
    content = manifest.to_bytes()
    head = (in_memory(MANIFEST, content), in_memory(SIGNATURE, sign_manifest(content, office)))
    watched = [_watched(member, place, len(members), steps) for place, member in enumerate(members)]
    with whole_file(target) as file:
        seal_parcel(io.BufferedReader(TarSource([*head, *watched]), 1 << 20), file, recipients)
        steps("settle", len(members), len(members))
    return target.stat().st_size


def _watched(member: Member, place: int, total: int, steps: Steps) -> Member:
    def opened() -> BinaryIO:
        steps("write", place, total)
        return member.open()

    return Member(member.name, member.size, opened)


@dataclass(frozen=True)
class Taken:
    """What came out of a sealed tar: the manifest's bytes and signature, yet to be checked, and each member's size and digest."""

    manifest: bytes
    signature: bytes
    members: Mapping[str, Content]

    def demand(self, manifest: Manifest) -> None:
        """Raise `NotWholeError` unless the members are the very ones that the signed manifest names."""
        if dict(self.members) != dict(manifest.members):
            raise NotWholeError("changed", "what is inside is not what its signed list says")


def read_sealed(
    source: BinaryIO, secret: Secret, receive: Callable[[str, int], BinaryIO], limits: Limits, steps: Steps = quiet
) -> Taken:
    """Open a sealed tar, and hand each member but the first two to ``receive``.

    What is received is whole, but nobody's until the manifest's signature was checked: keep it where it can be thrown away.

    Raises
    ------
    NotWholeError
        ``cut``, ``changed``, ``too_large``, ``bad_name`` or ``wrong_kind``.
    WrongSecretError
        If it is not made out to this secret.
    """
    heads: dict[str, _Kept] = {}

    def given(name: str, size: int) -> BinaryIO:
        expected = (MANIFEST, SIGNATURE)[len(heads)] if len(heads) < 2 else ""
        if not expected:
            steps("read", len(sink.members), limits.members)
            return receive(name, size)
        if name != expected or size > LARGEST:
            raise NotWholeError("wrong_kind", "it does not begin with a signed list of its contents")
        heads[name] = _Kept()
        return heads[name]

    sink = TarSink(given, limits)
    try:
        open_parcel(source, sink, secret, limit=limits.whole)  # type: ignore[arg-type] # a raw stream that takes all it is given
        sink.finish()
    except WrongSecretError:
        raise
    except TamperedError as error:
        raise sink.fault or NotWholeError("changed", str(error)) from None
    except TooLargeError as error:
        raise sink.fault or NotWholeError("too_large", str(error)) from None
    finally:
        sink.give_up()
    if len(heads) < 2:
        raise NotWholeError("wrong_kind", "it does not begin with a signed list of its contents")
    members = {name: Content(*told) for name, told in sink.members.items() if name not in heads}
    return Taken(heads[MANIFEST].content, heads[SIGNATURE].content, members)


class _Kept(io.BytesIO):
    """A member that is kept in memory; its content outlives its closing."""

    content = b""

    def close(self) -> None:
        if not self.closed:
            self.content = self.getvalue()
        super().close()


def kept_in_memory() -> "_Kept":
    """Return where a small member may be written; afterwards it is in ``content``."""
    return _Kept()
