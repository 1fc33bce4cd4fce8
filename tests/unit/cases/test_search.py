import pytest

from tests.office import Office
from tests.unit.cases.desk import asked, person
from tests.unit.cases.people import entered
from waystation.audit.models import Entry as LogEntry
from waystation.cases.index.entry import Entry
from waystation.cases.index.index import Index
from waystation.cases.models import Case
from waystation.cases.search import find_cases
from waystation.store.search import folded, matches, needles, searchable

pytestmark = pytest.mark.django_db


def found(office: Office, key: str, text: str) -> list[str]:
    index = Index(office.keyring(key))
    index.catch_up(office.person(key), at=office.later())
    hits: list[Entry] = find_cases(keyring=office.keyring(key), index=index, text=text, at=office.later())
    return [each.code for each in hits]


def test_a_name_is_found_in_any_script_by_those_who_may_open_it(office: Office) -> None:
    case = entered(office)
    entered(office, name="Somebody Else")
    for text in ("Pak", "pak un-ju", "박은주", "은주"):
        assert found(office, "caseworker", text) == [case.code], text
        assert found(office, "case_lead", text) == [case.code], text
    assert found(office, "director", "박은주") == []
    assert found(office, "finance", "박은주") == []


def test_who_asked_and_who_travels_are_found_too(office: Office) -> None:
    case = asked(office)
    person(office, case, names=[{"text": "강해원", "script": "hangul", "kind": "full"}])
    for text in ("Baek Du-ri", "박은주", "해원", "northern"):
        assert found(office, "caseworker", text) == [case.code], text
    assert found(office, "safeguarding", "northern") == []


@pytest.mark.parametrize(
    ("text", "key"), [("northern", "director"), ("quiet room", "safeguarding"), ("northern", "caseworker")]
)
def test_places_and_notes_are_found_by_those_who_may_open_them(office: Office, text: str, key: str) -> None:
    case = entered(office)
    assert found(office, key, text) == [case.code]
    assert found(office, "finance", text) == []


def test_a_code_is_found_as_it_is_said_and_by_one_of_its_words(office: Office) -> None:
    case: Case = entered(office)
    first, second = case.code.split("-")
    for text in (case.code, f"{first} {second}", f"{second}-{first}", f" {first.upper()}  {second} ", first):
        assert found(office, "finance", text) == [case.code], text


def test_no_word_finds_nothing(office: Office) -> None:
    entered(office)
    assert found(office, "caseworker", " - ") == []


def test_the_log_tells_that_and_not_what_was_looked_for(office: Office) -> None:
    entered(office)
    before = LogEntry.objects.filter(kind="records.searched").count()
    found(office, "caseworker", "박은주")
    assert LogEntry.objects.filter(kind="records.searched").count() == before + 1
    assert not LogEntry.objects.filter(kind="identity.opened").exists()


@pytest.mark.parametrize(
    "text", ["Jürgen Müller", "김하나 Hana", "محمد علي", "Nguyễn Văn An", "สมชาย ใจดี", "O'Brien-Smith"]
)
@pytest.mark.parametrize("asked_for", ["mull", "하나", "hana kim", "علي", "van an", "ใจดี", "smith obr", "x"])
def test_looking_through_many_keeps_the_rule_of_one(text: str, asked_for: str) -> None:
    many = all(word in searchable([text]) for word in needles(asked_for))
    assert many == matches(folded(asked_for), folded(text))
