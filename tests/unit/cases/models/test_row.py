import pytest
from django.db import IntegrityError, transaction

from tests.office import Office
from tests.unit.cases.family import family
from waystation.cases.models import CaseRow
from waystation.cases.whole import KINDS
from waystation.store.models import sealed_models

pytestmark = pytest.mark.django_db


def test_the_database_reads_ids_versions_and_times_of_a_case_and_nothing_else() -> None:
    readable = {field.name for kind in KINDS for field in kind._meta.concrete_fields} - {
        name for kind in KINDS for name in kind.sealed_fields()
    }
    assert readable == {
        *("id", "record", "version", "by", "at", "gone_at"),
        *("recommended_by", "recommended_at", "decided_by", "decided_at", "file_id", "case_version"),
    }


def test_every_kind_of_row_travels_with_its_case_and_is_shredded_with_it() -> None:
    assert set(KINDS) == {kind for kind in sealed_models() if issubclass(kind, CaseRow)}
    assert all(kind.travels and kind.sealed_fields() for kind in KINDS)


def test_no_row_has_a_version_below_1(office: Office) -> None:
    family(office)
    for kind in KINDS:
        found = kind._default_manager.all()
        if found.exists():
            with pytest.raises(IntegrityError), transaction.atomic():
                found.update(version=0)
