import unicodedata
from uuid import uuid4

import pytest

from waystation.web.views.people.forms import NewcomerForm, PassphraseForm, RolesForm, WordsForm


def test_the_teams_there_are_are_offered() -> None:
    team = uuid4()
    form = RolesForm({"roles": ["finance"], "team": str(team)}, teams={team: "North"})
    assert form.is_valid()
    assert not RolesForm({"roles": ["finance"], "team": str(uuid4())}, teams={team: "North"}).is_valid()


def test_the_name_comes_first() -> None:
    assert list(NewcomerForm(teams={}).fields) == ["name", "roles", "team", "language"]


@pytest.mark.parametrize("typed", ["가득", "  가득 ", unicodedata.normalize("NFD", "가득")])
def test_a_word_is_the_same_however_it_is_composed(typed: str) -> None:
    form = WordsForm({"word2": typed, "word5": "물"}, places=[2, 5], expected=["가득", "물"])
    assert form.is_valid()


def test_each_wrong_word_is_named() -> None:
    form = WordsForm({"word2": "x", "word5": ""}, places=[2, 5], expected=["가득", "물"])
    assert set(form.errors) == {"word2", "word5"}


def test_two_new_passphrases_are_the_same_whatever_their_spaces() -> None:
    assert PassphraseForm({"old": "a", "new": "b  c", "again": " b c"}).is_valid()
    assert set(PassphraseForm({"old": "a", "new": "b c", "again": "b d"}).errors) == {"again"}
