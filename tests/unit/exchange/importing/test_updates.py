import csv
import io
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.office import Office
from tests.unit.exchange.files import GOOD, imported, looked, opened, sheet, steps
from waystation.cases.models import NEEDS, URGENCIES, Case, Contact
from waystation.cases.services import change_case, create_case
from waystation.cases.summary import Summary
from waystation.exchange.exporting.collect import collected, exportable
from waystation.exchange.exporting.purposes import FIELDS, Purpose, What
from waystation.exchange.importing.columns import COLUMNS
from waystation.exchange.importing.preview import Verdict
from waystation.exchange.importing.undo import undo_import
from waystation.exchange.importing.updates import ANSWERING, CASE_COLUMNS, TAKEN, TIERS
from waystation.exchange.models import BEFORE
from waystation.intake.tables.row import Headed
from waystation.intake.writing.csv_writer import csv_bytes

FULL = "code,name,region,birth_date,party_size,urgency,needs,note,priority,answer_way,answer_address,answer_time"
NEW = "Sky Renamed,the west,1990-03-25,4,soon,food; papers,asks for calm,urgent,telephone,555 0100,after nine"
FIELDS_OF_CASE = ("name", "whereabouts", "birth_date", "party_size", "urgency", "needs", "note")


def stands(office: Office, case: Case, by: str = "caseworker") -> dict[str, Any]:
    """Return everything that an update may change."""
    summary: Any = opened(office, case, "summary", by=by)["summary"]
    contacts = Contact.objects.filter(record=case.record_id, gone_at=None).select_related("record")
    reached = [office.keyring(by).open(each, "whose", "way", "address", "safe_time") for each in contacts]
    return {
        **opened(office, case, *FIELDS_OF_CASE, by=by),
        "priority": Summary.from_json(summary).priority.value,
        "contacts": reached,
    }


def test_every_column_that_the_case_holds_changes_it_and_is_taken_back(office: Office) -> None:
    imported(office, sheet(GOOD))
    case = Case.objects.get()
    before = stands(office, case)
    table = sheet(f"{case.code},{NEW}", header=FULL)
    (line,) = looked(office, table).lines
    assert (line.verdict, set(line.fields), line.not_taken) == (Verdict.UPDATE, set(TIERS), ())
    told = {each.what: (each.before, each.after) for each in line.changes}
    assert told["whereabouts"] == ("the north", "the west")
    assert told["needs"] == ("", "food, papers")
    assert told["priority"] == ("normal", "urgent")
    assert "Renamed" not in repr(line)
    source = imported(office, table).source
    assert (source.updated, source.left_out) == (1, 0)
    after = stands(office, case)
    assert (after["name"], after["note"], after["priority"]) == ("Sky Renamed", "asks for calm", "urgent")
    assert (str(after["birth_date"]), after["party_size"], after["needs"]) == ("1990-03-25", 4, ["food", "papers"])
    assert after["contacts"] == [
        {"whose": "Sky Renamed", "way": "telephone", "address": "555 0100", "safe_time": "after nine"}
    ]
    assert looked(office, table).counts[Verdict.SAME] == 1
    undo_import(keyring=office.keyring("caseworker"), source=source, at=office.later(), steps=steps)
    assert stands(office, case) == before


def test_what_somebody_changed_here_since_is_doubtful_until_a_person_says_it_holds(office: Office) -> None:
    imported(office, sheet(GOOD))
    case = Case.objects.select_related("record").get()
    change_case(
        keyring=office.keyring("caseworker"),
        case=case,
        seen_version=case.version,
        values={"whereabouts": "the east"},
        at=office.later(),
    )
    table = sheet("r1,Sky Renamed,the west,34,asked about by name")
    (line,) = looked(office, table).lines
    assert (line.verdict, line.newer, line.case_id) == (Verdict.DOUBTFUL, ("whereabouts",), case.pk)
    assert imported(office, table).source.left_out == 1
    assert opened(office, case, "whereabouts") == {"whereabouts": "the east"}
    assert imported(office, table, accepted=[2]).source.updated == 1
    assert opened(office, case, "whereabouts", "name") == {"whereabouts": "the west", "name": "Sky Renamed"}
    assert Case.objects.count() == 1


