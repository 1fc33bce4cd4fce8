"""What one process can do with the keys it holds: the first steps, recovery, and the ways into this device."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction

from waystation.config import device_file
from waystation.config.seat import Seat, TooSoonError
from waystation.kernel import RuleRefusedError
from waystation.vault import (
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
    from waystation.accounts.roles import Role
    from waystation.accounts.services.founding import Beginning


class Desk(Seat):
    """A seat from which the organisation is founded, recovered, and others are let in."""

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

        self._bring_up_to_date()
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
