from datetime import timedelta
from uuid import uuid4

import pytest
from tests.office import Office, found_office

from waystation.accounts.errors import LastOneError, NotPermittedError, RolesRefusedError
from waystation.accounts.models import Person
from waystation.accounts.queries import in_good_standing
from waystation.accounts.roles import Role
from waystation.accounts.services import (
    admit_person,
    begin_session,
    change_roles,
    make_team,
    remove_person,
)
from waystation.accounts.services.people import Publics
from waystation.audit.models import Entry
from waystation.kernel import BadInputError
from waystation.store.models import Record
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError, TamperedError, new_identity, seal_to

pytestmark = pytest.mark.django_db
WHO, WHERE, HOW, SAID = Tier.IDENTITY, Tier.MOVEMENT, Tier.WELFARE, Tier.EVIDENCE


def a_case(office: Office, **recipients: set[Tier]) -> Record:
    """Make a case without rows, given to people by key; it is made by the first of them."""
    first = next(iter(recipients))
    return office.keyring(first).create_record(
        kind="case", recipients={office.id(key): tiers for key, tiers in recipients.items()}, at=office.later()
    )


def test_everybody_reads_colleagues_names(office: Office) -> None:
    name = office.keyring("finance").open(office.person("caseworker"), "name")["name"]
    assert name == "Bounmy Phetsavong"


def test_only_a_director_admits(office: Office) -> None:
    for key in set(office.opened) - {"director"}:
        with pytest.raises(NotPermittedError):
            admit_person(
                keyring=office.keyring(key),
                name="x",
                roles=[Role.FINANCE],
                team_id=None,
                identity_or_publics=new_identity(uuid4()),
                at=office.later(),
            )
    assert Person.objects.count() == 8


@pytest.mark.parametrize(
    "roles", [[Role.AUDITOR, Role.FINANCE], [Role.DIRECTOR, Role.SAFEGUARDING], [Role.CASEWORKER, Role.COMMUNICATIONS]]
)
def test_roles_that_may_not_go_together_are_refused(roles: list[Role]) -> None:
    office = found_office(people=["director"])
    with pytest.raises(RolesRefusedError):
        office.admit("x", "X", roles)
    assert Person.objects.count() == 1


@pytest.mark.parametrize("name", ["", "   "])
def test_a_person_has_a_name(name: str) -> None:
    office = found_office(people=["director"])
    with pytest.raises(BadInputError):
        office.admit("x", name, [Role.FINANCE])


def test_a_team_that_is_not_there_is_refused() -> None:
    office = found_office(people=["director"])
    with pytest.raises(BadInputError):
        office.admit("x", "X", [Role.FINANCE], uuid4())


def test_keys_made_elsewhere_are_admitted_by_their_public_halves() -> None:
    office = found_office(people=["director"])
    away = new_identity(uuid4())
    escrow = seal_to(office.organisation.recovery.box_public, away.box_secret)
    admit_person(
        keyring=office.keyring("director"),
        name="Away",
        roles=[Role.AUDITOR],
        team_id=None,
        identity_or_publics=Publics(away.person_id, away.box_public, away.sign_public, escrow),
        at=office.later(),
    )
    assert away.person_id in in_good_standing(office.keyring("director"))


def test_the_first_reader_takes_over_the_logs_key_and_its_box_is_made_anew() -> None:
    office = found_office(people=["director"])
    log = Record.objects.get(kind="audit")
    assert office.keyring("director").tiers_of(log) == {SAID}
    office.admit("auditor", "A", [Role.AUDITOR])
    assert office.keyring("director").tiers_of(log) == frozenset()
    assert office.keyring("auditor").tiers_of(log) == {SAID}
    begin_session(keyring=office.keyring("auditor"), at=office.later())
    assert Entry.objects.filter(kind="log.key_renewed").count() == 1


def test_a_lead_who_joins_a_team_gets_the_keys_of_its_cases_from_whoever_holds_them(office: Office) -> None:
    team = make_team(keyring=office.keyring("director"), name="North", at=office.later())
    record = office.keyring("caseworker").create_record(
        kind="case", recipients={office.id("caseworker"): {WHO, WHERE, HOW}}, team_id=team.pk, at=office.later()
    )
    office.admit("lead2", "L", [Role.CASE_LEAD], team.pk)
    assert office.keyring("lead2").tiers_of(record) == frozenset(), "the director holds none of them"
    begin_session(keyring=office.keyring("caseworker"), at=office.later())
    assert office.keyring("lead2").tiers_of(record) == {WHO, WHERE, HOW}
    assert office.keyring("case_lead").tiers_of(record) == frozenset(), "another team's"


