"""Somebody lost their passphrase and every device: new keys for them, out of three recovery shares."""

from datetime import datetime

from django.db import transaction

from waystation.accounts.models import FormerCard, Organisation, Person
from waystation.accounts.queries import believing_keyring, organisation
from waystation.audit.services import append, sign_boxes_again
from waystation.kernel import RuleRefusedError
from waystation.store.keyring import Keyring
from waystation.vault import (
    Identity,
    RecoverySecret,
    TamperedError,
    WrongSecretError,
    admit,
    new_identity,
    open_box,
    sign,
    verify,
)

_ROOT = b"waystation root 1\x00"


def sign_root(secret: RecoverySecret, root_public: bytes) -> bytes:
    """Sign the founder's public key with the recovery key, so that whoever recovers knows it from a row written by another."""
    return sign(secret.identity, _ROOT + root_public)


def recovery_keyring(secret: RecoverySecret) -> Keyring:
    """Return the keyring that three shares give: it opens every record, and is to be forgotten as soon as possible.

    Raises
    ------
    WrongSecretError
        If the shares are another organisation's.
    TamperedError
        If the root's key in the store was exchanged.
    """
    row = organisation()
    _demand_ours(row, secret)
    root = bytes(row.root_public)
    return believing_keyring(secret.identity, root, secret.public)


@transaction.atomic
def recover_person(*, secret: RecoverySecret, person: Person, at: datetime) -> Identity:
    """Give somebody who is here new signing keys and their old box key, and let the recovery key vouch for them.

    What they signed before stays signed; what was sealed to them opens again. The caller gives the identity a passphrase on a
    device and forgets the secret.

    Raises
    ------
    WrongSecretError, TamperedError
        As in `recovery_keyring`.
    RuleRefusedError
        If the person has left.
    """
    keyring = recovery_keyring(secret)
    person = Person.objects.select_for_update().select_related("record").get(pk=person.pk)
    if not person.active:
        raise RuleRefusedError("this person has left: admit them again instead")
    box_secret = open_box(secret.identity.box_secret, bytes(person.escrow))
    identity = Identity(person.pk, box_secret, new_identity(person.pk).sign_secret)
    known = keyring.cards.get(person.pk)
    if known is None or known.box_public != identity.box_public:
        raise TamperedError("this person's keys in the store are not those a director vouched for")
    entry = append(
        keyring=keyring,
        kind="person.recovered",
        at=at,
        record=person.record,
        details={"person": str(person.pk), "sign_public": identity.sign_public.hex()},
    )
    FormerCard.objects.create(
        person=person,
        box_public=person.box_public,
        sign_public=person.sign_public,
        admitted_by=person.admitted_by,
        card_signature=person.card_signature,
        since_seq=person.since_seq,
        until_seq=entry.seq,
    )
    sign_boxes_again(keyring=keyring, made_by=person.pk)
    card = admit(secret.identity, person.pk, identity.box_public, identity.sign_public)
    person.box_public, person.sign_public = card.box_public, card.sign_public
    person.admitted_by, person.card_signature = card.admitted_by, card.signature
    person.since_seq = entry.seq
    person.save(update_fields=("box_public", "sign_public", "admitted_by", "card_signature", "since_seq"))
    return identity


def _demand_ours(row: Organisation, secret: RecoverySecret) -> None:
    if row.recovery != secret.public:
        raise WrongSecretError("these shares are not this organisation's")
    verify(secret.public.sign_public, _ROOT + bytes(row.root_public), bytes(row.root_signature))
