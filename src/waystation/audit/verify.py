"""Check the whole log: that nothing in it was changed, taken out, put in, moved or cut off, and who signed it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from waystation.audit.chain import START, checkpoint_message, entry_digest, entry_message
from waystation.audit.models import Entry, Head
from waystation.store.keyring import Keyring
from waystation.vault import Card, TamperedError, sign
from waystation.vault import verify as verify_signature


class What(StrEnum):
    """What can be wrong with the log."""

    CHANGED = "changed"
    """What the entry says is not what its digest was made from."""
    MISSING = "missing"
    """The entry between this number and the one before is not there."""
    UNLINKED = "unlinked"
    """It does not follow the entry before it: one of the two was put in, moved or exchanged."""
    FORGED = "forged"
    """Its signature was not made by the person it names."""
    UNKNOWN_SIGNER = "unknown_signer"
    """Nobody trusted here has that id."""
    NOT_YET_ADMITTED = "not_yet_admitted"
    """Signed by somebody who was not admitted at that point."""
    NO_LONGER_ADMITTED = "no_longer_admitted"
    """Signed by somebody who was no longer admitted at that point."""
    CUT_OFF = "cut_off"
    """The log ends before a point that it had reached."""
    REWRITTEN = "rewritten"
    """At a point that was written down elsewhere the log now says something else."""
    BAD_CHECKPOINT = "bad_checkpoint"
    """The checkpoint itself is not signed by anybody trusted here."""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault: at which entry, and what is wrong."""

    where: int
    what: What


@dataclass(frozen=True)
class Signer:
    """A trusted card, and the stretch of the log in which it may sign: after entry ``since``, up to and with ``until``."""

    card: Card
    since: int = 0
    until: int | None = None


@dataclass(frozen=True)
class Checkpoint:
    """A point of the log, signed, to be kept where who changes the log cannot reach it."""

    seq: int
    digest: bytes
    at: datetime
    signer: UUID
    signature: bytes

    def to_json(self) -> str:
        """Write it, one line."""
        content = {
            "seq": self.seq,
            "digest": self.digest.hex(),
            "at": self.at.astimezone(UTC).isoformat(),
            "signer": str(self.signer),
            "signature": self.signature.hex(),
        }
        return json.dumps({"waystation_checkpoint": 1, **content})

    @classmethod
    def from_json(cls, text: str) -> "Checkpoint":
        """Read it.

        Raises
        ------
        TamperedError
            If it is no checkpoint. Whether its signature is good is `verify`'s to say.
        """
        try:
            content = json.loads(text)
            at = datetime.fromisoformat(content["at"])
            digest, signature = bytes.fromhex(content["digest"]), bytes.fromhex(content["signature"])
            found = cls(int(content["seq"]), digest, at, UUID(content["signer"]), signature)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
            raise TamperedError("this is not a checkpoint of a log") from None
        if at.tzinfo is None or content.get("waystation_checkpoint") != 1 or not 0 <= found.seq < 2**63:
            raise TamperedError("this is not a checkpoint of a log")
        return found


def checkpoint(keyring: Keyring, at: datetime) -> Checkpoint:
    """Sign the log's present end."""
    head = Head.objects.get(pk=1)
    digest = bytes(head.digest)
    signature = sign(keyring.identity, checkpoint_message(seq=head.seq, digest=digest, at=at))
    return Checkpoint(head.seq, digest, at, keyring.person_id, signature)


def verify(
    entries: Iterable[Entry],
    signers: Iterable[Signer],
    checkpoints: Iterable[Checkpoint] = (),
    *,
    head: tuple[int, bytes] | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[Fault]:
    """Return every fault of a log, in its order; an empty list if there is none.

    Parameters
    ----------
    entries
        The whole log in the order of its numbers.
    signers
        Trusted cards with the stretches in which they may sign (`waystation.accounts.queries.signers`).
    checkpoints
        Points written down elsewhere. Only against one of these can a log that was cut off, or written anew from some point
        by people who hold keys, be told from a shorter one.
    head
        The end that the store itself notes: number and digest.
    progress
        Called with the number of each entry once it was checked.

    Notes
    -----
    About 0.2 ms and a few hundred bytes of memory for each entry that a checkpoint names; the rest is streamed.
    """
    known: dict[UUID, list[Signer]] = {}
    for signer in signers:
        known.setdefault(signer.card.person_id, []).append(signer)
    points = list(checkpoints)
    noted = {point.seq for point in points} | ({head[0]} if head else set())
    digests = {0: START}
    faults: list[Fault] = []
    last, previous = 0, START
    for entry in entries:
        digest = _digest_of(entry)
        faults += (Fault(entry.seq, what) for what in _faults_of(entry, digest, last, previous, known))
        # What the entry itself says its digest is: so a changed entry is one fault, not two.
        last, previous = entry.seq, bytes(entry.digest)
        if last in noted:
            digests[last] = previous
        if progress is not None:
            progress(last)
    faults += _against_points(points, digests, last, known)
    if head is not None and head != (last, digests.get(last)):
        faults.append(Fault(head[0], What.CUT_OFF if head[0] > last else What.REWRITTEN))
    return sorted(set(faults))


def _digest_of(entry: Entry) -> bytes:
    return entry_digest(
        seq=entry.seq,
        at=entry.at,
        kind=entry.kind,
        signer=entry.signer,
        payload=bytes(entry.payload),
        previous=bytes(entry.previous),
    )


def _faults_of(
    entry: Entry, digest: bytes, last: int, previous: bytes, known: Mapping[UUID, list[Signer]]
) -> Iterator[What]:
    """Yield what is wrong with one entry that stands behind entry ``last``, whose digest is ``previous``."""
    if bytes(entry.digest) != digest:
        yield What.CHANGED
    if entry.seq > last + 1:
        yield What.MISSING
    elif entry.seq <= last or bytes(entry.previous) != previous:
        yield What.UNLINKED
    fault = _fault_of_signature(
        known.get(entry.signer, []), entry.seq, entry_message(bytes(entry.digest)), bytes(entry.signature)
    )
    if fault is not None:
        yield fault


def _fault_of_signature(signers: list[Signer], seq: int, message: bytes, signature: bytes) -> What | None:
    """Return what is wrong with a signature by one of a person's keys, old and new; the mildest reading counts."""
    if not signers:
        return What.UNKNOWN_SIGNER
    made = [signer for signer in signers if _made(signer.card, message, signature)]
    if not made:
        return What.FORGED
    if any(signer.since < seq and (signer.until is None or seq <= signer.until) for signer in made):
        return None
    return What.NOT_YET_ADMITTED if any(seq <= signer.since for signer in made) else What.NO_LONGER_ADMITTED


def _made(card: Card, message: bytes, signature: bytes) -> bool:
    try:
        verify_signature(card.sign_public, message, signature)
    except TamperedError:
        return False
    return True


def _against_points(
    points: Iterable[Checkpoint], digests: Mapping[int, bytes], last: int, known: Mapping[UUID, list[Signer]]
) -> Iterator[Fault]:
    for point in points:
        message = checkpoint_message(seq=point.seq, digest=point.digest, at=point.at)
        if not any(_made(signer.card, message, point.signature) for signer in known.get(point.signer, [])):
            yield Fault(point.seq, What.BAD_CHECKPOINT)
        elif point.seq > last:
            yield Fault(point.seq, What.CUT_OFF)
        elif digests.get(point.seq) != point.digest:
            yield Fault(point.seq, What.REWRITTEN)
