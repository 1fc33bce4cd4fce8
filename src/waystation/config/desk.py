"""What one process holds: the keys of the one person who unlocked it, or nobody's."""

import secrets
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from django.core.management import call_command
from django.db import connection, transaction

from waystation.config import device_file
from waystation.kernel import RuleRefusedError
from waystation.store.sqlcipher.key import hold_key
from waystation.vault import (
    STRONG,
    Cost,
    Identity,
    LockedError,
    NoKeyError,
    Opened,
    RecoverySecret,
    WrongSecretError,
    add_slot,
    change_passphrase,
    drop_person,
    new_device,
    open_box,
    open_device,
    open_with_recovery,
    recover,
    seal_to,
    shares_of,
)

if TYPE_CHECKING:
    from waystation.accounts.models import Person
    from waystation.accounts.roles import Role
    from waystation.accounts.services.founding import Beginning
    from waystation.store.keyring import Keyring

PARTING_SECONDS = 0.1
"""The answer to "lock" is sent meanwhile; then the process is gone."""


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


class Desk:
    """One process's desk. All of its methods may be called from any thread; one at a time changes who sits at it.

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
    """

    def __init__(
        self,
        folder: Path,
        *,
        gate: Gate | None = None,
        cautions: tuple[str, ...] = (),
        idle_seconds: float = 300,
        end: Callable[[], object] = lambda: None,
        cost: Cost = STRONG,
    ) -> None:
        self.folder, self.cautions, self.idle_seconds = folder, cautions, idle_seconds
        self.keyring: Keyring | None = None
        self.opened: Opened | None = None
        self.token = ""
        self._gate = gate or OpenGate()
        self._end, self._cost = end, cost
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

    def _hold(self, store_key: bytes) -> None:
        hold_key(store_key)
        call_command("migrate", verbosity=0, interactive=False)

    def _be_seated(self) -> None:
        self.token = secrets.token_urlsafe(32)
        self.touch()

    def lock(self, *, at: datetime) -> None:
        """Write into the log that this person went, and end the process; the answer to their request may still leave it."""
        self._end_soon()
        keyring, here = self.keyring, self.person() is not None
        self.keyring, self.opened, self.token = None, None, ""
        if keyring is not None and here:  # whoever was removed meanwhile signs nothing any more
            from waystation.accounts.services import end_session

            end_session(keyring=keyring, at=at)

    def _end_soon(self) -> None:
        """End the process whatever else happens; the answer under way may still leave it."""
        self._leaving = True
        self.leave()
        threading.Timer(PARTING_SECONDS, self._end).start()

    def wait_if_leaving(self) -> None:
        """Answer nothing any more once the process is about to end: what this one says, the next one does not know of.

        The browser's connection breaks with the process, and it asks again by itself.
        """
        if self._leaving:
            time.sleep(5 * PARTING_SECONDS)

    def end(self, _reason: str = "") -> None:
        """End the process at once."""
        self._end()

    # The first steps

    def set_up(
        self,
        passphrase: str,
        *,
        name: str,
        person_name: str,
        roles: "Collection[Role]",
        language: str,
        at: datetime,
    ) -> None:
        """Make the organisation's secrets, this device's file and the store, found the organisation, and sit down.

        Interrupted anywhere, it can be taken up again: before the device file is written there is nothing; after it, the
        passphrase opens an empty store that waits for `found`.

        Raises
        ------
        RuleRefusedError
            If this device is set up already, its folder holds a store without a device file, or the database an organisation.
        BadInputError
            If the passphrase is weak.
        """
        from waystation.accounts.services import new_opened

        with self._turn:
            self._demand_new()
            beginning = new_opened()
            device = new_device(beginning.opened, passphrase, self._cost)
            secret = recover(beginning.shares[:3])
            sealed = seal_to(beginning.opened.identity.box_public, secret.secret)
            device_file.keep_unconfirmed(self.folder, sealed)
            device_file.write_device(self.folder, device)
            self._hold(beginning.opened.store_key)
            self.opened = beginning.opened
            self._be_seated()
            self._found(beginning, name=name, person_name=person_name, roles=roles, language=language, at=at)

    def found(self, *, name: str, person_name: str, roles: "Collection[Role]", language: str, at: datetime) -> None:
        """Found the organisation in the empty store that an interrupted `set_up` left. LockedError if nobody has unlocked it."""
        from waystation.accounts.services import Beginning
        from waystation.accounts.services.recovery import sign_root

        with self._turn:
            if self.opened is None:
                raise LockedError("unlock first")
            secret = self._unconfirmed_secret()
            beginning = Beginning(self.opened, shares_of(secret), sign_root(secret, self.opened.root_public))
            self._found(beginning, name=name, person_name=person_name, roles=roles, language=language, at=at)

    def _found(
        self,
        beginning: "Beginning",
        *,
        name: str,
        person_name: str,
        roles: "Collection[Role]",
        language: str,
        at: datetime,
    ) -> None:
        from waystation.accounts.services import found_organisation

        founded = found_organisation(
            beginning=beginning, name=name, person_name=person_name, roles=roles, language=language, at=at
        )
        self.keyring, self._shares = founded.keyring, founded.shares

    def _demand_new(self) -> None:
        if self.has_device:
            raise RuleRefusedError("this device is set up already")
        if connection.vendor == "sqlite":
            if (self.folder / "store.db").exists():
                raise RuleRefusedError("this folder holds a store without its device file; restore a backup elsewhere")
            return
        from waystation.accounts.models import Organisation

        call_command("migrate", verbosity=0, interactive=False)
        if Organisation.objects.exists():
            raise RuleRefusedError("this database holds an organisation already")

    def _unconfirmed_secret(self) -> RecoverySecret:
        sealed = device_file.read_unconfirmed(self.folder)
        if self.opened is None or sealed is None:
            raise NoKeyError("the recovery secret is no longer on this device")
        return RecoverySecret(open_box(self.opened.identity.box_secret, sealed))

    def shares(self) -> tuple[str, ...]:
        """Return the five shares to print; empty after the process was locked (`renew_shares`) and once they were confirmed."""
        return self._shares

    def renew_shares(self, *, at: datetime) -> None:
        """Make five new shares of the same recovery key, while they are not confirmed. NoKeyError afterwards."""
        from waystation.accounts.services import renew_shares

        with self._turn:
            if self.keyring is None:
                raise LockedError("unlock first")
            self._shares = renew_shares(keyring=self.keyring, secret=self._unconfirmed_secret(), at=at)

    def confirm(self, typed: Sequence[str], *, at: datetime) -> None:
        """Note that two shares were typed back, and forget the secret. SharesDifferError if they are not two of the five."""
        from waystation.accounts.services import confirm_recovery

        with self._turn:
            if self.keyring is None:
                raise LockedError("unlock first")
            confirm_recovery(keyring=self.keyring, typed=typed, at=at)
            self._shares = ()
            device_file.forget_unconfirmed(self.folder)

    # Recovery

    def open_with_shares(self, typed: Sequence[str]) -> None:
        """Open the store with three recovery shares, to choose whose passphrase is made anew.

        Raises
        ------
        TooSoonError, MistypedShareError, WrongSecretError
            If tried too fast; if single shares are wrong; if they are not this organisation's.
        """
        wait = self._gate.may_try()
        if wait > 0:
            raise TooSoonError(wait)
        with self._turn:
            secret = recover(typed)
            store_key, _ = open_with_recovery(device_file.read_device(self.folder), secret)
            self._gate.opened()
            if self.opened is not None:
                raise RuleRefusedError("somebody has unlocked this; lock it first")
            self._hold(store_key)
            self._recovery = secret
            self._be_seated()

    def recoverable(self) -> list[tuple[UUID, str]]:
        """Return who is here, with their names, for whoever gave three shares; LockedError otherwise."""
        from waystation.accounts.queries import colleagues, people_here
        from waystation.accounts.services import recovery_keyring

        if self._recovery is None:
            raise LockedError("three shares are needed")
        names = colleagues(recovery_keyring(self._recovery), people_here())
        return sorted(names.items(), key=lambda item: item[1])

    def recover(self, person_id: UUID, passphrase: str, *, at: datetime) -> None:
        """Give a person new keys and a new passphrase on this device, forget the recovery secret, and sit down as that person.

        Raises
        ------
        LockedError
            If no shares were given before.
        BadInputError
            If the passphrase is weak or in use. Nothing was changed.
        """
        from waystation.accounts.models import Person
        from waystation.accounts.queries import organisation
        from waystation.accounts.services import recover_person

        with self._turn:
            secret = self._recovery
            if secret is None:
                raise LockedError("three shares are needed")
            device = device_file.read_device(self.folder)
            store_key, office_secret = open_with_recovery(device, secret)
            with transaction.atomic():
                identity = recover_person(secret=secret, person=Person.objects.get(pk=person_id), at=at)
                root = bytes(organisation().root_public)
                opened = Opened(identity, store_key, office_secret, root, secret.public)
                device = add_slot(drop_person(device, store_key, person_id), opened, passphrase)
            device_file.write_device(self.folder, device)
            self._recovery = None
            self._sit_down(opened, at)

    # The slots of this device

    def add_person(self, identity: Identity, passphrase: str) -> None:
        """Let another person open this device. BadInputError if the passphrase is weak or in use, or every slot is taken."""
        with self._turn:
            mine = self._demand_opened()
            theirs = replace(mine, identity=identity)
            device_file.write_device(self.folder, add_slot(device_file.read_device(self.folder), theirs, passphrase))

    def change_passphrase(self, old: str, new: str, *, at: datetime) -> None:
        """Replace the passphrase of whoever sits here.

        Raises
        ------
        TooSoonError, WrongSecretError
            If tried too fast; if ``old`` is not theirs.
        BadInputError
            If ``new`` is weak or in use here.
        """
        from waystation.accounts.services import note_passphrase_changed

        wait = self._gate.may_try()
        if wait > 0:
            raise TooSoonError(wait)
        with self._turn:
            mine = self._demand_opened()
            device = device_file.read_device(self.folder)
            if open_device(device, old).identity.person_id != mine.identity.person_id:
                raise WrongSecretError("this is not your passphrase")
            self._gate.opened()
            device_file.write_device(self.folder, change_passphrase(device, old, new))
            if self.keyring is not None:
                note_passphrase_changed(keyring=self.keyring, at=at)

    def drop_person(self, person_id: UUID) -> None:
        """Take a person's slots off this device. A copy of the older file still opens with their passphrase."""
        with self._turn:
            mine = self._demand_opened()
            device = device_file.read_device(self.folder)
            device_file.write_device(self.folder, drop_person(device, mine.store_key, person_id))

    def _demand_opened(self) -> Opened:
        if self.opened is None:
            raise LockedError("unlock first")
        return self.opened
