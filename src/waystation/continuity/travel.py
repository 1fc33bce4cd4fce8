"""Take the keys off this device before a journey, and put them back when the home office gives them."""

import io
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from waystation.accounts.permissions import Action
from waystation.accounts.services.demands import demand
from waystation.audit.services import append
from waystation.continuity.errors import NotEmptyError, NotHereError, NotWholeError
from waystation.continuity.here import DEVICE_FILE, Here
from waystation.continuity.steps import Steps, quiet
from waystation.continuity.whole_file import settle, whole_file
from waystation.vault import (
    Device,
    RecoverySecret,
    TamperedError,
    TooLargeError,
    device_from_json,
    device_to_json,
    has_slot,
    open_device,
    open_parcel,
    seal_parcel,
    without_slots,
)

_LARGEST = 64 * 1024


@dataclass(frozen=True)
class Left:
    """What was done before a journey.

    Parameters
    ----------
    parcel
        Where it lies.
    copies
        How many copies of the device file were removed from the folder of backups.
    written_over
        Whether the places on the disk where they lay could be written over.
    """

    parcel: Path
    copies: int
    written_over: bool


def travel_out(*, here: Here, parcel: Path, at: datetime, steps: Steps = quiet) -> Left:
    """Seal this device's file to the office and the recovery key, then take every passphrase off the device.

    The order is what makes it safe: the parcel is whole, on the disk and read back before anything is taken away. Interrupted at
    any point, either the device still opens with its passphrases or the parcel is complete; never neither.

    Raises
    ------
    NotEmptyError
        If something has the parcel's name.
    NotHereError
        If the keys are away already.
    """
    make_parcel(here=here, parcel=parcel, steps=steps)
    return take_keys(here=here, parcel=parcel, at=at, steps=steps)


def make_parcel(*, here: Here, parcel: Path, steps: Steps = quiet) -> None:
    """Do the first half: seal this device's file into ``parcel``. The device still opens. Raises as `travel_out`."""
    demand(here.keyring, Action.TRAVEL_LEAVE)
    if parcel.exists():
        raise NotEmptyError("something has this name already; name the parcel anew")
    text = _read(here.data / DEVICE_FILE)
    _demand_slots(here, _parsed(text))
    steps("seal", 0, 3)
    with whole_file(parcel) as file:
        seal_parcel(io.BytesIO(text.encode()), file, here.recipients)


def take_keys(*, here: Here, parcel: Path, at: datetime, steps: Steps = quiet) -> Left:
    """Do the second half: see that the parcel holds what the device file holds, then take every passphrase off the device.

    Raises
    ------
    NotWholeError
        If the parcel is not whole, or the device file was changed since (somebody joined): make another parcel.
    NotHereError
        If the keys are away already.
    """
    demand(here.keyring, Action.TRAVEL_LEAVE)
    device_file = here.data / DEVICE_FILE
    text = _read(device_file)
    _demand_slots(here, _parsed(text))
    steps("check", 1, 3)
    _demand_same(parcel, here.opened.office_secret, text)
    append(keyring=here.keyring, kind="travel.left", at=at)
    steps("take", 2, 3)
    copies = _take_copies(here.backups)
    written_over = _replace(device_file, device_to_json(without_slots(_parsed(text))), steps)
    return Left(parcel, len(copies), written_over and all(copies))


def give_back(*, parcel: Path, secret: bytes | RecoverySecret, out: Path) -> Device:
    """At home: open the parcel, and write the device file that the traveller puts back with `travel_back`.

    Raises
    ------
    NotWholeError, WrongSecretError
        If the parcel is damaged, or not made out to this office or these shares.
    NotEmptyError
        If something has the name ``out``.
    """
    if out.exists():
        raise NotEmptyError("something has this name already; name another file")
    text = _opened(parcel, secret)
    device = _parsed(text)
    with whole_file(out) as file:
        file.write(text.encode())
    return device


def give_back_from(*, here: Here, parcel: Path, out: Path, at: datetime) -> Device:
    """Do the same for whoever has unlocked the home office's device, and write it into the log."""
    demand(here.keyring, Action.TRAVEL_RETURN)
    device = give_back(parcel=parcel, secret=here.opened.office_secret, out=out)
    append(keyring=here.keyring, kind="travel.returned", at=at, details={"device": str(device.device_id)})
    return device


def travel_back(*, data: Path, file: Path, passphrase: str) -> Device:
    """On the device: put the keys back, once a passphrase has shown that the file belongs here and opens.

    Raises
    ------
    WrongSecretError
        If the passphrase does not open it.
    NotWholeError
        If it is no device file, or another device's.
    """
    device = _parsed(_read(file))
    present = _parsed(_read(data / DEVICE_FILE))
    if present.device_id != device.device_id:
        raise NotWholeError("mixed", "this file belongs to another device")
    open_device(device, passphrase)
    _replace(data / DEVICE_FILE, device_to_json(device), quiet)
    return device


def _demand_slots(here: Here, device: Device) -> None:
    if not has_slot(device, here.opened.store_key, here.opened.identity.person_id):
        raise NotHereError("the keys of this device are away already")


def _demand_same(parcel: Path, secret: bytes, text: str) -> None:
    if _opened(parcel, secret) != text:
        raise NotWholeError(
            "changed", "the parcel does not read back as it was written; nothing was taken off the device"
        )


def _opened(parcel: Path, secret: bytes | RecoverySecret) -> str:
    target = io.BytesIO()
    try:
        with parcel.open("rb") as source:
            open_parcel(source, target, secret, limit=_LARGEST)
        return target.getvalue().decode()
    except (TamperedError, UnicodeDecodeError) as error:
        raise NotWholeError("changed", "the parcel was changed or cut short") from error
    except TooLargeError:
        raise NotWholeError("too_large", "this is no parcel of a device's keys: it is too large") from None


def _parsed(text: str) -> Device:
    try:
        return device_from_json(text)
    except TamperedError:
        raise NotWholeError("wrong_kind", "this is no device file, or it was damaged") from None


def _read(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise NotWholeError("too_large", "this is no device file: it is too large")
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise NotWholeError("wrong_kind", "this is no device file") from None


def _replace(target: Path, text: str, steps: Steps) -> bool:
    """Give ``target`` new content in one step, then write over the place where the old one was; return whether that worked.

    On a disk that writes elsewhere than it is told (most memory cards and solid-state disks) the old content may still lie
    somewhere: it is as hard to open as its passphrases are to guess.
    """
    with target.open("r+b") as old:
        with whole_file(target) as file:
            file.write(text.encode())
        steps("overwrite", 3, 3)
        return _write_over(old)


def _take_copies(backups: Path) -> list[bool]:
    """Remove the device files that lie beside backups here; return for each whether its place was written over."""
    results = []
    for path in sorted(backups.glob("device-*.json")):
        with path.open("r+b") as old:
            path.unlink()
            results.append(_write_over(old))
    if results:
        settle(backups)
    return results


def _write_over(old: BinaryIO) -> bool:
    try:
        length = os.fstat(old.fileno()).st_size
        for _ in range(2):
            old.seek(0)
            old.write(os.urandom(length))
            old.flush()
            os.fsync(old.fileno())
    except OSError:
        return False
    return True
