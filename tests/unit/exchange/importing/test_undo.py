import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.office import Office
from tests.unit.exchange.files import GOOD, imported, looked, opened, sheet, steps
from waystation.accounts.errors import NotPermittedError
from waystation.cases.models import Case
from waystation.cases.services import change_case
from waystation.exchange.errors import AlreadyUndoneError
from waystation.exchange.importing.preview import Verdict
from waystation.exchange.importing.undo import Undone, may_undo, undo_import
from waystation.exchange.models import Import
from waystation.store.models import Grant

OTHER = "r2,Rain Invented,the south,7,"


def undone(office: Office, source: Import, by: str = "caseworker") -> Undone:
    return undo_import(keyring=office.keyring(by), source=source, at=office.later(), steps=steps)


def test_a_whole_import_is_taken_back_and_may_come_again(office: Office) -> None:
    source = imported(office, sheet(GOOD, OTHER)).source
    assert undone(office, source) == Undone(2, ())
    ids = [case.record_id for case in Case.objects.all()]
    assert not Grant.objects.filter(record_id__in=ids).exists()
    assert [line.verdict for line in looked(office, sheet(GOOD, OTHER)).lines] == [Verdict.CREATE] * 2


def test_a_case_that_was_changed_gets_back_what_stood_there(office: Office) -> None:
    imported(office, sheet(GOOD))
    source = imported(office, sheet("r1,Sky Renamed,the west,34,")).source
    undone(office, source)
    values = opened(office, Case.objects.get(), "name", "whereabouts")
    assert values == {"name": "Sky Invented", "whereabouts": "the north"}


def test_two_rows_of_one_case_are_taken_back_one_after_the_other(office: Office) -> None:
    imported(office, sheet(GOOD))
    case = Case.objects.get()
    rows = (f"{case.code},Sky,", f"{case.code},,the west")
    source = imported(office, sheet(*rows, header="code,name,region")).source
    assert source.updated == 2
    assert undone(office, source) == Undone(2, ())
    assert opened(office, Case.objects.get(), "name", "whereabouts") == {
        "name": "Sky Invented",
        "whereabouts": "the north",
    }


def test_what_somebody_worked_on_since_stays(office: Office) -> None:
    source = imported(office, sheet(GOOD, OTHER)).source
    case = next(
        each for each in Case.objects.select_related("record") if opened(office, each, "name")["name"] == "Sky Invented"
    )
    change_case(
        keyring=office.keyring("caseworker"),
        case=case,
        seen_version=case.version,
        values={"note": "x"},
        at=office.later(),
    )
    assert undone(office, source) == Undone(1, (case.pk,))


def test_only_who_made_it_takes_it_back_once_and_within_a_week(office: Office) -> None:
    source = imported(office, sheet(GOOD)).source
    with pytest.raises(NotPermittedError):
        undone(office, source, "case_lead")
    assert may_undo(source, office.id("caseworker"), office.now)
    office.later(days=8)
    with pytest.raises(NotPermittedError):
        undone(office, source)
    Import.objects.filter(pk=source.pk).update(undone_at=office.now)
    with pytest.raises(AlreadyUndoneError):
        undone(office, Import.objects.get(pk=source.pk))


cells = st.fixed_dictionaries({
    "reference": st.sampled_from(["", "r1", "r2", "r3", "r4"]),
    "name": st.sampled_from(["Sky Invented", "Rain Invented", "Moon Elsewhere", "비 바람", ""]),
    "region": st.sampled_from(["", "the north", "=cmd"]),
    "age": st.sampled_from(["34", "7", "old", ""]),
    "danger": st.sampled_from(["", "asked about"]),
})  # fmt: skip


@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=st.lists(cells.map(lambda row: ",".join(row.values())), min_size=2, max_size=8))
def test_any_table_twice_changes_nothing_and_undone_leaves_nothing(office: Office, rows: list[str]) -> None:
    table = sheet(*rows)
    at_first = [(line.row, line.verdict) for line in looked(office, table).lines]
    accepted = range(len(rows) + 2)
    done = imported(office, table, accepted=accepted)
    versions = dict(Case.objects.values_list("pk", "version"))
    again = imported(office, table, accepted=())
    assert (again.source.created, again.source.updated) == (0, 0)
    assert dict(Case.objects.values_list("pk", "version")) == versions
    assert undone(office, done.source) == Undone(done.source.created, ())
    assert not Grant.objects.filter(record_id__in=done.source.lines.values("record_id")).exists()
    assert [(line.row, line.verdict) for line in looked(office, table).lines] == at_first
