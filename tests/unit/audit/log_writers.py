"""Programs of `test_eight_writers`: one founds an office, eight write its log at once, one checks it; each a process.

The office goes through a pipe, pickled: it is this test's own invention, and its keys open nothing else.
"""

import pickle
import sys

import django
from django.core.management import call_command

WRITERS, EACH = 8, 25


def found() -> None:
    """Make the tables and an office, and hand it on."""
    call_command("migrate", verbosity=0)
    from tests.office import found_office

    sys.stdout.buffer.write(pickle.dumps(found_office()))


def write(key: str) -> None:
    """Wait for the word, then write entries as fast as they go."""
    from waystation.audit.services import append

    office = pickle.load(sys.stdin.buffer)
    keyring = office.keyring(key)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.buffer.readline()
    for number in range(EACH):
        append(keyring=keyring, kind="record.opened", at=office.now, details={"count": number})


def check() -> None:
    """Say how many entries there are by whom, and every fault."""
    from waystation.accounts.queries import signers
    from waystation.audit.models import Entry, Head
    from waystation.audit.verify import verify

    office = pickle.load(sys.stdin.buffer)
    head, opened = Head.objects.get(), office.founded.opened
    known = signers(opened.root_public, opened.recovery.sign_public)
    faults = verify(Entry.objects.order_by("seq"), known, head=(head.seq, bytes(head.digest)))
    mine = Entry.objects.filter(kind="record.opened")
    counts = {key: mine.filter(signer=office.id(key)).count() for key in office.opened}
    sys.stdout.buffer.write(pickle.dumps((head.seq, Entry.objects.count(), counts, faults)))


if __name__ == "__main__":
    django.setup()
    from waystation.store.sqlcipher.key import hold_key

    hold_key(bytes(range(32)))
    if sys.argv[1] == "write":
        write(sys.argv[2])
    else:
        {"found": found, "check": check}[sys.argv[1]]()
