from unittest.mock import patch

import pytest

from tests.office import Office, found_office
from tests.unit.cases.people import ALL, entered, holders, read, saved
from waystation.accounts.errors import NotPermittedError, RecoveryNotConfirmedError
from waystation.audit.models import Entry
from waystation.cases.models import Case, Change
from waystation.cases.services import create_case
from waystation.kernel import BadInputError
from waystation.store.models import Record
from waystation.store.tiers import Tier
from waystation.vault import NoKeyError

pytestmark = pytest.mark.django_db


def test_a_case_is_entered_and_read_again(office: Office) -> None:
    case = entered(office)
    assert read(office, case, "caseworker", *ALL) == ALL
    assert (saved(case.pk).version, case.pk) == (1, case.record_id)
    assert case.created_at == office.now


def test_its_keys_go_to_whom_the_table_names(office: Office) -> None:
    case = entered(office)
    assert holders(office, case, Tier.IDENTITY, "caseworker") == {"caseworker", "case_lead", "safeguarding"}
    assert holders(office, case, Tier.MOVEMENT, "caseworker") == {"caseworker", "case_lead", "director"}
    assert holders(office, case, Tier.WELFARE, "caseworker") == {"caseworker", "case_lead", "director", "safeguarding"}
    assert holders(office, case, Tier.EVIDENCE, "safeguarding") == {"safeguarding"}


def test_nobody_else_opens_it(office: Office) -> None:
    case = entered(office)
    for key in ("field_officer", "finance", "communications", "auditor", "director"):
        with pytest.raises(NoKeyError):
            read(office, case, key, "name")


def test_it_is_in_the_log_and_in_its_history(office: Office) -> None:
    case = entered(office)
    made = Change.objects.get(case=case)
    assert (made.version, made.kind, made.by, made.at) == (1, "made", office.id("caseworker"), office.now)
    assert made.fields == sorted(ALL)
    assert Entry.objects.filter(kind="record.made", signer=office.id("caseworker"), at=office.now).count() == 1


@pytest.mark.parametrize("key", ["director", "safeguarding", "field_officer", "finance", "communications", "auditor"])
def test_who_may_not_enter_cases_leaves_nothing_behind(office: Office, key: str) -> None:
    entries = Entry.objects.count()
    with pytest.raises(NotPermittedError):
        entered(office, key, note="anything")
    assert (Case.objects.count(), Record.objects.filter(kind="case").count()) == (0, 0)
    assert Entry.objects.count() == entries


def test_a_tier_that_its_writer_gets_no_key_of_is_refused_whole(office: Office) -> None:
    with pytest.raises(NoKeyError):
        entered(office, testimony="what they saw")
    assert not Case.objects.exists()


def test_before_the_shares_were_typed_back_there_is_no_case(store: None) -> None:
    office = found_office(people=["director", "caseworker"], confirmed=False)
    with pytest.raises(RecoveryNotConfirmedError):
        entered(office)


def test_a_value_that_breaks_its_rule_leaves_nothing_and_is_not_repeated(office: Office) -> None:
    with pytest.raises(BadInputError) as refused:
        entered(office, name="secret " * 100)
    assert "secret" not in str(refused.value)
    assert not Case.objects.exists()


def test_empty_values_are_never_given(office: Office) -> None:
    case = entered(office, name="A", note="", needs=[], birth_date=None)
    row = saved(case.pk)
    assert (row.note, row.needs, row.birth_date) == (None, None, None)


def test_a_code_is_not_given_twice_in_either_order(office: Office) -> None:
    with patch(
        "waystation.cases.services.create.new_code",
        side_effect=["amber-lamp", "amber-lamp", "lamp-amber", "lamp-cedar"],
    ):
        codes = [entered(office, name="A").code, entered(office, name="B").code]
    assert codes == ["amber-lamp", "lamp-cedar"]


def test_nothing_readable_is_in_the_row(office: Office) -> None:
    case = entered(office)
    stored = Case.objects.filter(pk=case.pk).values().get()
    assert "박은주" not in repr(stored)
    assert "quiet room" not in repr(stored)
    assert "박은주" not in repr(case) + str(case)


def test_the_team_is_that_of_whoever_enters_it(office: Office) -> None:
    case = create_case(keyring=office.keyring("case_lead"), values={"name": "A"}, at=office.later())
    assert case.team_id is None
    assert case.record.team_id == office.person("case_lead").team_id
