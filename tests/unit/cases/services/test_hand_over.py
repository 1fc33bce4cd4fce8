import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, summary, told
from tests.unit.cases.people import holders
from waystation.accounts.errors import NotPermittedError
from waystation.accounts.roles import Role
from waystation.cases.services import hand_over, write_note
from waystation.store.tiers import Tier

pytestmark = pytest.mark.django_db


def test_a_colleague_gets_the_case_and_the_keys_their_roles_allow(office: Office) -> None:
    case, worker = asked(office), office.keyring("caseworker")
    office.admit("colleague", "Second Worker", [Role.CASEWORKER])
    hand_over(keyring=worker, case=case, to=office.person("colleague"), words="call at ten", at=office.later())
    assert summary(office, case).owner == office.id("colleague")
    for tier in (Tier.IDENTITY, Tier.MOVEMENT, Tier.WELFARE):
        assert {"colleague", "caseworker"} <= holders(
            office, case, tier, "case_lead" if tier != Tier.MOVEMENT else "director"
        )
    assert "colleague" not in holders(office, case, Tier.EVIDENCE, "safeguarding")
    write_note(keyring=office.keyring("colleague"), case=case, text="mine now", at=office.later())
    assert told(office, case)[1]["kind"] == "handed_over"


def test_not_to_somebody_whose_roles_do_not_carry_it_nor_by_somebody_who_may_not(office: Office) -> None:
    case = asked(office)
    for key in ("finance", "field_officer", "communications", "auditor"):
        with pytest.raises(NotPermittedError):
            hand_over(keyring=office.keyring("caseworker"), case=case, to=office.person(key), at=office.later())
    with pytest.raises(NotPermittedError):
        hand_over(keyring=office.keyring("director"), case=case, to=office.person("caseworker"), at=office.later())
    assert summary(office, case).owner == office.id("caseworker")
