import pytest
from tests.office import Office, found_office

from waystation.accounts.errors import NotPermittedError, RecoveryNotConfirmedError
from waystation.accounts.roles import Role
from waystation.accounts.services import Taking, change_roles, give_access, make_team, settle, take_access
from waystation.audit.models import Entry
from waystation.audit.queries import read
from waystation.store.models import Record
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError

pytestmark = pytest.mark.django_db
WHO, WHERE, HOW, SAID = Tier.IDENTITY, Tier.MOVEMENT, Tier.WELFARE, Tier.EVIDENCE


@pytest.fixture
def record(office: Office) -> Record:
    """A case of the case lead's and the safeguarding officer's."""
    recipients = {office.id("case_lead"): {WHO, WHERE, HOW}, office.id("safeguarding"): {WHO, HOW, SAID}}
    return office.keyring("case_lead").create_record(kind="case", recipients=recipients, at=office.later())


def test_a_member_is_made_by_being_given_keys(office: Office, record: Record) -> None:
    lead = office.keyring("case_lead")
    give_access(keyring=lead, record=record, person=office.person("caseworker"), tiers={WHO, WHERE}, at=office.later())
    assert office.keyring("caseworker").tiers_of(record) == {WHO, WHERE}
    entry = Entry.objects.get(kind="grant.given", at=office.now)
    (line,) = read(office.keyring("auditor"), [entry])
    assert line.payload is not None
    assert line.payload.record_id == record.pk
    assert line.payload.details == {"person": str(office.id("caseworker")), "tiers": ["identity", "movement"]}


def test_what_is_held_already_is_not_given_twice(office: Office, record: Record) -> None:
    lead, worker = office.keyring("case_lead"), office.person("caseworker")
    for _ in range(2):
        give_access(keyring=lead, record=record, person=worker, tiers={WHO}, at=office.later())
    assert Entry.objects.filter(kind="grant.given", signer=lead.person_id, at__gte=office.now).count() == 0


@pytest.mark.parametrize(
    ("giver", "receiver", "tiers"),
    [
        ("case_lead", "field_officer", {WHO}),
        ("case_lead", "finance", {HOW}),
        ("case_lead", "auditor", {WHO}),
        ("safeguarding", "caseworker", {SAID}),
        ("safeguarding", "director", {WHO}),
        ("case_lead", "safeguarding", {WHERE}),
        ("caseworker", "field_officer", {WHERE}),
        ("finance", "caseworker", {WHO}),
    ],
)
def test_a_role_bounds_what_may_be_given_and_received(
    office: Office, record: Record, giver: str, receiver: str, tiers: set[Tier]
) -> None:
    with pytest.raises(NotPermittedError):
        give_access(
            keyring=office.keyring(giver), record=record, person=office.person(receiver), tiers=tiers, at=office.later()
        )
    assert not office.keyring(receiver).tiers_of(record) & tiers


def test_nobody_gives_what_they_do_not_hold(office: Office, record: Record) -> None:
    with pytest.raises(NoKeyError):
        give_access(
            keyring=office.keyring("director"),
            record=record,
            person=office.person("field_officer"),
            tiers={WHERE},
            at=office.later(),
        )


def test_safeguarding_gives_evidence_to_communications(office: Office, record: Record) -> None:
    person = office.person("communications")
    give_access(keyring=office.keyring("safeguarding"), record=record, person=person, tiers={SAID}, at=office.later())
    assert office.keyring("communications").tiers_of(record) == {SAID}


def test_a_key_that_is_taken_is_of_no_use_any_more(office: Office, record: Record) -> None:
    lead, worker = office.keyring("case_lead"), office.person("caseworker")
    give_access(keyring=lead, record=record, person=worker, tiers={WHO, HOW}, at=office.later())
    member = office.keyring("caseworker")
    assert member.may_open(record, WHO)
    taking = take_access(keyring=lead, record=record, person=worker, tiers={WHO}, at=office.later())
    assert taking == Taking(renewed=1, owed=0)
    assert member.tiers_of(record) == office.keyring("caseworker").tiers_of(record) == {HOW}
    assert office.id("safeguarding") in lead.holders(record, WHO)


