import pytest

from tests.office import Office
from tests.unit.cases.desk import asked
from waystation.cases.errors import NotAllOfItError
from waystation.cases.models import Note
from waystation.cases.services import write_note

pytestmark = pytest.mark.django_db


def test_a_note_is_sealed_and_says_something(office: Office) -> None:
    case, worker = asked(office), office.keyring("caseworker")
    note = write_note(keyring=worker, case=case, text="she likes tea", at=office.later())
    assert office.keyring("director").open(note, "text")["text"] == "she likes tea"
    with pytest.raises(NotAllOfItError):
        write_note(keyring=worker, case=case, text=" \n", at=office.later())
    assert (Note.objects.count(), note.by) == (1, office.id("caseworker"))
