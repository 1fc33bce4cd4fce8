from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from waystation.accounts.models import Person
from waystation.accounts.roles import Role
from waystation.store.keyring import Keyring
from waystation.store.models import Record
from waystation.store.tiers import Tier


class Action(StrEnum):
    """What a person may do. A page, and a service, name one of these."""

    CASE_LIST = "case.list"
    CASE_CREATE = "case.create"
    CASE_OPEN = "case.open"
    CASE_CHANGE = "case.change"
    CASE_CLOSE = "case.close"
    CASE_STEP = "case.step"
    CASE_RECOMMEND = "case.recommend"
    CASE_DECIDE = "case.decide"
    CASE_HAND_OVER = "case.hand_over"
    CASE_MERGE = "case.merge"
    CASE_IMPORT = "case.import"
    CASE_EXPORT = "case.export"
    TASK_LIST = "task.list"
    FORM_MANAGE = "form.manage"
    ACCESS_GIVE = "access.give"
    ACCESS_TAKE = "access.take"
    RECORD_HOLD = "record.hold"
    RECORD_RELEASE = "record.release"
    RECORD_SHRED = "record.shred"
    HONEY_MARK = "honey.mark"
    SECOND_PERSON = "second.person"
    CONSENT_RECORD = "consent.record"
    SCREEN_RECORD = "screen.record"
    SCREEN_DECIDE = "screen.decide"
    CHILD_RECORD = "child.record"
    CHILD_ASSESS = "child.assess"
    CHILD_DECIDE = "child.decide"
    CHILD_OVERRIDE = "child.override"
    QUALIFICATION_RECORD = "qualification.record"
    COMPLAINT_MAKE = "complaint.make"
    COMPLAINT_OPEN = "complaint.open"
    COMPLAINT_HANDLE = "complaint.handle"
    CHECK_OPEN = "check.open"
    CHECK_MAKE = "check.make"
    PEOPLE_SEE = "people.see"
    PEOPLE_ADMIT = "people.admit"
    PEOPLE_CHANGE = "people.change"
    PEOPLE_REMOVE = "people.remove"
    PEOPLE_RECOVER = "people.recover"
    TEAM_MANAGE = "team.manage"
    ORGANISATION_CHANGE = "organisation.change"
    LOG_LIST = "log.list"
    LOG_READ = "log.read"
    LOG_VERIFY = "log.verify"
    ALERT_SEE = "alert.see"
    BACKUP_MAKE = "backup.make"
    DRILL_RUN = "drill.run"
    BUNDLE_SEND = "bundle.send"
    BUNDLE_RECEIVE = "bundle.receive"
    TRAVEL_LEAVE = "travel.leave"
    TRAVEL_RETURN = "travel.return"


class Scope(StrEnum):
    """Over which records."""

    OWN = "own"
    """Records the person holds a key of: to have the key is to be a member."""
    TEAM = "team"
    """Records of the person's team; a person without a team and a record without one belong to the office."""
    ALL = "all"


class Kind(StrEnum):
    """Kinds of record that rules speak of; of the kinds only cases tell about people served."""

    CASE = "case"
    ORGANISATION = "organisation"
    AUDIT = "audit"
    COMPLAINT = "complaint"
    CHECK = "check"
    """The organisation's own houses and partners, looked at with the indicators it looks for in others."""


@dataclass(frozen=True)
class Rule:
    """One row: people of ``role`` may do ``action`` with the records of ``scope``, and hold the keys of ``tiers`` for it."""

    role: Role
    action: Action
    scope: Scope
    tiers: frozenset[Tier] = field(default_factory=frozenset)
    of: Kind = Kind.CASE


WHO, WHERE, HOW, SAID = Tier.IDENTITY, Tier.MOVEMENT, Tier.WELFARE, Tier.EVIDENCE


def _rules(
    role: Role, scope: Scope, *actions: Action, tiers: Collection[Tier] = (), of: Kind = Kind.CASE
) -> tuple[Rule, ...]:
    return tuple(Rule(role, action, scope, frozenset(tiers), of) for action in actions)


