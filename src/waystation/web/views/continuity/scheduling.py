"""The thread of the serving process that backs up once a day."""

from threading import Event, Lock, Thread
from threading import enumerate as threads

from django.conf import settings
from django.utils.timezone import now

from waystation.continuity.here import Here
from waystation.continuity.schedule import keep_up
from waystation.web.middleware.desk import installed

_NAME = "daily-backup"
_starting = Lock()


def start_schedule() -> Thread | None:
    """Start the thread, once in a serving process; None where it runs already or nothing is served (tests, commands).

    It ends with the process, and with it the keys.
    """
    with _starting:
        if not settings.PORT or _running():
            return None
        thread = Thread(target=keep_up, args=(here_now, now, Event()), name=_NAME, daemon=True)
        thread.start()
        return thread


def here_now() -> Here | None:
    """Return the device as whoever sits here has unlocked it; None while nobody does."""
    desk = installed()
    if desk is None or desk.opened is None or desk.keyring is None or not desk.is_confirmed:
        return None
    return Here(settings.DATA_DIR, desk.opened, desk.keyring)


def _running() -> bool:
    return any(thread.name == _NAME for thread in threads())
