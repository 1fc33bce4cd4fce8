import pytest

from tests.office import Office
from tests.unit.exchange.files import imported, looked, sheet
from waystation.cases.models import Case
from waystation.exchange.importing import alike
from waystation.exchange.importing.alike import Like
from waystation.exchange.importing.preview import Verdict
from waystation.matching.register import Strength

pytestmark = pytest.mark.django_db
HEADER = "reference,name,region,age,answer_address"


def test_a_row_names_who_is_here_however_they_are_spelt_with_the_reason(office: Office) -> None:
    imported(office, sheet("r1,김성은,Hyesan,34,010-5555-1234", header=HEADER))
    case = Case.objects.get()
    rows = ("a,Seung-eun Kim,Hyesan,34,+82 10-5555-1234", "b,Maria Quispe,Cusco,20,")
    same, other = looked(office, sheet(*rows, header=HEADER)).lines
    assert (same.verdict, other.verdict) == (Verdict.DOUBTFUL, Verdict.CREATE)
    (like,) = same.like
    assert (like.case_id, like.strength) == (case.pk, Strength.STRONG)
    assert {"given name", "place", "contact"} <= set(like.agreeing)


def test_a_row_names_the_row_before_it_that_is_spelt_otherwise(office: Office) -> None:
    rows = ("a,김성은,Hyesan,34,010-5555-1234", "b,Kim Seung-eun,Hyesan,34,010-5555-1234")
    first, second = looked(office, sheet(*rows, header=HEADER)).lines
    assert (first.verdict, first.like) == (Verdict.CREATE, ())
    assert [(each.case_id, each.row, each.strength) for each in second.like] == [(None, 2, Strength.STRONG)]


def test_beyond_the_rows_that_are_kept_equal_names_are_still_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alike, "ROWS_KEPT", 0)
    rows = ("a,Kim Seung-eun,Hyesan,34,", "b,seung-eun KIM,,20,")
    _, second = looked(office, sheet(*rows, header=HEADER)).lines
    assert second.like == (Like(None, 2, None, ("family name", "given name")),)


def test_who_may_not_open_a_case_is_not_told_of_it(office: Office) -> None:
    imported(office, sheet("r1,김성은,Hyesan,34,010-5555-1234", header=HEADER))
    (line,) = looked(office, sheet("a,김성은,Hyesan,34,010-5555-1234", header=HEADER), by="director").lines
    assert (line.verdict, line.like) == (Verdict.CREATE, ())