_CASEWORK = (Action.CASE_OPEN, Action.CASE_CHANGE, Action.CASE_CLOSE)
_FORWARD = (Action.CASE_STEP, Action.CASE_RECOMMEND)
_PEOPLE = (Action.PEOPLE_ADMIT, Action.PEOPLE_CHANGE, Action.PEOPLE_REMOVE, Action.PEOPLE_RECOVER, Action.TEAM_MANAGE)
_LOG = (Action.LOG_LIST, Action.LOG_VERIFY, Action.ALERT_SEE)
_NOTING = (Action.CONSENT_RECORD, Action.SCREEN_RECORD, Action.CHILD_RECORD, Action.CHILD_ASSESS)
_DECIDING = (Action.SCREEN_DECIDE, Action.CHILD_DECIDE, Action.CHILD_OVERRIDE)
_COMPLAINT = (Action.COMPLAINT_OPEN, Action.COMPLAINT_HANDLE)
_KEEPING = (Action.BACKUP_MAKE, Action.DRILL_RUN)

PERMISSIONS: tuple[Rule, ...] = (
    # Everybody: colleagues' names, and a device that may be emptied before a border.
    *(rule for role in Role for rule in _rules(role, Scope.ALL, Action.PEOPLE_SEE, tiers=(WHO,), of=Kind.ORGANISATION)),
    *(rule for role in Role for rule in _rules(role, Scope.OWN, Action.TRAVEL_LEAVE)),
    *(rule for role in Role for rule in _rules(role, Scope.ALL, Action.COMPLAINT_MAKE, of=Kind.COMPLAINT)),
    # Complaints go to single people by `waystation.safeguarding.routing`, to nobody by office.
    *(
        rule
        for role in (Role.SAFEGUARDING, Role.DIRECTOR, Role.AUDITOR)
        for rule in _rules(role, Scope.OWN, *_COMPLAINT, tiers=(WHO, SAID), of=Kind.COMPLAINT)
    ),
    *(
        rule
        for role in (Role.SAFEGUARDING, Role.DIRECTOR)
        for rule in _rules(role, Scope.OWN, Action.RECORD_SHRED, of=Kind.COMPLAINT)
    ),
    # Director: runs the office and sees how people fare, never who they are.
    *_rules(Role.DIRECTOR, Scope.ALL, Action.CASE_LIST),
    *_rules(Role.DIRECTOR, Scope.ALL, Action.CASE_OPEN, tiers=(WHERE, HOW)),
    *_rules(Role.DIRECTOR, Scope.ALL, Action.CASE_DECIDE, Action.TASK_LIST, tiers=(HOW,)),
    *_rules(Role.DIRECTOR, Scope.ALL, Action.CASE_EXPORT, tiers=(WHERE, HOW)),
    *_rules(Role.DIRECTOR, Scope.ALL, Action.FORM_MANAGE),
    *_rules(
        Role.DIRECTOR, Scope.ALL, Action.ACCESS_GIVE, Action.ACCESS_TAKE, Action.RECORD_HOLD, Action.RECORD_RELEASE
    ),
    *_rules(Role.DIRECTOR, Scope.ALL, Action.RECORD_SHRED, Action.SECOND_PERSON, Action.HONEY_MARK),
    *_rules(Role.DIRECTOR, Scope.ALL, Action.CHILD_OVERRIDE, tiers=(HOW,)),
    *_rules(Role.DIRECTOR, Scope.ALL, Action.QUALIFICATION_RECORD, of=Kind.ORGANISATION),
    *_rules(Role.DIRECTOR, Scope.ALL, Action.CHECK_OPEN, Action.CHECK_MAKE, tiers=(HOW,), of=Kind.CHECK),
    *_rules(Role.DIRECTOR, Scope.ALL, *_PEOPLE, Action.ORGANISATION_CHANGE, of=Kind.ORGANISATION),
    *_rules(Role.DIRECTOR, Scope.ALL, *_LOG, of=Kind.AUDIT),
    *_rules(
        Role.DIRECTOR, Scope.OWN, Action.LOG_READ, tiers=(SAID,), of=Kind.AUDIT
    ),  # while no other reader is admitted
    *_rules(Role.DIRECTOR, Scope.ALL, *_KEEPING, Action.BUNDLE_SEND, Action.BUNDLE_RECEIVE, Action.TRAVEL_RETURN),
    # Case lead: the team's cases, whole but for the evidence.
    *_rules(Role.CASE_LEAD, Scope.TEAM, Action.CASE_LIST, Action.CASE_CREATE),
    *_rules(Role.CASE_LEAD, Scope.TEAM, *_CASEWORK, tiers=(WHO, WHERE, HOW)),
    *_rules(Role.CASE_LEAD, Scope.OWN, Action.CASE_OPEN, Action.CASE_CHANGE, tiers=(WHO, WHERE, HOW)),
    *_rules(Role.CASE_LEAD, Scope.TEAM, *_NOTING, *_DECIDING, tiers=(WHO, HOW)),
    *_rules(Role.CASE_LEAD, Scope.OWN, *_NOTING, *_DECIDING, tiers=(WHO, HOW)),
    *_rules(Role.CASE_LEAD, Scope.TEAM, *_FORWARD, Action.CASE_DECIDE, Action.CASE_HAND_OVER, tiers=(WHO, WHERE, HOW)),
    *_rules(Role.CASE_LEAD, Scope.TEAM, Action.CASE_MERGE, tiers=(WHO, WHERE, HOW)),
    *_rules(Role.CASE_LEAD, Scope.TEAM, Action.TASK_LIST, tiers=(HOW,)),
    *_rules(Role.CASE_LEAD, Scope.OWN, Action.TASK_LIST, tiers=(HOW,)),
    *_rules(Role.CASE_LEAD, Scope.OWN, *_FORWARD, tiers=(WHO, WHERE, HOW)),
    *_rules(Role.CASE_LEAD, Scope.TEAM, Action.CASE_IMPORT, Action.CASE_EXPORT, tiers=(WHO, WHERE, HOW)),
    *_rules(Role.CASE_LEAD, Scope.ALL, Action.FORM_MANAGE),
    *_rules(Role.CASE_LEAD, Scope.TEAM, Action.ACCESS_GIVE, Action.ACCESS_TAKE),
    *_rules(Role.CASE_LEAD, Scope.ALL, Action.SECOND_PERSON, *_KEEPING),
    *_rules(Role.CASE_LEAD, Scope.ALL, Action.BUNDLE_SEND, Action.BUNDLE_RECEIVE, Action.TRAVEL_RETURN),
    # Caseworker: the cases they were given or began.
    *_rules(Role.CASEWORKER, Scope.OWN, Action.CASE_LIST, Action.CASE_CREATE),
    *_rules(Role.CASEWORKER, Scope.OWN, *_CASEWORK, *_FORWARD, Action.CASE_HAND_OVER, tiers=(WHO, WHERE, HOW)),
    *_rules(Role.CASEWORKER, Scope.OWN, *_NOTING, tiers=(WHO, HOW)),
    *_rules(Role.CASEWORKER, Scope.OWN, Action.TASK_LIST, tiers=(HOW,)),
    *_rules(Role.CASEWORKER, Scope.OWN, Action.CASE_MERGE, tiers=(WHO, WHERE, HOW)),
    *_rules(Role.CASEWORKER, Scope.OWN, Action.CASE_IMPORT, tiers=(WHO, WHERE, HOW)),
    *_rules(Role.CASEWORKER, Scope.ALL, *_KEEPING),
    # Field officer: where and when, no names.
    *_rules(Role.FIELD_OFFICER, Scope.OWN, Action.CASE_LIST),
    *_rules(Role.FIELD_OFFICER, Scope.OWN, Action.CASE_OPEN, Action.CASE_CHANGE, tiers=(WHERE,)),
    # Finance: codes to put beside amounts.
    *_rules(Role.FINANCE, Scope.ALL, Action.CASE_LIST),
    # Safeguarding: who and how they are, and what they said; never where.
    *_rules(Role.SAFEGUARDING, Scope.ALL, Action.CASE_LIST),
    *_rules(Role.SAFEGUARDING, Scope.ALL, Action.CASE_OPEN, Action.CASE_CHANGE, tiers=(WHO, HOW, SAID)),
    *_rules(
        Role.SAFEGUARDING, Scope.ALL, Action.ACCESS_GIVE, Action.ACCESS_TAKE, Action.RECORD_HOLD, Action.RECORD_RELEASE
    ),
    *_rules(Role.SAFEGUARDING, Scope.ALL, Action.RECORD_SHRED, Action.SECOND_PERSON, Action.HONEY_MARK),
    *_rules(Role.SAFEGUARDING, Scope.ALL, *_NOTING, *_DECIDING, tiers=(WHO, HOW)),
    *_rules(Role.SAFEGUARDING, Scope.ALL, Action.TASK_LIST, tiers=(HOW,)),
    *_rules(Role.SAFEGUARDING, Scope.ALL, Action.QUALIFICATION_RECORD, of=Kind.ORGANISATION),
    *_rules(Role.SAFEGUARDING, Scope.ALL, Action.CHECK_OPEN, Action.CHECK_MAKE, tiers=(HOW,), of=Kind.CHECK),
    *_rules(Role.SAFEGUARDING, Scope.ALL, *_LOG, of=Kind.AUDIT),
    *_rules(Role.SAFEGUARDING, Scope.ALL, Action.LOG_READ, tiers=(SAID,), of=Kind.AUDIT),
    # Communications: released from evidence they were given.
    *_rules(Role.COMMUNICATIONS, Scope.OWN, Action.CASE_LIST),
    *_rules(Role.COMMUNICATIONS, Scope.OWN, Action.CASE_OPEN, tiers=(SAID,)),
    # Auditor: what was done, by whom and when; none of what it was done to.
    *_rules(Role.AUDITOR, Scope.ALL, *_LOG, of=Kind.AUDIT),
    *_rules(Role.AUDITOR, Scope.ALL, Action.LOG_READ, tiers=(SAID,), of=Kind.AUDIT),
    *_rules(Role.AUDITOR, Scope.ALL, Action.DRILL_RUN),
)
"""The one table. What it does not say may not be done; `docs/permissions.md` is drawn from it."""


