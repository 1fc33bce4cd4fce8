import pytest

from tests.office import Office
from tests.unit.exchange.files import GOOD, imported, looked, sheet
from waystation.cases.models import Case
from waystation.continuity.errors import StoppedError
from waystation.exchange.importing.columns import COLUMNS
from waystation.exchange.importing.preview import Verdict, preview
from waystation.exchange.importing.updates import TAKEN
from waystation.exchange.models import Import
from waystation.intake.faults import FaultCode

ROWS = (
    GOOD,
    "r2,Rain Invented,the south,7,",
    "r3,Moon Invented,the south,old,",
    ",invented SKY,,20,",
    "r5,,the east,9,",
    '"r6,open',
    GOOD,
)


def test_each_row_says_what_would_become_of_it_and_nothing_is_written(office: Office) -> None:
    found = looked(office, sheet(*ROWS))
    assert [(line.row, line.verdict) for line in found.lines] == [
        (2, Verdict.CREATE),
        (3, Verdict.CREATE),
        (4, Verdict.WRONG),
        (5, Verdict.DOUBTFUL),
        (6, Verdict.WRONG),
        (7, Verdict.WRONG),
        (8, Verdict.SAME),
    ]
    assert [(each.case_id, each.row) for each in found.lines[3].like] == [(None, 2)]
    assert found.counts[Verdict.WRONG] == 3
    assert [each.code for each in found.lines[2].faults] == [FaultCode.VALUE_KIND]
    assert not Case.objects.exists()
    assert not Import.objects.exists()


def test_what_was_imported_is_the_same_changed_or_like_somebody(office: Office) -> None:
    imported(office, sheet(GOOD))
    case = Case.objects.get()
    found = looked(
        office,
        sheet(GOOD, "r1,Sky Invented,the west,34,", "r9,Sky Invented,,50,", "r1,Sky Invented,the north,99,"),
    )
    assert [line.verdict for line in found.lines] == [Verdict.SAME, Verdict.UPDATE, Verdict.DOUBTFUL, Verdict.SAME]
    assert found.lines[1].fields == ("whereabouts",)
    assert [each.case_id for each in found.lines[2].like] == [case.pk]
    assert found.lines[3].not_taken == ("age",)


def test_what_a_row_about_a_case_fills_in_and_is_not_taken_is_said(office: Office) -> None:
    imported(office, sheet(GOOD))
    (line,) = looked(office, sheet("r1,Sky Invented,the west,35,now in hiding")).lines
    assert (line.verdict, line.fields, line.not_taken) == (Verdict.UPDATE, ("whereabouts",), ("age", "danger"))


def test_every_column_is_taken_or_said_not_to_be() -> None:
    assert {column.name for column in COLUMNS} > TAKEN


def test_a_row_may_name_a_case_by_its_code(office: Office) -> None:
    imported(office, sheet(GOOD))
    case = Case.objects.get()
    found = looked(office, sheet(f"{case.code},Sky Renamed", "no-such,X", header="code,name"))
    assert [(line.verdict, line.fields) for line in found.lines] == [(Verdict.UPDATE, ("name",)), (Verdict.WRONG, ())]


def test_a_table_of_something_else_is_refused(office: Office) -> None:
    found = looked(office, sheet("1,2", header="shoe size,colour"))
    assert found.lines == ()
    assert FaultCode.NO_HEADER in {each.code for each in found.faults}


def test_it_can_be_stopped(office: Office) -> None:
    def stop(name: str, done: int, total: int) -> None:
        raise StoppedError("stop")

    with pytest.raises(StoppedError):
        preview(
            keyring=office.keyring("caseworker"),
            person=office.person("caseworker"),
            sheet=sheet(GOOD),
            at=office.later(),
            steps=stop,
        )
