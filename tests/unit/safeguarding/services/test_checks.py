from datetime import timedelta
from typing import Any

import pytest

from tests.office import Office
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.kernel import BadInputError
from waystation.safeguarding.errors import SafeguardRefusedError
from waystation.safeguarding.indicators import OF_HOUSE
from waystation.safeguarding.models import Answer, CheckFollow, HouseCheck, HouseKind
from waystation.safeguarding.services import Found, finish_follow_up, record_check

pytestmark = pytest.mark.django_db


def looked(office: Office, by: str = "safeguarding", **more: Any) -> HouseCheck:
    at = office.later()
    given: dict[str, Any] = {
        "kind": HouseKind.SHELTER,
        "name": "House by the lake",
        "answers": {**dict.fromkeys(OF_HOUSE, Answer.NO), "documents_held": Answer.YES},
        "found": [Found("papers back to their owners", at + timedelta(days=3))],
        "words": "the safe is in the office",
        "next_by": at + timedelta(days=90),
    }
    return record_check(keyring=office.keyring(by), at=at, **{**given, **more})


def test_a_look_is_read_by_the_director_and_safeguarding_alone(office: Office) -> None:
    check = looked(office)
    opened = office.keyring("director").open(check)
    assert (opened["name"], opened["kind"]) == ("House by the lake", "shelter")
    assert {key for key in office.opened if office.keyring(key).tiers_of(check.record)} == {"director", "safeguarding"}
    assert Entry.objects.filter(kind="check.recorded").count() == 1


def test_a_sign_that_was_found_has_something_follow(office: Office) -> None:
    with pytest.raises(SafeguardRefusedError) as refused:
        looked(office, found=[])
    assert refused.value.code == "no_follow_up"
    assert looked(office, found=[], answers=dict.fromkeys(OF_HOUSE, Answer.UNSEEN)).words is not None


@pytest.mark.parametrize(
    "more",
    [
        {"name": " "},
        {"answers": {"threats": Answer.NO}},
        {"answers": {**dict.fromkeys(OF_HOUSE, Answer.NO), "bad_food": Answer.NO}},
        {"next_by": "now"},
        {"found": "now"},
    ],
)
def test_a_look_is_whole_or_refused(office: Office, more: dict[str, Any]) -> None:
    given: dict[str, dict[str, Any]] = {
        "next_by": {"next_by": office.now},
        "found": {"found": [Found("x", office.now)]},
    }
    name = next(iter(more))
    with pytest.raises(BadInputError):
        looked(office, **(given[name] if more[name] == "now" else more))
    assert not HouseCheck.objects.exists()


def test_what_was_put_right_is_said_once_and_how(office: Office) -> None:
    looked(office)
    follow, keyring = CheckFollow.objects.select_related("record").get(), office.keyring("director")
    with pytest.raises(SafeguardRefusedError):
        finish_follow_up(keyring=keyring, follow=follow, words=" ", at=office.later())
    done = finish_follow_up(keyring=keyring, follow=follow, words="all have them", at=office.later())
    assert (done.done_by, done.done_at) == (office.id("director"), office.now)
    assert keyring.open(done) == {"finding": "papers back to their owners", "done_words": "all have them"}
    with pytest.raises(SafeguardRefusedError) as again:
        finish_follow_up(keyring=keyring, follow=follow, words="again", at=office.later())
    assert again.value.code == "followed"


@pytest.mark.parametrize("by", ["case_lead", "caseworker", "finance", "auditor"])
def test_who_may_not_writes_nothing(office: Office, by: str) -> None:
    with pytest.raises(NotPermittedError):
        looked(office, by)
