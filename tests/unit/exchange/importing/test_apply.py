import pytest

from tests.office import Office
from tests.unit.exchange.files import GOOD, imported, looked, opened, sheet, steps
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.cases.models import Case, Request
from waystation.continuity.errors import StoppedError
from waystation.exchange.importing.apply import apply_import
from waystation.exchange.models import Import, ImportLine

OTHER = "r2,Rain Invented,the south,7,"


def test_good_rows_become_requests_and_a_faulty_one_loses_none(office: Office) -> None:
    done = imported(office, sheet(GOOD, "r3,Moon,the south,old,", '"r4,open', OTHER))
    assert (done.source.created, done.source.left_out, done.refused) == (2, 2, ())
    names = {opened(office, case, "name")["name"] for case in Case.objects.all()}
    assert names == {"Sky Invented", "Rain Invented"}
    assert Request.objects.count() == 2
    assert [entry.kind for entry in Entry.objects.filter(kind__startswith="import.").order_by("seq")] == [
        "import.begun",
        "import.done",
    ]


def test_the_same_file_twice_changes_nothing(office: Office) -> None:
    imported(office, sheet(GOOD, OTHER))
    versions = {case.pk: case.version for case in Case.objects.all()}
    done = imported(office, sheet(GOOD, OTHER))
    assert (done.source.created, done.source.updated, done.source.same) == (0, 0, 2)
    assert {case.pk: case.version for case in Case.objects.all()} == versions
    assert ImportLine.objects.count() == 2


def test_a_doubtful_row_waits_for_a_persons_word(office: Office) -> None:
    imported(office, sheet(GOOD))
    twin = sheet("r9,Sky Invented,,50,")
    assert imported(office, twin).source.created == 0
    assert imported(office, twin, accepted=[2]).source.created == 1


def test_a_row_that_is_known_changes_its_case(office: Office) -> None:
    imported(office, sheet(GOOD))
    done = imported(office, sheet("r1,Sky Invented,the west,34,"))
    assert done.source.updated == 1
    assert opened(office, Case.objects.get(), "name", "whereabouts") == {
        "name": "Sky Invented",
        "whereabouts": "the west",
    }


def test_stopped_half_way_it_keeps_whole_rows_and_says_so(office: Office) -> None:
    table = sheet(GOOD, OTHER)

    def stop(name: str, done: int, total: int) -> None:
        if done == 1:
            raise StoppedError("stop")

    done = apply_import(
        keyring=office.keyring("caseworker"),
        sheet=table,
        looked_at=looked(office, table),
        accepted=(),
        clock=office.later,
        steps=stop,
    )
    assert (done.source.stopped, done.source.created, Case.objects.count()) == (True, 1, 1)
    assert Import.objects.get().stopped


def test_who_may_not_import_writes_nothing(office: Office) -> None:
    with pytest.raises(NotPermittedError):
        apply_import(
            keyring=office.keyring("finance"),
            sheet=sheet(GOOD),
            looked_at=looked(office, sheet(GOOD)),
            accepted=(),
            clock=office.later,
            steps=steps,
        )
    assert not Import.objects.exists()