def may(person: Person, action: Action, record: Record | None = None, keyring: Keyring | None = None) -> bool:
    """Tell whether ``person`` may do ``action``, with ``record`` if one is given, or else with some record or none.

    Scope OWN is asked of ``keyring``, which is the person's own: without one nothing is theirs.
    """
    return any(_reaches(rule, person, record, keyring) for rule in _rules_of(person, action))


def allowed_tiers(
    person: Person, action: Action = Action.CASE_OPEN, record: Record | None = None, keyring: Keyring | None = None
) -> frozenset[Tier]:
    """Return the tiers ``person`` may hold keys of for ``action``; without a record, the most they may hold of any."""
    found = (rule.tiers for rule in _rules_of(person, action) if _reaches(rule, person, record, keyring))
    return frozenset[Tier]().union(*found)


def standing_tiers(person: Person, record: Record) -> frozenset[Tier]:
    """Return the tiers of ``record`` that are ``person``'s by office alone (scopes TEAM and ALL), whoever made the record."""
    found = (
        rule.tiers
        for rule in _rules_of(person, OPENED_BY.get(record.kind))
        if rule.scope is not Scope.OWN and rule.of == record.kind and _in_scope(rule.scope, person, record, None)
    )
    return frozenset[Tier]().union(*found)


def receivable_tiers(person: Person, record: Record) -> frozenset[Tier]:
    """Return the tiers of ``record`` that ``person`` may be given a key of, by office or by being made a member."""
    found = (
        rule.tiers
        for rule in _rules_of(person, OPENED_BY.get(record.kind))
        if rule.of == record.kind and (rule.scope is Scope.OWN or _in_scope(rule.scope, person, record, None))
    )
    return frozenset[Tier]().union(*found)


