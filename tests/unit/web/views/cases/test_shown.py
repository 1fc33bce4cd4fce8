from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils.translation import override

from waystation.cases.models import NEEDS, URGENCIES, Case, Change, ChangeKind
from waystation.web.views.cases.shown import as_initial, shown_value, who_did_what

NOON = datetime(2031, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("name", "Pak", "Pak"),
        ("name", None, ""),
        ("birth_date", date(1990, 3, 25), "1990-03-25"),
        ("party_size", Decimal(3), "3"),
        ("urgency", "now", "In danger now"),
        ("needs", ["child", "food"], "A child in the group, Food"),
        ("needs", [], ""),
    ],
)
def test_values_are_said_in_words(name: str, value: object, text: str) -> None:
    with override("en"):
        assert shown_value(name, value) == text


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_choice_has_words(language: str) -> None:
    with override(language):
        said = [shown_value("urgency", word) for word in URGENCIES] + [shown_value("needs", [word]) for word in NEEDS]
    assert all(said)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("kind", list(ChangeKind))
def test_every_step_has_words(language: str, kind: ChangeKind) -> None:
    change = Change(kind=kind, fields=["note", "name"], by=uuid4(), at=NOON, case=Case())
    with override(language):
        at, who, what = who_did_what(change, {change.by: "Bounmy"})
    assert (at, who) == (NOON, "Bounmy")
    assert what
    assert "{" not in what


def test_who_left_is_still_somebody() -> None:
    change = Change(kind=ChangeKind.CHANGED, fields=["note"], by=uuid4(), at=NOON, case=Case())
    with override("en"):
        assert who_did_what(change, {}) == (NOON, "Somebody who left", "changed Note")


def test_a_form_shows_whole_numbers() -> None:
    shown = as_initial({"party_size": Decimal(3), "whereabouts": None})
    assert (shown, str(shown["party_size"])) == ({"party_size": 3, "whereabouts": None}, "3")
    assert as_initial({"party_size": None}) == {"party_size": None}
