from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.office import Office
from tests.unit.safeguarding.children import PANEL, Child, trained
from tests.unit.safeguarding.model import Model
from waystation.accounts.errors import NotPermittedError
from waystation.audit.models import Entry
from waystation.safeguarding.errors import SafeguardRefusedError
from waystation.safeguarding.models import Age, Care, ChildFacts, Paper, PaperDecision, Recommendation, Verdict
from waystation.safeguarding.picture import Traveller
from waystation.safeguarding.policies import OVERRIDE_GOOD_FOR
from waystation.safeguarding.services import Member, ask_override, decide_paper

pytestmark = pytest.mark.django_db


def override(child: Child, by: str = "case_lead", words: str = "in danger where they are") -> Paper:
    office, who = child.office, Traveller(child.id, Age.CHILD)
    return ask_override(keyring=office.keyring(by), record=child.record, traveller=who, words=words, at=office.later())


def refusal(act: Any, *args: Any, **options: Any) -> str:
    entries, rows = Entry.objects.count(), Paper.objects.count() + PaperDecision.objects.count()
    with pytest.raises(SafeguardRefusedError) as refused:
        act(*args, **options)
    assert Entry.objects.count() == entries
    assert Paper.objects.count() + PaperDecision.objects.count() == rows
    return refused.value.code


def test_facts_are_kept_with_evidence_and_grade_and_the_earlier_stay(office: Office) -> None:
    child = Child(office)
    child.facts()
    row = child.facts(care=Care.SEPARATED, by="safeguarding")
    opened = office.keyring("case_lead").open(row)
    assert (opened["care"], opened["care_grade"], opened["father"], opened["parents_evidence"]) == (
        "separated",
        "child",
        "dead",
        "a cousin said so",
    )
    assert ChildFacts.objects.filter(traveller_id=child.id).count() == 2
    assert Entry.objects.filter(kind="child.recorded").count() == 2


def test_only_who_is_trained_assesses_and_only_while_the_certificate_is_good(office: Office) -> None:
    child = Child(office)
    assert refusal(child.assessment) == "not_qualified"
    trained(office, days=30)
    child.assessment()
    office.later(days=30)
    assert refusal(child.assessment) == "not_qualified"
    assert refusal(child.assessment, by="safeguarding") == "not_qualified"


@pytest.mark.parametrize(
    "members",
    [PANEL[:2], (), (*PANEL[:2], Member(" ana  reyes ")), (*PANEL[:2], Member(" ")), (*PANEL, Member("Ana Reyes"))],
)
def test_a_panel_is_three_different_names_or_more(office: Office, members: tuple[Member, ...]) -> None:
    assert refusal(Child(office).determination, members=members) == "small_panel"


def test_the_names_of_a_panel_are_kept(office: Office) -> None:
    paper = Child(office).determination()
    names = office.keyring("safeguarding").open(paper, "members")["members"]
    assert isinstance(names, list)
    assert [each["name"] for each in names] == [each.name for each in PANEL]
    assert paper.panel_size == 3


def test_nobody_decides_on_their_own_paper_or_twice(office: Office) -> None:
    child = Child(office)
    paper = child.determination(by="case_lead")
    assert refusal(child.decided, paper, "case_lead") == "own_paper"
    child.decided(paper)
    office.admit("second_lead", "Another Lead", ["case_lead"])  # type: ignore[list-item] # a role's name is a role
    assert refusal(child.decided, paper, "second_lead") == "decided"


@pytest.mark.parametrize("by", ["caseworker", "director", "finance"])
def test_who_may_not_decide_decides_nothing(office: Office, by: str) -> None:
    child = Child(office)
    paper = child.determination(by="case_lead")
    with pytest.raises(NotPermittedError):
        child.decided(paper, by)


def test_a_reason_is_demanded_of_everybody(office: Office) -> None:
    child = Child(office)
    paper = child.determination()
    blank = {"keyring": office.keyring("safeguarding"), "verdict": Verdict.AGREED, "why": " ", "at": office.later()}
    assert refusal(decide_paper, paper=paper, **blank) == "no_reason"
    assert refusal(override, child, words=" ") == "no_reason"


