"""A folder of backups: what lies in it, and what goes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from waystation.continuity.errors import NotHereError
from waystation.continuity.keep import kept, kept_keyrings, time_of
from waystation.kernel import BadInputError


@dataclass(frozen=True)
class Shelved:
    """A backup in a folder. ``keyring`` or ``device`` are None where the file is not (or no longer) there."""

    stamp: str
    made_at: datetime
    store: Path
    keyring: Path | None
    device: Path | None

    @property
    def size(self) -> int:
        """Bytes of its files."""
        return sum(path.stat().st_size for path in (self.store, self.keyring, self.device) if path is not None)


def store_file(folder: Path, stamp: str) -> Path:
    """Return where the store's part lies."""
    return folder / f"store-{stamp}.age"


def keyring_file(folder: Path, stamp: str) -> Path:
    """Return where the keys' part lies."""
    return folder / f"keyring-{stamp}.age"


def device_file(folder: Path, stamp: str) -> Path:
    """Return where the device file lies that lets a passphrase open the other two."""
    return folder / f"device-{stamp}.json"


def shelved(folder: Path) -> list[Shelved]:
    """Return the backups in a folder, the newest first."""
    found = []
    for path in folder.glob("store-*.age"):
        stamp = path.name.removeprefix("store-").removesuffix(".age")
        made_at = time_of(stamp)
        if made_at is not None:
            beside = (keyring_file(folder, stamp), device_file(folder, stamp))
            keyring, device = (other if other.exists() else None for other in beside)
            found.append(Shelved(stamp, made_at, path, keyring, device))
    return sorted(found, key=lambda each: each.made_at, reverse=True)


def newest(folder: Path) -> Shelved:
    """Return the newest backup.

    Raises
    ------
    NotHereError
        If there is none.
    """
    found = shelved(folder)
    if not found:
        raise NotHereError("there is no backup yet: make one first")
    return found[0]


def newest_keyring(folder: Path) -> Path | None:
    """Return the newest keyring backup in a folder, whichever store backup it was made with."""
    return _newest(folder, "keyring-", ".age")


def newest_device(folder: Path) -> Path | None:
    """Return the newest device file in a folder of backups."""
    return _newest(folder, "device-", ".json")


def _newest(folder: Path, begin: str, end: str) -> Path | None:
    found = {at: path for path in folder.glob(f"{begin}*{end}") if (at := _time(path, begin, end))}
    return found[max(found)] if found else None


def _time(path: Path, begin: str, end: str) -> datetime | None:
    return time_of(path.name.removeprefix(begin).removesuffix(end))


def named(backup: Path) -> Shelved:
    """Return the backup whose store file (``store-....age``) is ``backup``.

    Raises
    ------
    BadInputError
        If there is no such file, or it has another name.
    """
    for found in shelved(backup.parent):
        if found.store.name == backup.name:
            return found
    raise BadInputError(f"{backup.name} is no backup: name a file such as store-20261122t043000z.age")


def clear_out(folder: Path, now: datetime) -> list[Path]:
    """Remove the backups that no table keeps, and the keyrings that are too old; return what was removed."""
    backups = shelved(folder)
    staying = kept(each.made_at for each in backups)
    gone = [path for each in backups if each.made_at not in staying for path in (each.store, each.device) if path]
    keyrings = {at: path for path in folder.glob("keyring-*.age") if (at := _time(path, "keyring-", ".age"))}
    stay = kept_keyrings(keyrings, now)
    gone += [path for at, path in keyrings.items() if at not in stay]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone
