from collections.abc import Sequence

from tests.office import Office
from tests.unit.exchange.files import steps
from tests.unit.exchange.forms.test_definitions import brought
from tests.unit.exchange.forms.test_submissions import case_of
from waystation.exchange.forms.submissions import read_submission
from waystation.exchange.forms.taking_in import Taken, take_in
from waystation.exchange.models import OwnForm
from waystation.exchange.models import Submission as Kept
from waystation.intake.faults import Fault, FaultCode, fault
from waystation.intake.submissions.submission import Submission


def taken(office: Office, form: OwnForm, *each: Submission | Fault, code: str = "", look: bool = False) -> Taken:
    given: Sequence[Submission | Fault] = each
    return take_in(
        keyring=office.keyring("caseworker"),
        form=form,
        submissions=given,
        default_code=code,
        at=office.later(),
        steps=steps,
        only_look=look,
    )


def test_submissions_are_filed_to_the_case_they_name(office: Office) -> None:
    form, case = brought(office), case_of(office)
    good = Submission("u1", 2, {"head": "Sky", "way": {"region": "north"}}, case=case.code.replace("-", " "))
    wrong = Submission("u2", 3, {"age": "x", "way": {"region": "north"}}, case=case.code)
    lost = Submission("u3", 4, {"way": {"region": "north"}}, case="no-such")
    found = taken(office, form, good, wrong, lost, fault(FaultCode.OPEN_QUOTE, row=5))
    assert (found.filed, found.same, found.wrong) == (1, 0, 3)
    assert [(each.code, each.row) for each in found.faults] == [
        (FaultCode.VALUE_KIND, 3),
        (FaultCode.PARENT_UNKNOWN, 4),
        (FaultCode.OPEN_QUOTE, 5),
    ]
    kept = Kept.objects.select_related("record", "form").get()
    assert (kept.record_id, kept.imported) == (case.pk, True)
    opened = read_submission(keyring=office.keyring("caseworker"), submission=kept, at=office.later())
    assert (opened.key, opened.answers["head"]) == ("u1", "Sky")


def test_the_same_file_twice_changes_nothing(office: Office) -> None:
    form, case = brought(office), case_of(office)
    good = Submission("u1", 2, {"way": {"region": "north"}})
    assert taken(office, form, good, code=case.code, look=True).filed == 1
    assert not Kept.objects.exists()
    assert taken(office, form, good, good, code=case.code).filed == 1
    assert taken(office, form, good, code=case.code).same == 1
    assert Kept.objects.count() == 1
