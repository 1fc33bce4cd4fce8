"""A program that writes through the application's services until it is killed, and says each write once it is acknowledged.

``python -m tests.crash.writer found|write|check FOLDER``, with ``WAYSTATION_DATA`` set to the folder.
"""

import json
import os
import sys
import threading
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from waystation.config.desk import Desk

PASSPHRASE = "abandon ability able about above absent absorb"


def say(**words: Any) -> None:
    """Write one line at once: a pipe takes it whole, and nothing of it waits in this process."""
    os.write(1, json.dumps(words).encode("ascii") + b"\n")


def found(desk: "Desk", at: datetime) -> None:
    """Set up an organisation, and say the store's key to the test."""
    from waystation.accounts.roles import Role

    roles = [Role.DIRECTOR, Role.CASE_LEAD]
    desk.set_up(PASSPHRASE, name="Harbour Light", person_name="Ingrid Testdottir", roles=roles, language="en", at=at)
    desk.confirm(desk.shares()[1:3], at=at)
    assert desk.opened is not None
    say(key=desk.opened.store_key.hex())


def write(desk: "Desk", at: datetime) -> None:
    """Enter cases, change them and attach files in two threads, until the end of this process."""
    desk.unlock(PASSPHRASE, at=at)
    threads = [threading.Thread(target=_write_on, args=(desk, at)) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()


def _write_on(desk: "Desk", at: datetime) -> None:
    from waystation.cases.services import attach_file, change_case, create_case
    from waystation.store.tiers import Tier

    keyring = desk.keyring
    assert keyring is not None
    while True:
        case = create_case(keyring=keyring, values={"name": "이름 0", "whereabouts": "place 0"}, at=at)
        say(case=str(case.pk), version=1, name="이름 0")
        for number in range(1, 4):
            name = f"이름 {number}"
            values = {"name": name, "whereabouts": f"place {number}"}
            case = change_case(keyring=keyring, case=case, seen_version=case.version, values=values, at=at)
            say(case=str(case.pk), version=case.version, name=name)
        content = os.urandom(100_000)
        file = attach_file(
            keyring=keyring, case=case, tier=Tier.MOVEMENT, source=BytesIO(content), name="scan.png", at=at
        )
        say(file=str(file.pk), begins=content[:8].hex(), ends=content[-8:].hex())


def check(desk: "Desk", at: datetime) -> None:
    """Read what was acknowledged from the input and say every fault, then how much was looked at."""
    desk.unlock(PASSPHRASE, at=at)
    acknowledged = [json.loads(line) for line in sys.stdin]
    cases = {each["case"]: each for each in acknowledged if "case" in each}
    files = {each["file"]: each for each in acknowledged if "file" in each}
    for fault in [*_faults_of_cases(desk, cases), *_faults_of_files(desk, files), *faults_of_log(desk)]:
        say(fault=fault)
    say(cases=len(cases), files=len(files), writes=len(acknowledged))


def _faults_of_cases(desk: "Desk", acknowledged: dict[str, Any]) -> list[str]:
    """Return cases that are gone or older than was acknowledged, and any case, acknowledged or not, that is torn."""
    from waystation.cases.models import Case

    assert desk.keyring is not None
    faults = [f"{each} is gone" for each in acknowledged if not Case.objects.filter(pk=each).exists()]
    for case in Case.objects.select_related("record"):
        opened = desk.keyring.open(case, "name", "whereabouts")
        number = str(opened["name"]).split()[1]
        if opened["whereabouts"] != f"place {number}":
            faults.append(f"{case.pk} is torn between two writes")
        if case.changes.count() != case.version:
            faults.append(f"{case.pk} has another version than changes")
        known = acknowledged.get(str(case.pk))
        if known and (case.version < known["version"] or number < str(known["name"]).split()[1]):
            faults.append(f"{case.pk} fell back behind version {known['version']}")
    return faults


def _faults_of_files(desk: "Desk", acknowledged: dict[str, Any]) -> list[str]:
    """Return files that were acknowledged and are not there, and any file of the store that cannot be read to its end."""
    from waystation.store.files import read_file
    from waystation.store.models import SealedFile

    assert desk.keyring is not None
    faults = [f"file {each} is gone" for each in acknowledged if not SealedFile.objects.filter(pk=each).exists()]
    for file in SealedFile.objects.select_related("record"):
        content = b"".join(read_file(desk.keyring, file))
        known = acknowledged.get(str(file.pk))
        if len(content) != 100_000:
            faults.append(f"file {file.pk} is cut short")
        if known and (content[:8].hex(), content[-8:].hex()) != (known["begins"], known["ends"]):
            faults.append(f"file {file.pk} holds something else")
    return faults


def faults_of_log(desk: "Desk") -> list[str]:
    from waystation.accounts.queries import signers
    from waystation.audit.models import Entry, Head
    from waystation.audit.verify import verify

    assert desk.opened is not None
    head = Head.objects.get()
    trusted = signers(desk.opened.root_public, desk.opened.recovery.sign_public)
    found = verify(Entry.objects.order_by("seq"), trusted, head=(head.seq, bytes(head.digest)))
    return [f"log: entry {fault.where} {fault.what}" for fault in found]


def main(verb: str, folder: str) -> None:
    """Do what is asked in a folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waystation.config.settings")
    django.setup()
    from waystation.config.desk import Desk
    from waystation.vault import CHEAP

    desk = Desk(Path(folder), cost=CHEAP)
    {"found": found, "write": write, "check": check}[verb](desk, datetime.now(UTC))


if __name__ == "__main__":
    main(*sys.argv[1:])
