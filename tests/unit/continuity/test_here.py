from pathlib import Path
from uuid import uuid4

from waystation.continuity.here import Here
from waystation.vault import OfficeKeys, Opened, new_identity, new_key, new_recovery


def test_it_knows_its_places_and_recipients_and_shows_no_secret() -> None:
    identity, recovery, secret = new_identity(uuid4()), new_recovery(), new_key()
    opened = Opened(identity, new_key(), secret, identity.sign_public, recovery.public)
    here = Here(Path("/data"), opened, None)  # type: ignore[arg-type] # nothing asks for it here
    assert (here.backups, here.files) == (Path("/data/backups"), Path("/data/files"))
    assert here.recipients == (OfficeKeys(secret).age_recipient, recovery.public.age_recipient)
    assert repr(here) == "Here(data=PosixPath('/data'))"
