"""What one unlocked person holds in memory: the keys of records, who else has them, and how they change hands."""

from waystation.store.keyring.keyring_rows import KEYRING_TABLES, export_grants, import_grants
from waystation.store.keyring.new_records import NewRecords, write_new
from waystation.store.keyring.ring import Keyring
from waystation.store.keyring.rotation import Taken

__all__ = ["KEYRING_TABLES", "Keyring", "NewRecords", "Taken", "export_grants", "import_grants", "write_new"]
