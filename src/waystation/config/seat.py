"""Who sits at this process: one person from their passphrase to the lock, or nobody."""

import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from django.core.management import call_command
from django.db import DatabaseError

from waystation.config import device_file
from waystation.kernel import RuleRefusedError, WaystationError
from waystation.store.sqlcipher.key import hold_key
from waystation.vault import STRONG, Cost, Opened, RecoverySecret, open_device

if TYPE_CHECKING:
    from waystation.accounts.models import Person
    from waystation.store.keyring import Keyring

PARTING_SECONDS = 0.15
"""The answer to "lock" is sent meanwhile; then the process is gone."""
LATEST_SECONDS = 0.7
"""So long after being told to lock the process is gone, whatever it still has to write into the log."""


class Gate(Protocol):
    """Whoever counts the tries at a passphrase, in another process."""

    def may_try(self) -> float: ...  # noqa: D102
    def seconds_to_wait(self) -> float: ...  # noqa: D102
    def opened(self) -> None: ...  # noqa: D102


class OpenGate:
    """Counts nothing: for commands and tests, where nobody types into a page."""

    def may_try(self) -> float:
        """Let everybody try."""
        return 0.0

    def seconds_to_wait(self) -> float:
        """Nobody waits."""
        return 0.0

    def opened(self) -> None:
        """Note nothing."""