def test_a_key_taken_by_somebody_who_cannot_open_it_is_owed_and_unusable_from_now_on(
    office: Office, record: Record
) -> None:
    lead, worker = office.keyring("case_lead"), office.person("caseworker")
    give_access(keyring=lead, record=record, person=worker, tiers={WHO}, at=office.later())
    taking = take_access(
        keyring=office.keyring("director"), record=record, person=worker, tiers={WHO}, at=office.later()
    )
    assert taking == Taking(renewed=0, owed=1)
    assert office.keyring("caseworker").tiers_of(record) == frozenset()
    settle(keyring=lead, at=office.later())
    assert office.keyring("caseworker").tiers_of(record) == frozenset()
    assert lead.holders(record, WHO) == {office.id("case_lead"), office.id("safeguarding")}
    assert Entry.objects.filter(kind="keys.renewed").exists()


def test_to_take_what_somebody_does_not_hold_changes_nothing(office: Office, record: Record) -> None:
    before = Entry.objects.count()
    taking = take_access(
        keyring=office.keyring("case_lead"),
        record=record,
        person=office.person("caseworker"),
        tiers={WHO},
        at=office.later(),
    )
    assert (taking, Entry.objects.count()) == (Taking(), before)


def test_what_is_theirs_by_office_is_taken_with_the_office(office: Office, record: Record) -> None:
    with pytest.raises(NotPermittedError, match="office"):
        take_access(
            keyring=office.keyring("case_lead"),
            record=record,
            person=office.person("safeguarding"),
            tiers={WHO},
            at=office.later(),
        )


def test_settling_gives_keys_by_office_and_is_done_once(office: Office, record: Record) -> None:
    lead = office.keyring("case_lead")
    assert lead.holders(record, WHERE) == {office.id("case_lead")}
    assert settle(keyring=lead, at=office.later()) == 2, "movement and welfare to the director"
    assert office.keyring("director").tiers_of(record) == {WHERE, HOW}
    assert settle(keyring=lead, at=office.later()) == 0


def test_settling_takes_what_nobody_may_hold_any_more(office: Office, record: Record) -> None:
    lead = office.keyring("case_lead")
    lead.give(record, WHO, office.person("finance").card)
    assert office.keyring("finance").tiers_of(record) == {WHO}
    settle(keyring=lead, at=office.later())
    assert office.keyring("finance").tiers_of(record) == frozenset()


def test_settling_gives_nothing_of_shredded_records(office: Office, record: Record) -> None:
    lead = office.keyring("case_lead")
    lead.shred(record, at=office.later())
    assert settle(keyring=lead, at=office.later()) == 0


def test_a_lead_who_changes_teams_changes_cases(office: Office) -> None:
    director = office.keyring("director")
    north, south = (make_team(keyring=director, name=name, at=office.later()) for name in ("North", "South"))
    office.admit("lead2", "L", [Role.CASE_LEAD], north.pk)
    office.admit("worker2", "W", [Role.CASEWORKER], south.pk)
    of_north = office.keyring("lead2").create_record(
        kind="case", recipients={office.id("lead2"): {WHO}}, team_id=north.pk, at=office.later()
    )
    of_south = office.keyring("worker2").create_record(
        kind="case", recipients={office.id("worker2"): {WHO}}, team_id=south.pk, at=office.later()
    )
    change_roles(
        keyring=director, person=office.person("lead2"), roles=[Role.CASE_LEAD], team_id=south.pk, at=office.later()
    )
    settle(keyring=office.keyring("worker2"), at=office.later())
    assert office.keyring("lead2").tiers_of(of_south) == {WHO}
    assert office.keyring("lead2").tiers_of(of_north) == frozenset()


def test_until_recovery_is_confirmed_no_key_is_given() -> None:
    office = found_office(people=["director", "caseworker"], confirmed=False)
    with pytest.raises(RecoveryNotConfirmedError):
        give_access(
            keyring=office.keyring("director"),
            record=Record.objects.get(kind="audit"),
            person=office.person("caseworker"),
            tiers={SAID},
            at=office.later(),
        )
