from pathlib import Path

import pytest
from django.db import connection, connections

from tests.unit.continuity.conftest import Home
from waystation.cases.models import Case
from waystation.continuity.digests import digest_rows, tables_of
from waystation.continuity.second_store import LIVE, OTHER, carry_rows, rows_as_stored, standing_in, stored_models
from waystation.store.sqlcipher.key import held_key


@pytest.fixture
def other(tmp_path: Path, empty_store: Path) -> Path:
    path = tmp_path / "other.db"
    path.write_bytes(empty_store.read_bytes())
    return path


def test_another_store_stands_in_for_a_while(home: Home, other: Path) -> None:
    home.case()
    with standing_in(other):
        assert not Case.objects.exists()
        assert Case.objects.using(OTHER).count() == 1
        with standing_in(home.data / "store.db"):
            assert Case.objects.count() == 1
            assert not Case.objects.using(OTHER).exists()
        assert Case.objects.using(OTHER).count() == 1
    assert Case.objects.count() == 1
    assert connection.settings_dict["NAME"] == str(home.data / "store.db")


def test_it_ends_also_when_something_goes_wrong(home: Home, other: Path) -> None:
    before = connections[LIVE]
    with pytest.raises(ValueError, match="x"), standing_in(other):
        raise ValueError("x")
    assert connections[LIVE] is before


def test_every_row_is_carried_and_nothing_twice(home: Home, other: Path) -> None:
    home.case(name="한글")
    expected = tables_of(home.data / "store.db", held_key())
    with standing_in(other):
        carry_rows(OTHER, LIVE)
        assert Case.objects.count() == 1
        fields = [str(field.column) for field in Case._meta.concrete_fields]
        rows = [digest_rows(fields, rows_as_stored(Case, source, LIVE)) for source in (LIVE, OTHER)]
        assert rows[0] == rows[1]
        assert {model._meta.db_table for model in stored_models()} == set(expected) - {"django_migrations"}
    found = tables_of(other, held_key())
    del expected["django_migrations"], found["django_migrations"]
    assert found == expected
