from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import uuid4

from django.db import transaction

from waystation.accounts.errors import SharesDifferError
from waystation.accounts.models import ORGANISATION_ID, Organisation, Person
from waystation.accounts.permissions import Action, Kind
from waystation.accounts.policies import refuse_union
from waystation.accounts.queries import organisation
from waystation.accounts.roles import Role
from waystation.accounts.services.demands import demand
from waystation.accounts.services.recovery import sign_root
from waystation.accounts.standing import believed_cards, sign_standing
from waystation.audit.services import append, begin_log
from waystation.kernel import RuleRefusedError
from waystation.store.keyring import Keyring
from waystation.store.models import Record
from waystation.store.tiers import Tier
from waystation.vault import (
    Opened,
    RecoverySecret,
    admit,
    keyed_digest,
    new_identity,
    new_key,
    new_recovery,
    seal_to,
    shares_of,
)

SHARES_TYPED_BACK = 2


@dataclass(frozen=True)
class Beginning:
    """All secrets of a new organisation, made before there is a store: the caller holds ``opened.store_key`` and migrates."""

    opened: Opened
    shares: tuple[str, ...] = field(repr=False)
    root_signature: bytes
    """By the recovery key, over the founder's."""


@dataclass(frozen=True)
class Founded:
    """A founded organisation: what the founder's passphrase is to open, the shares to print, and the founder's keyring."""

    opened: Opened
    shares: tuple[str, ...] = field(repr=False)
    keyring: Keyring


def new_opened() -> Beginning:
    """Make the secrets of a new organisation: founder, store key, office, recovery key in five shares. Nothing is stored."""
    founder, recovery = new_identity(uuid4()), new_recovery()
    opened = Opened(founder, new_key(), new_key(), founder.sign_public, recovery.public)
    return Beginning(opened, shares_of(recovery), sign_root(recovery, founder.sign_public))


@transaction.atomic
def found_organisation(
    *, beginning: Beginning, name: str, person_name: str, roles: Collection[Role], language: str, at: datetime
) -> Founded:
    """Found the organisation in an empty, migrated store, and admit its founder.

    The founder keeps the log's key until the first auditor or safeguarding officer is admitted: somebody must hand it on.

    Parameters
    ----------
    beginning
        From `new_opened`; its store key is the one this process holds.
    roles
        The founder's: director, and case lead if they work on cases.
    language
        ``en`` or ``ko``.

    Raises
    ------
    RuleRefusedError
        If there is an organisation already, the founder is no director, or the roles may not go together.
    """
    opened = beginning.opened
    refuse_union(roles)
    if Role.DIRECTOR not in roles:
        raise RuleRefusedError("whoever founds the organisation is its director")
    if Organisation.objects.exists():
        raise RuleRefusedError("there is an organisation in this store already")
    founder = opened.identity
    card = admit(founder, founder.person_id, founder.box_public, founder.sign_public)
    root, recovery = opened.root_public, opened.recovery
    keyring = Keyring(
        founder,
        root,
        recovery,
        {card.person_id: card},
        more_cards=partial(believed_cards, root, recovery.sign_public),
    )
    everyone = keyring.create_record(kind=Kind.ORGANISATION, recipients={founder.person_id: {Tier.IDENTITY}}, at=at)
    log = keyring.create_record(kind=Kind.AUDIT, recipients={founder.person_id: {Tier.EVIDENCE}}, at=at)
    begin_log(keyring=keyring, record=log, at=at)
    _make_organisation(keyring, everyone, beginning, name, language, at)
    person = Person(
        pk=founder.person_id,
        record=everyone,
        roles=sorted(roles),
        box_public=card.box_public,
        sign_public=card.sign_public,
        admitted_by=card.admitted_by,
        card_signature=card.signature,
        escrow=seal_to(opened.recovery.box_public, founder.box_secret),
        joined_at=at,
        language=language,
    )
    keyring.seal(person, name=person_name)
    sign_standing(person, founder)
    person.save(force_insert=True)
    append(keyring=keyring, kind="organisation.founded", at=at, record=everyone)
    append(
        keyring=keyring,
        kind="person.admitted",
        at=at,
        record=everyone,
        details={"person": str(person.pk), "roles": sorted(roles), "sign_public": card.sign_public.hex()},
    )
    return Founded(opened, beginning.shares, keyring)


def _make_organisation(
    keyring: Keyring, record: Record, beginning: Beginning, name: str, language: str, at: datetime
) -> None:
    honey_key, opened = new_key(), beginning.opened
    row = Organisation(
        pk=ORGANISATION_ID,
        record=record,
        root_public=opened.root_public,
        root_signature=beginning.root_signature,
        recovery_box_public=opened.recovery.box_public,
        recovery_sign_public=opened.recovery.sign_public,
        recovery_age_recipient=opened.recovery.age_recipient,
        founded_at=at,
        language=language,
    )
    marks = [_share_mark(honey_key, share) for share in beginning.shares]
    keyring.seal(row, name=name, honey_key=honey_key.hex(), share_marks=marks)
    row.save(force_insert=True)


def _share_mark(key: bytes, share: str) -> str:
    return keyed_digest(key, b"recovery share", " ".join(share.casefold().split()).encode()).hex()


@transaction.atomic
def confirm_recovery(*, keyring: Keyring, typed: Sequence[str], at: datetime) -> None:
    """Note that the printed shares are in people's hands: two different ones were typed back. Records may be opened from now on.

    Raises
    ------
    SharesDifferError
        If fewer than two are given, one is none of the five, or one is given twice; it names their positions.
    """
    demand(keyring, Action.ORGANISATION_CHANGE)
    row = organisation()
    opened = keyring.open(row, "honey_key", "share_marks")
    key, marks = bytes.fromhex(str(opened["honey_key"])), opened["share_marks"]
    given = [_share_mark(key, share) for share in typed]
    wrong = tuple(
        place
        for place, mark in enumerate(given)
        if not isinstance(marks, list) or mark not in marks or mark in given[:place]
    )
    if wrong or len(given) < SHARES_TYPED_BACK:
        raise SharesDifferError(wrong)
    append(keyring=keyring, kind="recovery.confirmed", at=at, record=row.record)
    row.recovery_confirmed_at = at
    row.save(update_fields=("recovery_confirmed_at",))


@transaction.atomic
def renew_shares(*, keyring: Keyring, secret: RecoverySecret, at: datetime) -> tuple[str, ...]:
    """Return five new shares of the same recovery key, to print anew; they must be confirmed again. Older ones stay good."""
    demand(keyring, Action.ORGANISATION_CHANGE)
    row = organisation()
    key = bytes.fromhex(str(keyring.open(row, "honey_key")["honey_key"]))
    shares = shares_of(secret)
    append(keyring=keyring, kind="shares.used", at=at, record=row.record)
    keyring.seal(row, share_marks=[_share_mark(key, share) for share in shares])
    row.recovery_confirmed_at = None
    row.save(update_fields=("share_marks", "recovery_confirmed_at"))
    return shares
