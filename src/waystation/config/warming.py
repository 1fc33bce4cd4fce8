"""What takes longer than a page may, in a thread of its own from unlocking on: open what the person may see, settle the keys."""

import gc
import threading
from contextlib import suppress
from datetime import datetime
from time import sleep
from typing import TYPE_CHECKING, Final

from django.db import DatabaseError, connections
from django.utils import timezone

from waystation.kernel import WaystationError

if TYPE_CHECKING:
    from waystation.store.keyring import Keyring

STEP_SECONDS: Final = 0.1
"""So long it works before it lets whoever waits for an answer have the processor."""
PAUSE_SECONDS: Final = 0.005
AT_ONCE: Final = 200
"""Records settled in one transaction at most."""


def begin_warming(keyring: "Keyring") -> threading.Thread:
    """Warm up in the background; the thread ends by itself, and with the process. Whatever fails there fails again on a page."""
    thread = threading.Thread(target=_in_background, args=(keyring,), name="warming", daemon=True)
    thread.start()
    return thread


def warm(keyring: "Keyring", at: datetime) -> None:
    """Open what the person may see, the newest cases first; then settle the keys of all cases, where `settle_first` left that.

    Whoever takes first calls is then ready to be told who may be known already.
    """
    from waystation.accounts.permissions import Action, may
    from waystation.accounts.queries import person_of
    from waystation.cases.duplicates.book import follow_index
    from waystation.cases.index.index import index_of
    from waystation.cases.to_do import tasks_of

    person = person_of(keyring)
    if person is None:
        return
    index = index_of(keyring)
    while not index.catch_up(person, at=at, seconds=STEP_SECONDS).done:
        sleep(PAUSE_SECONDS)
    index.order()
    while not tasks_of(keyring).catch_up(person, at=at, seconds=STEP_SECONDS).done:
        sleep(PAUSE_SECONDS)
    _settle_rest(keyring, at)
    if may(person, Action.CASE_CREATE):
        while not follow_index(keyring=keyring, person=person, at=at, seconds=STEP_SECONDS):
            sleep(PAUSE_SECONDS)


def _settle_rest(keyring: "Keyring", at: datetime) -> None:
    from waystation.accounts.services.keys import FEW, settle_some
    from waystation.store.models import Record

    cases = Record.objects.filter(shredded_at=None, kind="case").order_by("-created_at")
    ids = list(cases.values_list("pk", flat=True))
    for start in range(0, len(ids) if len(ids) > FEW else 0, AT_ONCE):
        settle_some(keyring=keyring, record_ids=ids[start : start + AT_ONCE], at=at)
        sleep(PAUSE_SECONDS)


def _in_background(keyring: "Keyring") -> None:
    try:
        with suppress(DatabaseError, WaystationError):
            warm(keyring, timezone.now())
            # Millions of objects stay until the process ends: no page waits for them to be looked through for what can go.
            gc.freeze()
    finally:
        connections.close_all()