def test_who_may_not_open_a_part_changes_none_of_it(office: Office) -> None:
    case = create_case(keyring=office.keyring("case_lead"), values={"name": "Sky Invented"}, at=office.later())
    (line,) = looked(office, sheet(f"{case.code},{NEW}", header=FULL), by="finance").lines
    assert (line.verdict, line.fields) == (Verdict.SAME, ())


def test_a_new_case_keeps_what_is_known_beside_its_first_call(office: Office) -> None:
    imported(
        office, sheet("Sky,30,1990-03-25,soon,papers,in two lines", header="name,age,birth_date,urgency,needs,note")
    )
    found = opened(office, Case.objects.get(), "birth_date", "urgency", "needs", "note")
    assert (str(found["birth_date"]), found["urgency"], found["needs"]) == ("1990-03-25", "soon", ["papers"])
    assert found["note"] == "in two lines"


def test_every_column_is_taken_or_said_not_to_be() -> None:
    names = {column.name for column in COLUMNS}
    assert names > TAKEN > set(CASE_COLUMNS) | set(ANSWERING)
    assert names - TAKEN == {"age", "asker", "language", "danger", "deadline", "contact_consent"}
    assert set(TIERS.values()) == set(BEFORE)


words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30)
cases = st.fixed_dictionaries(
    {"name": words.map(str.strip).filter(bool)},
    optional={
        "whereabouts": words,
        "birth_date": st.dates(),
        "party_size": st.integers(1, 200),
        "urgency": st.sampled_from(URGENCIES),
        "needs": st.lists(st.sampled_from(NEEDS), unique=True, min_size=1),
        "note": st.lists(words, min_size=1, max_size=3).map("\n".join),
    },
)


def exported(office: Office) -> list[list[str]]:
    """Return the cases as they go out for a handover, as text, their header first."""
    asked: dict[str, Any] = {"keyring": office.keyring("case_lead"), "purpose": Purpose.HANDOVER}
    ids = exportable(person=office.person("case_lead"), state="open", **asked)
    columns = FIELDS[Purpose.HANDOVER, What.CASES]
    data = b"".join(csv_bytes(columns, collected(ids=ids, clock=office.later, steps=steps, **asked)))
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def as_sheet(rows: list[list[str]]) -> Headed:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    header, _, rest = text.getvalue().partition("\n")
    return sheet(rest, header=header.strip())


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(values=cases, name=words.map(str.strip).filter(bool))
def test_what_went_out_comes_back_the_same_and_changed_changes_that_alone(
    office: Office, values: dict[str, Any], name: str
) -> None:
    case = create_case(keyring=office.keyring("case_lead"), values=values, at=office.later())
    rows = exported(office)
    (mine,) = [row for row in rows if row[0] == case.code]
    found = looked(office, as_sheet([rows[0], mine]), by="case_lead")
    assert [(line.verdict, line.faults, line.fields) for line in found.lines] == [(Verdict.SAME, (), ())]
    before = stands(office, case, "case_lead")
    changed = [*mine[:1], "New " + name, *mine[2:]]
    done = imported(office, as_sheet([rows[0], changed]), by="case_lead")
    assert (done.source.updated, done.refused) == (1, ())
    after = stands(office, case, "case_lead")
    assert after == {**before, "name": after["name"]}
    assert " ".join(str(after["name"]).split()) == " ".join(("New " + name).split())
    undo_import(keyring=office.keyring("case_lead"), source=done.source, at=office.later(), steps=steps)
    assert stands(office, case, "case_lead") == before
