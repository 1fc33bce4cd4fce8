from waystation.safeguarding.models import Screen
from waystation.safeguarding.services.screens import TABLES
from waystation.web.views.safeguarding.forms import BEGINNINGS, SEATS, DetermineForm, ScreenForm, chosen


def test_the_screen_asks_for_every_list_and_for_no_status() -> None:
    form = ScreenForm()
    assert set(ScreenForm.PARTS) == set(TABLES) == set(BEGINNINGS)
    assert set(form.fields) == set(Screen.sealed_fields())
    given = ScreenForm({"means": ["Other"], "words": "alone"})
    assert given.is_valid()
    assert given.values()["seen"]["means"] == ["Other"]
    assert given.values()["words"] == "alone"
    assert not ScreenForm({"means": ["Bad luck"]}).is_valid()


def test_a_panel_has_three_seats_that_must_be_filled() -> None:
    empty = DetermineForm({})
    assert {name for name in empty.errors if name[-1].isdigit()} == {
        f"{part}_{seat}" for part in ("name", "role") for seat in (1, 2, 3)
    }
    given = {f"name_{seat}": f"Member {seat}" for seat in (1, 2, 3)} | {f"role_{seat}": "doctor" for seat in (1, 2, 3)}
    form = DetermineForm({**given, "words": "heard", "recommendation": "go"})
    assert form.is_valid(), form.errors
    assert [member.name for member in form.members()] == ["Member 1", "Member 2", "Member 3"]
    assert len(form.seats) == SEATS
    assert [field.name for field in form.first_fields] == ["words", "recommendation"]


def test_choices_are_said_in_words() -> None:
    assert [(word, str(text)) for word, text in chosen(["go"], "safeguarding.recommendation.")] == [
        ("go", "The journey is in the child’s best interests")
    ]
