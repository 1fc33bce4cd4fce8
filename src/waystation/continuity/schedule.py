"""The daily backup, while somebody has unlocked."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.db import DatabaseError, connections, transaction

from waystation.audit.services import append
from waystation.continuity.backup import backup_if_due
from waystation.continuity.here import Here
from waystation.kernel import RuleRefusedError, WaystationError

LOOK_EVERY = 60.0
"""Seconds."""
AFTER_FAILURE = 60
"""Looks that are skipped after a backup failed: an hour."""


def keep_up(here: Callable[[], Here | None], clock: Callable[[], datetime], stop: threading.Event) -> None:
    """Make a backup whenever one is due and somebody has unlocked, until ``stop`` is set. To be run in a thread of its own.

    Parameters
    ----------
    here
        Returns the unlocked device, None while it is locked.
    clock
        Returns the time, UTC.
    """
    skip = 0
    while not stop.wait(LOOK_EVERY):
        if skip:
            skip -= 1
            continue
        unlocked = here()
        if unlocked is not None and not look(unlocked, clock()):
            skip = AFTER_FAILURE


def look(here: Here, now: datetime) -> bool:
    """Make a backup if one is due; False if it failed, which the log says."""
    try:
        backup_if_due(here=here, now=now)
    except RuleRefusedError:
        return True  # somebody is making one just now
    except (OSError, DatabaseError, WaystationError) as error:
        with suppress(DatabaseError, WaystationError):
            note_failure(here, type(error).__name__, now)
        return False
    finally:
        connections.close_all()
    return True


@transaction.atomic
def note_failure(here: Here, kind: str, at: datetime) -> None:
    """Say in the log, as an alert, that a backup failed, and by what kind of error."""
    append(keyring=here.keyring, kind="backup.failed", at=at, details={"error": kind.lower()})
