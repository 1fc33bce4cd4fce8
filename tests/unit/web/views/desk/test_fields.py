import pytest
from django import forms

from waystation.web.views.desk.fields import BirthField, day, line, lines, one_of, several_of, version


@pytest.mark.parametrize(
    ("typed", "date", "precision"),
    [
        ("1990", "1990", "year"),
        ("1990-3", "1990-03", "month"),
        ("1990. 3. 5.", "1990-03-05", "day"),
        ("1990/12/31", "1990-12-31", "day"),
    ],
)
def test_a_birth_date_is_kept_as_exactly_as_it_is_known(typed: str, date: str, precision: str) -> None:
    field = BirthField(required=False)
    kept = field.clean(typed)
    assert kept == {"date": date, "precision": precision}
    assert field.prepare_value(kept) == date


@pytest.mark.parametrize("typed", ["90", "1990-13", "1990-02-30", "1799", "spring", "1990-1-1-1"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        BirthField(required=False).clean(typed)


def test_nothing_typed_is_nothing_known() -> None:
    assert BirthField(required=False).clean("") is None
    assert day("desk.task.due").clean("") is None
    assert version().clean("") is None


def test_fields_take_what_is_declared_and_no_more() -> None:
    chosen = one_of("desk.priority", ("urgent",), "desk.priority", required=True)
    assert chosen.clean("urgent") == "urgent"
    assert [word for word, _ in chosen.choices] == ["", "urgent"]  # type: ignore[union-attr, misc] # pairs
    assert len(list(one_of("desk.priority", ("urgent",), "desk.priority", rounds=True).choices)) == 1  # type: ignore[arg-type] # pairs
    with pytest.raises(forms.ValidationError):
        chosen.clean("soon")
    assert several_of("desk.traveller.needs", ("calm",), "desk.travel_need").clean(["calm"]) == ["calm"]
    with pytest.raises(forms.ValidationError):
        line("desk.words", longest=3).clean("four")
    assert lines("desk.words", longest=9).clean("a\r\nb") == "a\nb"
