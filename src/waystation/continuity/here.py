from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from waystation.vault import OfficeKeys, Opened

if TYPE_CHECKING:
    from waystation.store.keyring import Keyring

DEVICE_FILE = "device.json"
STORE_FILE = "store.db"
FILES_FOLDER = "files"
BACKUPS_FOLDER = "backups"


LEFT_AFTER = timedelta(days=1)
"""What lies half done in the data folder for so long was left by a process that is gone."""


@dataclass(frozen=True)
class Here:
    """A device, unlocked by one person: where it keeps its files, what the passphrase opened, and their keys."""

    data: Path
    opened: Opened = field(repr=False)
    keyring: "Keyring" = field(repr=False)

    @property
    def office(self) -> OfficeKeys:
        """The office's own keys."""
        return OfficeKeys(self.opened.office_secret)

    @property
    def recipients(self) -> tuple[str, str]:
        """Whom every backup is made out to: the office, and the recovery key."""
        return self.office.age_recipient, self.opened.recovery.age_recipient

    @property
    def backups(self) -> Path:
        """Where backups are kept unless another folder is named."""
        return self.data / BACKUPS_FOLDER

    @property
    def files(self) -> Path:
        """Where sealed files lie."""
        return self.data / FILES_FOLDER
