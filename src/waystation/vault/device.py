"""The device file: sixteen slots of one size, of which a passphrase opens its own, and a way in for the recovery key."""

import hmac
import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import UUID, uuid4

from waystation.kernel import BadInputError
from waystation.vault.age import checked_recipient
from waystation.vault.cipher import KEY_BYTES, Binding, checked_key, keyed_digest, new_key, open_sealed, seal
from waystation.vault.errors import NoKeyError, TamperedError, WrongSecretError
from waystation.vault.identity import Identity, open_box, seal_to
from waystation.vault.passphrase import SALT_BYTES, STRONG, Cost, demand_strong, stretch
from waystation.vault.recovery import RecoveryPublic, RecoverySecret

SLOTS: Final = 16

_FORMAT = "waystation device 1"
_TAG_BYTES = 16
_SECRETS_BYTES = 16 + 5 * KEY_BYTES + 2 * KEY_BYTES + 62
_SEALED_BYTES = len(seal(bytes(KEY_BYTES), bytes(_SECRETS_BYTES), Binding("device", UUID(int=0), "slot", 1)))
_SLOT_BYTES = _TAG_BYTES + _SEALED_BYTES + _TAG_BYTES
_RECOVERY_SLOT_BYTES = 49 + 16 + 2 * KEY_BYTES
_LONGEST_JSON = 64 * 1024


@dataclass(frozen=True)
class Device:
    """What lies on a device's disk, all of it useless without a passphrase or three recovery shares.

    Parameters
    ----------
    device_id
        Random.
    salt, cost
        Of the one Argon2id that every slot shares.
    slots
        16 of one size: ``tag 16 | sealed | mark 16``. Unused ones look the same, so that how many people use it is not told.
    recovery_slot
        Store key and office secret, sealed to the recovery key.
    recovery_public
        The recovery key's public halves.
    seal
        Digest of all but the slots under the store key, 32 bytes.
    slots_seal
        Digest of the slots under the store key, 32 bytes; random where the slots were taken off.
    """

    device_id: UUID
    salt: bytes
    cost: Cost
    slots: tuple[bytes, ...]
    recovery_slot: bytes
    recovery_public: RecoveryPublic
    seal: bytes
    slots_seal: bytes


@dataclass(frozen=True)
class Opened:
    """What a passphrase opens: the person's keys, and the secrets of the store and the office on this device."""

    identity: Identity
    store_key: bytes = field(repr=False)
    office_secret: bytes = field(repr=False)
    root_public: bytes
    recovery: RecoveryPublic


def new_device(opened: Opened, passphrase: str, cost: Cost = STRONG) -> Device:
    """Make a device file with one slot. A weak passphrase raises BadInputError."""
    demand_strong(passphrase)
    device_id = uuid4()
    bare = Device(
        device_id,
        secrets.token_bytes(SALT_BYTES),
        cost,
        _empty_slots(),
        seal_to(opened.recovery.box_public, device_id.bytes + opened.store_key + opened.office_secret),
        opened.recovery,
        b"",
        b"",
    )
    bare = replace(bare, seal=_seal_of(bare, opened.store_key))
    slot = _slot(bare, opened, stretch(passphrase, bare.salt, bare.cost))
    return _with_slot(bare, secrets.randbelow(SLOTS), slot, opened.store_key)


def open_device(device: Device, passphrase: str) -> Opened:
    """Open the slot that this passphrase fits, with one Argon2id whatever comes of it.

    Raises
    ------
    WrongSecretError
        If it fits none (or the slot was changed).
    TamperedError
        If it fits, but something else in the file was changed: the passphrase is right, the file is not.
    """
    _, opened = _found(device, passphrase)
    _demand_whole(device, opened.store_key)
    if not hmac.compare_digest(device.slots_seal, _slots_seal_of(device, opened.store_key)):
        raise TamperedError("slots of the device file were changed")
    return opened


def add_slot(device: Device, opened: Opened, passphrase: str) -> Device:
    """Let one more person (or one more passphrase) open this device.

    Raises
    ------
    BadInputError
        If the passphrase is weak or already in use here, or all 16 slots are taken.
    TamperedError
        If the file was changed, or belongs to another store.
    """
    demand_strong(passphrase)
    _demand_whole(device, opened.store_key)
    stretched = stretch(passphrase, device.salt, device.cost)
    if _fitting(device, stretched) is not None:
        raise BadInputError("this passphrase is in use on this device; take another one")
    free = [place for place, slot in enumerate(device.slots) if not _used(device, slot, opened.store_key)]
    if not free:
        raise BadInputError("all 16 places of this device are taken; drop somebody first")
    return _with_slot(device, secrets.choice(free), _slot(device, opened, stretched), opened.store_key)


def remove_slot(device: Device, passphrase: str) -> Device:
    """Take off the slot that this passphrase opens; WrongSecretError if it opens none."""
    place, opened = _found(device, passphrase)
    return _with_slot(device, place, _empty_slot(), opened.store_key)


def drop_person(device: Device, store_key: bytes, person_id: UUID) -> Device:
    """Take off every slot of a person, without their passphrase; unchanged if they have none.

    A copy of the older file still opens with their passphrase: the store needs a new key if they may have one.
    """
    tag = _tag(store_key, person_id)
    kept = tuple(_empty_slot() if slot[:_TAG_BYTES] == tag else slot for slot in device.slots)
    return device if kept == device.slots else _sealed_again(replace(device, slots=kept), store_key)


def has_slot(device: Device, store_key: bytes, person_id: UUID) -> bool:
    """Tell whether a person can open this device."""
    return any(
        _used(device, slot, store_key) and slot[:_TAG_BYTES] == _tag(store_key, person_id) for slot in device.slots
    )


def change_passphrase(device: Device, old: str, new: str) -> Device:
    """Replace a passphrase. WrongSecretError if ``old`` fits nothing, BadInputError if ``new`` is weak or already in use.

    A copy of the older file still opens with the old passphrase.
    """
    demand_strong(new)
    place, opened = _found(device, old)
    _demand_whole(device, opened.store_key)
    stretched = stretch(new, device.salt, device.cost)
    if _fitting(device, stretched) is not None:
        raise BadInputError("this passphrase is in use on this device; take another one")
    return _with_slot(device, place, _slot(device, opened, stretched), opened.store_key)


def open_with_recovery(device: Device, secret: RecoverySecret) -> tuple[bytes, bytes]:
    """Return the store key and the office secret (32 bytes each), slots or none.

    WrongSecretError if the recovery secret is another organisation's; TamperedError if the file was changed.
    """
    if secret.public != device.recovery_public:
        raise WrongSecretError("these shares belong to another organisation than this device")
    try:
        opened = open_box(secret.identity.box_secret, device.recovery_slot)
    except NoKeyError:
        raise TamperedError("the recovery part of the device file was changed") from None
    if len(opened) != 16 + 2 * KEY_BYTES or opened[:16] != device.device_id.bytes:
        raise TamperedError("the recovery part of the device file is another device's")
    store_key, office_secret = opened[16:48], opened[48:]
    _demand_whole(device, store_key)
    return store_key, office_secret


def without_slots(device: Device) -> Device:
    """Return the device with every slot unused: no passphrase opens it any more, and nothing in it shows that."""
    return replace(device, slots=_empty_slots(), slots_seal=secrets.token_bytes(32))


def device_to_json(device: Device) -> str:
    """Write the device file: JSON, one fixed layout, about 9 KB."""
    recovery = device.recovery_public
    content = {
        "format": _FORMAT,
        "device_id": str(device.device_id),
        "salt": _text(device.salt),
        "memory_kib": device.cost.memory_kib,
        "passes": device.cost.passes,
        "recovery_box_public": _text(recovery.box_public),
        "recovery_sign_public": _text(recovery.sign_public),
        "recovery_age_recipient": recovery.age_recipient,
        "recovery_slot": _text(device.recovery_slot),
        "seal": _text(device.seal),
        "slots": [_text(slot) for slot in device.slots],
        "slots_seal": _text(device.slots_seal),
    }
    return json.dumps(content, indent=1) + "\n"


def device_from_json(text: str) -> Device:
    """Read a device file. Anything but the exact text that ``device_to_json`` writes raises TamperedError."""
    if len(text) > _LONGEST_JSON:
        raise TamperedError("this is not a device file: it is too long")
    try:
        device = _read(json.loads(text))
        written = device_to_json(device)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError, BadInputError):
        raise TamperedError("this is not a device file, or it was damaged") from None
    if written != text:
        raise TamperedError("the device file was changed")
    return device


def _read(content: Any) -> Device:
    recovery = RecoveryPublic(
        _bytes(content["recovery_box_public"], KEY_BYTES),
        _bytes(content["recovery_sign_public"], KEY_BYTES),
        checked_recipient(content["recovery_age_recipient"]),
    )
    memory_kib, passes = content["memory_kib"], content["passes"]
    if type(memory_kib) is not int or type(passes) is not int or len(content["slots"]) != SLOTS:
        raise ValueError
    return Device(
        UUID(content["device_id"]),
        _bytes(content["salt"], SALT_BYTES),
        Cost(memory_kib, passes),
        tuple(_bytes(slot, _SLOT_BYTES) for slot in content["slots"]),
        _bytes(content["recovery_slot"], _RECOVERY_SLOT_BYTES),
        recovery,
        _bytes(content["seal"], 32),
        _bytes(content["slots_seal"], 32),
    )