def test_the_removed_lose_everything_at_once(office: Office) -> None:
    record = a_case(office, case_lead={WHO, WHERE, HOW}, caseworker={WHO, WHERE, HOW}, director={WHERE, HOW})
    worker = office.keyring("caseworker")
    assert worker.may_open(record, WHO)
    taking = remove_person(keyring=office.keyring("director"), person=office.person("caseworker"), at=office.later())
    assert (taking.renewed, taking.owed) == (3, 1), "movement, welfare and colleagues' names at once; identity is owed"
    for keyring in (worker, office.keyring("caseworker")):
        assert not any(keyring.may_open(record, tier) for tier in Tier)
    with pytest.raises(NoKeyError):
        office.keyring("caseworker").open(office.person("finance"), "name")
    with pytest.raises(NotPermittedError):
        begin_session(keyring=office.keyring("caseworker"), at=office.later())
    lead = office.keyring("case_lead")
    begin_session(keyring=lead, at=office.later())
    assert lead.holders(record, WHO) == {office.id("case_lead"), office.id("safeguarding")}


def test_the_removed_keep_their_row_and_their_place_in_the_log(office: Office) -> None:
    remove_person(keyring=office.keyring("director"), person=office.person("finance"), at=office.later())
    former = office.person("finance")
    entry = Entry.objects.get(kind="person.removed")
    assert (former.active, former.left_at, former.until_seq) == (False, office.now, entry.seq)
    assert office.id("finance") not in in_good_standing(office.keyring("director"))


def test_nobody_removes_themselves_and_only_directors_remove(office: Office) -> None:
    for key in office.opened:
        with pytest.raises(NotPermittedError):
            remove_person(keyring=office.keyring(key), person=office.person("director"), at=office.later())


def test_the_last_reader_of_the_log_stays_until_there_is_another() -> None:
    office = found_office(people=["director", "auditor"])
    with pytest.raises(LastOneError):
        remove_person(keyring=office.keyring("director"), person=office.person("auditor"), at=office.later())
    office.admit("second", "S", [Role.SAFEGUARDING])
    begin_session(keyring=office.keyring("auditor"), at=office.later())
    remove_person(keyring=office.keyring("director"), person=office.person("auditor"), at=office.later())
    begin_session(keyring=office.keyring("second"), at=office.later())
    assert office.keyring("second").holders(Record.objects.get(kind="audit"), SAID) == {office.id("second")}


def test_the_last_director_keeps_the_role(office: Office) -> None:
    with pytest.raises(LastOneError):
        change_roles(
            keyring=office.keyring("director"),
            person=office.person("director"),
            roles=[Role.CASE_LEAD],
            team_id=None,
            at=office.later(),
        )


def test_a_role_that_is_lost_takes_its_keys_along(office: Office) -> None:
    record = a_case(office, caseworker={WHO, WHERE, HOW}, case_lead={WHO, WHERE, HOW}, director={WHERE, HOW})
    change_roles(
        keyring=office.keyring("director"),
        person=office.person("caseworker"),
        roles=[Role.FIELD_OFFICER],
        team_id=None,
        at=office.later(),
    )
    assert office.keyring("caseworker").tiers_of(record) == {WHERE}


def test_who_leaves_a_team_leaves_its_cases(office: Office) -> None:
    director = office.keyring("director")
    north, south = (make_team(keyring=director, name=name, at=office.later()) for name in ("North", "South"))
    office.admit("worker", "W", [Role.CASEWORKER], north.pk)
    record = office.keyring("worker").create_record(
        kind="case", recipients={office.id("worker"): {WHO, WHERE}}, team_id=north.pk, at=office.later()
    )
    change_roles(
        keyring=director,
        person=office.person("worker"),
        roles=[Role.CASEWORKER],
        team_id=south.pk,
        at=office.later(),
    )
    assert office.keyring("worker").tiers_of(record) == frozenset()


def test_a_role_written_into_the_database_brings_no_keys(office: Office) -> None:
    record = a_case(office, case_lead={WHO, WHERE, HOW})
    Person.objects.filter(pk=office.id("finance")).update(roles=["case_lead"])
    begin_session(keyring=office.keyring("case_lead"), at=office.later())
    assert office.keyring("finance").tiers_of(record) == frozenset()
    assert office.id("finance") not in in_good_standing(office.keyring("case_lead"))


def test_roles_a_former_director_gave_stay_given(office: Office) -> None:
    office.admit("second", "S", [Role.DIRECTOR])
    second = office.keyring("second")
    change_roles(
        keyring=second, person=office.person("finance"), roles=[Role.FIELD_OFFICER], team_id=None, at=office.later()
    )
    remove_person(keyring=office.keyring("director"), person=office.person("second"), at=office.later())
    assert office.id("finance") in in_good_standing(office.keyring("director"))


def test_if_the_entry_cannot_be_written_nothing_is(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_: object) -> None:
        raise TamperedError("no")

    for module in ("people", "keys"):
        monkeypatch.setattr(f"waystation.accounts.services.{module}.append", fails)
    before = list(Person.objects.order_by("pk").values())
    with pytest.raises(TamperedError):
        remove_person(keyring=office.keyring("director"), person=office.person("finance"), at=office.later())
    with pytest.raises(TamperedError):
        office.admit("late", "L", [Role.FINANCE])
    assert list(Person.objects.order_by("pk").values()) == before


def test_the_entry_tells_who_and_when(office: Office) -> None:
    at = office.now + timedelta(days=3)
    remove_person(keyring=office.keyring("director"), person=office.person("finance"), at=at)
    entry = Entry.objects.get(kind="person.removed")
    assert (entry.at, entry.signer) == (at, office.id("director"))