def test_two_people_pass_over_what_blocks_for_two_weeks(office: Office) -> None:
    child = Child(office)
    child.screened()
    paper = override(child)
    assert child.codes() == ["care.missing", "bia.missing", "bid.missing"], "one person passes over nothing"
    child.decided(paper, "director")
    assert child.codes() == []
    assert Entry.objects.filter(kind__in=("override.asked", "override.agreed")).count() == 2
    office.later(seconds=OVERRIDE_GOOD_FOR.total_seconds())
    assert child.codes() == ["care.missing", "bia.missing", "bid.missing"]


def test_there_is_no_override_where_nothing_blocks(office: Office) -> None:
    child = Child(office)
    child.screened()
    adult = Traveller(uuid4(), Age.ADULT)
    lead = office.keyring("case_lead")
    child.id = adult.id
    child.screened()
    assert (
        refusal(ask_override, keyring=lead, record=child.record, traveller=adult, words="x", at=office.later())
        == "nothing_blocks"
    )


USUAL = [
    ("facts", "caseworker"),
    ("facts_accompanied", "caseworker"),
    ("facts_adult", "case_lead"),
    ("assess", "caseworker"),
    ("assess_against", "caseworker"),
    ("panel", "case_lead"),
    ("agree", "safeguarding"),
    ("agree", "case_lead"),
    ("override", "safeguarding"),
    ("screen", "case_lead"),
]
ODD = [
    ("assess", "case_lead"),
    ("panel_of_two", "case_lead"),
    ("agree", "caseworker"),
    ("agree", "director"),
    ("send_back", "safeguarding"),
    ("override", "caseworker"),
    ("screen", "caseworker"),
    ("facts_adult", "finance"),
]
WHOLE_WAY = [
    ("screen", "case_lead"),
    ("facts_accompanied", "caseworker"),
    ("assess", "caseworker"),
    ("agree", "safeguarding"),
]


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(USUAL * 2 + ODD), min_size=3, max_size=12), st.booleans())
def test_no_order_of_acts_lets_a_child_pass_without_the_procedure_or_two_people(
    office: Office, acts: list[tuple[str, str]], begun: bool
) -> None:
    """Every order of what people do: what blocks is what a model beside the database says, written from the rules alone."""
    child, model = Child(office), Model()
    trained(office)
    papers: list[Paper] = []
    for act, by in [*(WHOLE_WAY if begun else ()), *acts]:
        model.clock += 1
        try:
            _do(child, act, by, papers)
        except (NotPermittedError, SafeguardRefusedError):
            continue
        _tell(model, act, by)
        assert {code.split(".")[0] for code in child.codes()} == model.lacking(), (act, by)


def _do(child: Child, act: str, by: str, papers: list[Paper]) -> None:
    if act.startswith("facts"):
        care = Care.ACCOMPANIED if act == "facts_accompanied" else Care.UNACCOMPANIED
        child.facts(Age.ADULT if act == "facts_adult" else Age.CHILD, care, by)
    elif act.startswith("assess"):
        papers.append(child.assessment(Recommendation.STAY if act == "assess_against" else Recommendation.GO, by))
    elif act.startswith("panel"):
        papers.append(child.determination(members=PANEL[:2] if act == "panel_of_two" else PANEL, by=by))
    elif act == "screen":
        child.screened(by)
    elif act == "override":
        papers.append(override(child, by))
    elif not papers:
        raise SafeguardRefusedError("decided")
    else:
        child.decided(papers[-1], by, Verdict.AGREED if act == "agree" else Verdict.SENT_BACK)


def _tell(model: Model, act: str, by: str) -> None:
    if act.startswith("facts"):
        model.facts("adult" if act == "facts_adult" else "child", "accompanied" if act == "facts_accompanied" else "un")
    elif act.startswith("assess"):
        model.write("bia", by, act == "assess")
    elif act.startswith("panel"):
        model.write("bid", by)
    elif act == "screen":
        model.screened = True
    elif act == "override":
        model.write("override", by)
    else:
        model.decide(by, "agreed" if act == "agree" else "sent_back")


def test_a_certificate_for_another_day_is_none(office: Office) -> None:
    trained(office)
    office.now -= timedelta(days=2)
    assert refusal(Child(office).assessment) == "not_qualified"