def _empty_slot() -> bytes:
    """Return a slot that nobody opens and that looks like any other: truly sealed, with a key that is forgotten at once."""
    sealed = seal(new_key(), bytes(_SECRETS_BYTES), Binding("device", uuid4(), "slot", 1))
    return secrets.token_bytes(_TAG_BYTES) + sealed + secrets.token_bytes(_TAG_BYTES)


def _empty_slots() -> tuple[bytes, ...]:
    return tuple(_empty_slot() for _ in range(SLOTS))


def _found(device: Device, passphrase: str) -> tuple[int, Opened]:
    found = _fitting(device, stretch(passphrase, device.salt, device.cost))
    if found is None:
        raise WrongSecretError("this passphrase opens nothing on this device")
    return found


def _fitting(device: Device, stretched: bytes) -> tuple[int, Opened] | None:
    found = None
    for place, slot in enumerate(device.slots):  # every slot is tried, so that the time does not tell which one it was
        try:
            plain = open_sealed(stretched, slot[_TAG_BYTES:-_TAG_BYTES], _binding(device))
        except TamperedError:
            continue
        found = place, _opened(plain)
    return found


def _opened(plain: bytes) -> Opened:
    if len(plain) != _SECRETS_BYTES:
        raise TamperedError("a slot of the device file is not laid out as it must be")
    take = _taker(plain)
    identity = Identity(UUID(bytes=take(16)), take(KEY_BYTES), take(KEY_BYTES))
    store_key, office_secret, root_public = take(KEY_BYTES), take(KEY_BYTES), take(KEY_BYTES)
    recovery = RecoveryPublic(take(KEY_BYTES), take(KEY_BYTES), take(62).decode("ascii", "replace"))
    return Opened(identity, store_key, office_secret, root_public, recovery)


def _taker(plain: bytes) -> Callable[[int], bytes]:
    rest = memoryview(plain)

    def take(size: int) -> bytes:
        nonlocal rest
        part, rest = rest[:size], rest[size:]
        return bytes(part)

    return take


def _slot(device: Device, opened: Opened, stretched: bytes) -> bytes:
    person, recovery = opened.identity, opened.recovery
    plain = b"".join(
        (
            person.person_id.bytes,
            *map(checked_key, (person.box_secret, person.sign_secret)),
            *map(checked_key, (opened.store_key, opened.office_secret, opened.root_public)),
            *map(checked_key, (recovery.box_public, recovery.sign_public)),
            checked_recipient(recovery.age_recipient).encode("ascii"),
        )
    )
    body = _tag(opened.store_key, person.person_id) + seal(stretched, plain, _binding(device))
    return body + _mark(device, body, opened.store_key)


def _with_slot(device: Device, place: int, slot: bytes, store_key: bytes) -> Device:
    slots = (*device.slots[:place], slot, *device.slots[place + 1 :])
    return _sealed_again(replace(device, slots=slots), store_key)


def _sealed_again(device: Device, store_key: bytes) -> Device:
    return replace(device, slots_seal=_slots_seal_of(device, store_key))


def _binding(device: Device) -> Binding:
    return Binding("device", device.device_id, "slot", 1)


def _tag(store_key: bytes, person_id: UUID) -> bytes:
    """Tell whose slot it is to those who hold the store key, so that a director can drop it."""
    return keyed_digest(store_key, b"device slot of", person_id.bytes)[:_TAG_BYTES]


def _mark(device: Device, body: bytes, store_key: bytes) -> bytes:
    return keyed_digest(store_key, b"device slot in use", device.device_id.bytes, body)[:_TAG_BYTES]


def _used(device: Device, slot: bytes, store_key: bytes) -> bool:
    body, mark = slot[:-_TAG_BYTES], slot[-_TAG_BYTES:]
    return hmac.compare_digest(mark, _mark(device, body, store_key))


def _demand_whole(device: Device, store_key: bytes) -> None:
    if not hmac.compare_digest(device.seal, _seal_of(device, store_key)):
        raise TamperedError("the device file was changed, or belongs to another store")


def _seal_of(device: Device, store_key: bytes) -> bytes:
    recovery = device.recovery_public
    return keyed_digest(
        store_key,
        b"device file",
        _FORMAT.encode(),
        device.device_id.bytes,
        device.salt,
        f"{device.cost.memory_kib} {device.cost.passes}".encode(),
        device.recovery_slot,
        recovery.box_public,
        recovery.sign_public,
        recovery.age_recipient.encode(),
    )


def _slots_seal_of(device: Device, store_key: bytes) -> bytes:
    return keyed_digest(store_key, b"device slots", device.device_id.bytes, *device.slots)


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()


def _bytes(text: str, size: int) -> bytes:
    raw = b64decode(text, validate=True)
    if len(raw) != size:
        raise ValueError
    return raw
