"""Eight writers at once on one record: four processes of two threads. Run by a test, as a program of its own.

``python -m tests.unit.store.crowd FOLDER`` makes a store in FOLDER (or uses the empty database that ``DATABASE_URL`` names), lets
the crowd write, and exits with 0 if nothing was lost. What is wrong otherwise is said on standard error.
"""

import json
import os
import random
import subprocess
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from waystation.store.keyring import Keyring
    from waystation.store.models import Record
    from waystation.vault import Card

STEADY, GUESTS, PROCESSES, ROUNDS = 7, 3, 4, 10
"""People who always hold the key that is written with, people who come and go, and how long they go on."""


def begin(folder: Path) -> None:
    """Let Django begin in this process, with the key held and sheets known."""
    os.environ["WAYSTATION_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waystation.config.settings")
    import django

    from waystation.store.sqlcipher.key import hold_key

    hold_key(bytes(range(32)))
    django.setup()
    from tests.unit.store.sheets import Sheet
    from waystation.store import models

    models.sealed_models = lambda: [Sheet]


def keyrings(folder: Path) -> tuple[list["Keyring"], list["Card"], "Keyring"]:
    """Return everybody's keyring, their cards, and the recovery key's, the same in every process."""
    from waystation.store.keyring import Keyring
    from waystation.vault import Identity, RecoverySecret, admit

    people = [
        Identity(UUID(int=number + 10), bytes([number, 1] * 16), bytes([number, 2] * 16))
        for number in range(STEADY + GUESTS + 1)
    ]
    root, recovery = people[0], RecoverySecret(bytes(32))
    cards = [admit(root, each.person_id, each.box_public, each.sign_public) for each in people]
    by_person = {card.person_id: card for card in cards}
    rings = [Keyring(each, root.sign_public, recovery.public, by_person) for each in people]
    return rings, cards, Keyring(recovery.identity, root.sign_public, recovery.public, by_person)


def prepare(folder: Path) -> None:
    """Make the tables, one record, and one sheet that all write to."""
    from django.core.management import call_command

    from tests.unit.store.sheets import NOON, Sheet
    from waystation.store.tiers import Tier

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    from django.db import connection

    with connection.schema_editor() as editor:
        editor.create_model(Sheet)
    rings, cards, _ = keyrings(folder)
    recipients = {card.person_id: {Tier.WELFARE, Tier.IDENTITY} for card in cards[:STEADY]}
    record = rings[0].create_record(kind="case", recipients=recipients, at=NOON)
    sheet = Sheet(id=record.pk, record=record)
    rings[0].seal(sheet, needs=[])
    sheet.save()


def work(folder: Path, process: int) -> None:
    """Write with two threads; each has a person who is steady, and they share keyrings."""
    rings, cards, _ = keyrings(folder)
    failures: list[str] = []

    def guarded(thread: int) -> None:
        from django.db import connection

        try:
            writer(rings, cards, process * 2 + thread)
        except Exception:
            failures.append(traceback.format_exc())
        finally:
            connection.close()

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stderr.write("".join(failures))
    sys.exit(bool(failures))


def writer(rings: list["Keyring"], cards: list["Card"], number: int) -> None:
    """Note something on the common sheet, write a row of one's own, and give or take a guest's key, again and again."""
    from tests.unit.store.sheets import NOON, Sheet
    from waystation.store.models import Record
    from waystation.store.tiers import Tier

    record = Record.objects.get()
    dice = random.Random(number)
    ring = rings[number % STEADY]
    outsider = rings[-1]
    for turn in range(ROUNDS):
        with ring.locked(record):
            sheet = Sheet._base_manager.get(pk=record.pk)
            noted = ring.open(sheet, "needs")["needs"]
            assert isinstance(noted, list)
            ring.seal(sheet, needs=[*noted, f"{number}.{turn}"])
            sheet.save()
        write_own_row(ring, record, f"{number}.{turn}")
        guest = dice.choice(cards[STEADY : STEADY + GUESTS])
        deed = dice.randrange(4)
        if deed == 0:
            ring.take(record, Tier.WELFARE, guest.person_id, at=NOON)
        elif deed == 1:
            outsider.take(record, Tier.WELFARE, guest.person_id, at=NOON)
        elif deed == 2:
            ring.renew_stale(at=NOON)
        ring.give(record, Tier.WELFARE, guest)


def write_own_row(ring: "Keyring", record: "Record", text: str) -> None:
    """Seal outside of a transaction: the key may be renewed before the row is saved, and then it is sealed anew."""
    from tests.unit.store.sheets import Sheet
    from waystation.store.errors import OutdatedSealError

    row = Sheet(record=record, code=text)
    for _ in range(100):
        ring.seal(row, needs=[text])
        try:
            row.save()
        except OutdatedSealError:
            continue
        return
    raise RuntimeError("the key was renewed a hundred times in the meantime")


def check(folder: Path) -> None:
    """See that every note is there, that every row opens for all who are to read it, and that no old key was used."""
    from tests.unit.store.sheets import NOON, Sheet
    from waystation.store.models import Record, TierKey, Withdrawal
    from waystation.store.tiers import Tier

    rings, cards, recovered = keyrings(folder)
    record = Record.objects.get()
    rings[0].renew_stale(at=NOON)
    assert not Withdrawal.objects.exists()
    written = {f"{number}.{turn}" for number in range(2 * PROCESSES) for turn in range(ROUNDS)}
    versions = sorted(TierKey.objects.filter(record=record, tier=Tier.WELFARE).values_list("version", flat=True))
    assert versions == list(range(1, len(versions) + 1))
    holders = rings[0].holders(record, Tier.WELFARE)
    assert holders >= {card.person_id for card in cards[:STEADY]}
    rows: list[Any] = list(Sheet._base_manager.all())
    for ring in [*rings, recovered]:
        opened = ring.open_many(rows, "needs")
        if ring.person_id not in holders and ring is not recovered:
            assert opened == {}
            continue
        common = opened.pop(record.pk)["needs"]
        assert isinstance(common, list)
        assert sorted(common) == sorted(written), "a note was lost"
        assert sorted(value["needs"][0] for value in opened.values()) == sorted(written)  # type: ignore[index] # a list
    assert {row.needs.version for row in rows} == {versions[-1]}, "a value was left under an old key"
    sys.stdout.write(json.dumps({"renewals": versions[-1] - 1, "rows": len(rows)}) + "\n")


def main() -> None:
    """Run the part that is named; without one, all of them, the workers at once."""
    folder, *part = sys.argv[1:]
    if part:
        begin(Path(folder))
        deed = {"prepare": prepare, "check": check}.get(part[0])
        return deed(Path(folder)) if deed else work(Path(folder), int(part[0]))
    alone = [sys.executable, "-m", "tests.unit.store.crowd", folder]
    subprocess.run([*alone, "prepare"], check=True)
    crowd = [subprocess.Popen([*alone, str(number)]) for number in range(PROCESSES)]
    if sum(abs(each.wait()) for each in crowd):
        sys.exit("somebody in the crowd failed")
    subprocess.run([*alone, "check"], check=True)
    return None


if __name__ == "__main__":
    main()
