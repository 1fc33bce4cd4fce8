"""Programs of `test_eight_people`: one founds an office, eight save one case, one reads it. Each is a process of its own.

What they tell each other goes through pipes, as lines of JSON; the store is that of ``WAYSTATION_DATA`` or ``DATABASE_URL``.
"""

import itertools
import json
import sys
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import django
from django.core.management import call_command

PEOPLE = 8
STORE_KEY = bytes(range(32))


def found() -> None:
    """Make the tables, an office with eight case leads, and a case; say the keys."""
    call_command("migrate", verbosity=0)
    from tests.office import found_office
    from tests.unit.cases.people import entered

    from waystation.accounts.roles import Role

    office = found_office(people=["director"])
    for number in range(PEOPLE):
        office.admit(f"lead {number}", f"Lead {number}", [Role.CASE_LEAD])
    case = entered(office, "lead 0", note="note:")
    opened = office.founded.opened
    recovery = opened.recovery
    tell(
        case=case.pk.hex,
        root=opened.root_public.hex(),
        recovery=[recovery.box_public.hex(), recovery.sign_public.hex(), recovery.age_recipient],
        people=[
            [each.person_id.hex, each.box_secret.hex(), each.sign_secret.hex()]
            for each in (office.opened[f"lead {number}"].identity for number in range(PEOPLE))
        ],
    )


def save(number: int) -> None:
    """Read the case, wait for the word, and save until the own line is in; say what one was told on the way."""
    from waystation.cases.errors import ChangedMeanwhileError
    from waystation.cases.services import change_case

    told = json.loads(sys.stdin.readline())
    keyring = keyring_of(told, number)
    case, note = read(told, keyring)
    tell(ready=number)
    sys.stdin.readline()
    meanwhile: list[Any] = []
    while True:
        try:
            change_case(
                keyring=keyring,
                case=case,
                seen_version=case.version,
                values={"note": f"{note}\nperson {number} was here"},
                at=datetime.now(UTC),
            )
            break
        except ChangedMeanwhileError as error:
            meanwhile.append([sorted(error.fields), [[each.version, each.by.hex] for each in error.changes]])
            case, note = read(told, keyring)
    tell(meanwhile=meanwhile)


def show() -> None:
    """Say the note and the history as they are at the end, and whether the log is whole."""
    from waystation.audit.models import Entry

    told = json.loads(sys.stdin.readline())
    case, note = read(told, keyring_of(told, 0))
    changes = [[each.version, each.by.hex, each.fields] for each in case.changes.order_by("version")]
    entries = list(Entry.objects.order_by("seq").values_list("seq", "previous", "digest"))
    whole = all(bytes(after[1]) == bytes(before[2]) for before, after in itertools.pairwise(entries))
    numbered = [seq for seq, _, _ in entries] == list(range(1, len(entries) + 1))
    changed = Entry.objects.filter(kind="record.changed").count()
    tell(note=note, version=case.version, changes=changes, whole=whole and numbered, entries=changed)


def read(told: Any, keyring: Any) -> tuple[Any, str]:
    """Return the case and its note as they are now."""
    from waystation.cases.models import Case

    case = Case.objects.select_related("record").get(pk=UUID(told["case"]))
    return case, str(keyring.open(case, "note")["note"])


def keyring_of(told: Any, number: int) -> Any:
    """Return one person's keyring."""
    from waystation.accounts import queries
    from waystation.vault import Identity, Opened, RecoveryPublic

    person_id, box, signing = told["people"][number]
    box_public, sign_public, age = told["recovery"]
    identity = Identity(UUID(person_id), bytes.fromhex(box), bytes.fromhex(signing))
    recovery = RecoveryPublic(bytes.fromhex(box_public), bytes.fromhex(sign_public), age)
    return queries.keyring_of(Opened(identity, STORE_KEY, STORE_KEY, bytes.fromhex(told["root"]), recovery))


def tell(**values: Any) -> None:
    """Say one line."""
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    django.setup()
    from waystation.store.sqlcipher.key import hold_key

    hold_key(STORE_KEY)
    match sys.argv[1:]:
        case ["found"]:
            found()
        case ["save", number]:
            save(int(number))
        case ["show"]:
            show()