class TooSoonError(RuleRefusedError):
    """Too many wrong passphrases: wait ``seconds``, then try again."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too many wrong passphrases; wait before the next")
        self.seconds = seconds


class Seat:
    """Who sits at this process, from unlocking to the lock.

    All of its methods may be called from any thread; one at a time changes who sits at it.

    Attributes
    ----------
    keyring, opened
        The unlocked person's; None while nobody has unlocked.
    token
        Random, made at each unlocking: sessions of this token sit here, others do not. Empty while nobody has unlocked.
    leave
        Called when the process is about to end: it takes no more connections from then on.
    cautions
        What could write this process's memory to the disk (`waystation.config.serving.hardening`).
    idle_seconds
        How long nobody may do anything.
    seated
        Called with the keyring of whoever has sat down: it begins what takes longer than a page may.
    """

    def __init__(
        self,
        folder: Path,
        *,
        gate: Gate | None = None,
        cautions: tuple[str, ...] = (),
        idle_seconds: float = 300,
        end: Callable[[], object] = lambda: None,
        seated: "Callable[[Keyring], object]" = lambda keyring: None,
        cost: Cost = STRONG,
    ) -> None:
        self.folder, self.cautions, self.idle_seconds = folder, cautions, idle_seconds
        self.keyring: Keyring | None = None
        self.opened: Opened | None = None
        self.token = ""
        self._gate = gate or OpenGate()
        self._end, self._cost, self._seated = end, cost, seated
        self.leave: Callable[[], object] = lambda: None
        self._leaving = False
        self._turn = threading.RLock()
        self._seen = time.monotonic()
        self._confirmed = False
        self._shares: tuple[str, ...] = ()
        self._recovery: RecoverySecret | None = None

    # Who is here, and since when

    def touch(self) -> None:
        """Note that a person did something now."""
        self._seen = time.monotonic()

    def last_seen(self) -> float:
        """Return when a person last did something, by the steady clock; now, while nobody has anything to lose."""
        held = self.opened is not None or self._recovery is not None
        return self._seen if held else time.monotonic()

    def person(self) -> "Person | None":
        """Return the person who sits here, as the store knows them now; None if nobody does, or they were removed."""
        if self.keyring is None:
            return None
        from waystation.accounts.queries import person_of

        return person_of(self.keyring)

    @property
    def has_device(self) -> bool:
        """Whether this device was set up, at least up to its passphrase."""
        return device_file.has_device(self.folder)

    @property
    def is_founded(self) -> bool:
        """Whether somebody has unlocked a store in which there is an organisation."""
        return self.keyring is not None

    @property
    def is_confirmed(self) -> bool:
        """Whether the recovery shares were typed back, so that records may be opened."""
        if not self._confirmed and self.keyring is not None:
            from waystation.accounts.queries import organisation

            self._confirmed = organisation().recovery_confirmed_at is not None
        return self._confirmed

    # Unlock and lock

    def seconds_to_wait(self) -> float:
        """Return how long the next passphrase has to wait."""
        return self._gate.seconds_to_wait()

    def unlock(self, passphrase: str, *, at: datetime) -> None:
        """Open this device with a passphrase, bring the store up to date, and sit down.

        Whoever already sits here stays: another person's passphrase is refused until this process was locked.

        Raises
        ------
        TooSoonError
            If passphrases are tried too fast. This one was not tried.
        WrongSecretError
            If it opens nothing here.
        RuleRefusedError
            If somebody else sits here.
        """
        wait = self._gate.may_try()
        if wait > 0:
            raise TooSoonError(wait)
        with self._turn:
            opened = open_device(device_file.read_device(self.folder), passphrase)
            self._gate.opened()
            if self.opened is not None and self.opened.identity.person_id != opened.identity.person_id:
                raise RuleRefusedError("somebody else has unlocked this; lock it first")
            if self.opened is None:
                self._sit_down(opened, at)

    def open_second(self, passphrase: str) -> Opened:
        """Return what another person's passphrase opens, for one signature of theirs; whoever sits here stays.

        Raises
        ------
        TooSoonError, WrongSecretError
            As `unlock`: tries are counted together.
        """
        wait = self._gate.may_try()
        if wait > 0:
            raise TooSoonError(wait)
        opened = open_device(device_file.read_device(self.folder), passphrase)
        self._gate.opened()
        return opened

    def _sit_down(self, opened: Opened, at: datetime) -> None:
        """Take the keys, bring the tables up to date, and hand on the keys that this person can and others wait for."""
        from waystation.accounts.models import Organisation
        from waystation.accounts.queries import keyring_of
        from waystation.accounts.services import begin_session

        self._hold(opened.store_key)
        keyring = None
        try:
            if Organisation.objects.exists():
                keyring = keyring_of(opened)
                begin_session(keyring=keyring, at=at)
        except RuleRefusedError:
            self._end_soon()  # the store's key is in this process, and nobody may use it
            raise
        self.opened, self.keyring = opened, keyring
        self._be_seated()
        if keyring is not None:
            self._seated(keyring)

    def _hold(self, store_key: bytes) -> None:
        hold_key(store_key)
        self._bring_up_to_date()

    def _bring_up_to_date(self) -> None:
        """Make or change the tables to what this version of the program keeps."""
        call_command("migrate", verbosity=0, interactive=False)

    def _be_seated(self) -> None:
        self.token = secrets.token_urlsafe(32)
        self.touch()

    def lock(self, *, at: datetime) -> None:
        """Write into the log that this person went, and end the process; the answer to their request may still leave it."""
        self._end_soon(LATEST_SECONDS)
        self._part("asked", at)
        self._end_soon()

    def _part(self, reason: str, at: datetime) -> None:
        """Let go of the keys, and note that this person's session is over and why."""
        keyring, here = self.keyring, self.person() is not None
        self.keyring, self.opened, self.token = None, None, ""
        if keyring is not None and here:  # whoever was removed meanwhile signs nothing any more
            from waystation.accounts.services import end_session

            end_session(keyring=keyring, reason=reason, at=at)

    def _end_soon(self, seconds: float | None = None) -> None:
        """End the process whatever else happens; the answer under way may still leave it."""
        self._leaving = True
        self.leave()
        threading.Timer(PARTING_SECONDS if seconds is None else seconds, self._end).start()

    def wait_if_leaving(self) -> None:
        """Answer nothing any more once the process is about to end: what this one says, the next one does not know of.

        The browser's connection breaks with the process, and it asks again by itself.
        """
        if self._leaving:
            time.sleep(5 * PARTING_SECONDS)

    def end(self, reason: str, *, at: datetime) -> None:
        """End the process without being asked, at once if nobody sits here, and write why into the log while there is time.

        Parameters
        ----------
        reason
            ``idle``, ``asleep``, ``stopped`` or ``signal``. If the log cannot be written within `LATEST_SECONDS`, because
            somebody else writes or the disk is gone, the process ends without.
        """
        if self.opened is not None:
            self._end_soon(LATEST_SECONDS)
            self.depart(reason, at=at)
        self._end()

    def depart(self, reason: str, *, at: datetime) -> None:
        """Let go of the keys and note why, if the log can be written; the process is about to end in any case."""
        with suppress(DatabaseError, WaystationError):
            self._part(reason, at)