def tiers_of_roles(roles: Collection[Role], of: Kind = Kind.CASE) -> frozenset[Tier]:
    """Return every tier that some rule opens to ``roles`` together, in records of one kind."""
    return frozenset[Tier]().union(*(rule.tiers for rule in PERMISSIONS if rule.role in roles and rule.of is of))


OPENED_BY: dict[str, Action] = {
    Kind.CASE: Action.CASE_OPEN,
    Kind.ORGANISATION: Action.PEOPLE_SEE,
    Kind.AUDIT: Action.LOG_READ,
    Kind.COMPLAINT: Action.COMPLAINT_OPEN,
    Kind.CHECK: Action.CHECK_OPEN,
}
"""By kind of record, the action for which its keys are held. A record of another kind is nobody's."""


def _rules_of(person: Person, action: Action | None) -> list[Rule]:
    if not person.active or action is None:
        return []
    return [rule for rule in PERMISSIONS if rule.action is action and rule.role in person.role_set]


def _reaches(rule: Rule, person: Person, record: Record | None, keyring: Keyring | None) -> bool:
    if record is None:
        return True
    return rule.of == record.kind and _in_scope(rule.scope, person, record, keyring)


def _in_scope(scope: Scope, person: Person, record: Record, keyring: Keyring | None) -> bool:
    if scope is Scope.ALL:
        return True
    if scope is Scope.TEAM:
        return record.team_id == person.team_id
    return keyring is not None and keyring.person_id == person.pk and bool(keyring.tiers_of(record))
