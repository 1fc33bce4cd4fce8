"""Run in a process of its own: opens a store that was served, reads all of it, and writes what it found as JSON."""

import json
import os
import sys
from pathlib import Path
from typing import Any


def main(passphrase: str) -> None:
    import django

    folder = Path(os.environ["WAYSTATION_DATA"])
    django.setup()
    from django.utils.timezone import now

    from waystation.config.desk import Desk
    from waystation.store.sqlcipher.upkeep import integrity_check

    desk = Desk(folder)
    desk.unlock(passphrase, at=now())
    assert desk.opened is not None
    found: dict[str, Any] = {
        "cases": cases(desk),
        "faults": log_faults(desk),
        "broken": list(integrity_check(folder / "store.db", desk.opened.store_key)),
    }
    sys.stdout.write(json.dumps(found))


def cases(desk: Any) -> dict[str, Any]:
    from waystation.cases.models import Case

    return {
        str(case.pk): {
            "version": case.version,
            "changes": sorted(case.changes.values_list("version", flat=True)),
            **desk.keyring.open(case, "name", "note"),
        }
        for case in Case.objects.select_related("record")
    }


def log_faults(desk: Any) -> list[str]:
    from waystation.accounts.queries import signers
    from waystation.audit.models import Entry, Head
    from waystation.audit.verify import verify

    head = Head.objects.get(pk=1)
    entries = Entry.objects.order_by("seq")
    known = signers(desk.opened.root_public, desk.opened.recovery.sign_public)
    faults = verify(entries, known, head=(head.seq, bytes(head.digest)))
    return [f"{fault.where}: {fault.what.value}" for fault in faults]


if __name__ == "__main__":
    main(sys.argv[1])
