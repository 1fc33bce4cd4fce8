from datetime import date

import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, summary
from waystation.cases.services import lower_flag, raise_flag, raise_flag_again

pytestmark = pytest.mark.django_db


def test_a_flag_stands_until_a_person_lowers_it_and_can_be_raised_again(office: Office) -> None:
    case, worker = asked(office), office.keyring("caseworker")
    until = date(2031, 4, 1)
    flag = raise_flag(keyring=worker, case=case, reason="medical", until=until, at=office.later())
    raise_flag(keyring=office.keyring("safeguarding"), case=case, reason="media", at=office.later())
    now = summary(office, case)
    assert (now.flags, now.flags_until) == (("media", "medical"), until)
    lower_flag(keyring=worker, case=case, flag_id=flag.pk, at=office.later())
    assert (summary(office, case).flags, summary(office, case).flags_until) == (("media",), None)
    raise_flag_again(keyring=worker, case=case, flag_id=flag.pk, at=office.later())
    assert summary(office, case).flags == ("media", "medical")
