"""The rules for children, by example; `services/test_children.py` has every order of what people may do."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.office import Office
from tests.unit.safeguarding.children import Child, trained
from waystation.safeguarding.errors import SafeguardRefusedError
from waystation.safeguarding.htcds import TraffickingStatus
from waystation.safeguarding.models import Age, Care, PaperKind, Recommendation, Verdict
from waystation.safeguarding.picture import Known, Lack, Picture, Reason, Requirement, Traveller, Written
from waystation.safeguarding.policies import NEEDS_PANEL, OVERRIDE_GOOD_FOR, is_child, reasons, refuse_shredded
from waystation.store.models import Record

NOON = datetime(2031, 3, 1, 12, tzinfo=UTC)
WHO = Traveller(UUID(int=7), Age.CHILD)


def codes(picture: Picture, who: Traveller = WHO, at: datetime = NOON) -> list[str]:
    return [reason.code for reason in reasons(picture, who, at)]


def paper(kind: PaperKind, hour: int = 0, verdict: Verdict | None = Verdict.AGREED, **more: object) -> Written:
    at = NOON + timedelta(hours=hour - 48)
    usual: dict[str, object] = {
        "recommendation": Recommendation.GO,
        "verdict": verdict,
        "decided_at": at if verdict else None,
        "decided_by": UUID(int=2) if verdict else None,
    }
    return Written(UUID(int=hour + 1000), kind, UUID(int=1), at, **{**usual, **more})  # type: ignore[arg-type] # of mixed kinds


def known(care: Care | None = Care.ACCOMPANIED, age: Age | None = Age.CHILD) -> tuple[Known, ...]:
    return (Known(NOON - timedelta(hours=72), age, care),)


def test_an_adult_needs_a_decided_screen_alone() -> None:
    adult = Traveller(UUID(int=7), Age.ADULT)
    assert codes(Picture(), adult) == ["screen.missing"]
    assert codes(Picture(screened=True), adult) == ["screen.waiting"]
    assert all(codes(Picture(status=status), adult) == [] for status in TraffickingStatus)


def test_who_is_of_unknown_age_does_not_move() -> None:
    assert codes(Picture(status=TraffickingStatus.NOT), Traveller(UUID(int=7))) == ["age.missing"]


@pytest.mark.parametrize("age", [Age.CHILD, Age.DISPUTED])
def test_a_child_or_a_disputed_age_needs_an_assessment(age: Age) -> None:
    picture = Picture(known(), status=TraffickingStatus.NOT)
    assert codes(picture, Traveller(UUID(int=7), age)) == ["bia.missing"]


@pytest.mark.parametrize("care", list(Care))
def test_who_is_without_a_parent_needs_a_panel_too(care: Care) -> None:
    picture = Picture(known(care), status=TraffickingStatus.NOT)
    assert codes(picture) == ["bia.missing", *(["bid.missing"] if care in NEEDS_PANEL else [])]
    assert (care in NEEDS_PANEL) is (care is not Care.ACCOMPANIED)


def test_care_that_nobody_wrote_down_blocks() -> None:
    assert codes(Picture(status=TraffickingStatus.NOT)) == ["care.missing", "bia.missing", "bid.missing"]


def test_who_was_ever_a_child_stays_one_for_the_rules() -> None:
    twice = (*known(age=Age.DISPUTED), Known(NOON - timedelta(hours=60), Age.ADULT, Care.ACCOMPANIED))
    assert is_child(Picture(twice), Traveller(UUID(int=7), Age.ADULT))
    assert not is_child(Picture(known(age=Age.ADULT)), Traveller(UUID(int=7), Age.ADULT))
    assert is_child(Picture(), Traveller(UUID(int=7))) is None


@pytest.mark.parametrize(
    ("papers", "code"),
    [
        ((paper(PaperKind.BIA),), ""),
        ((paper(PaperKind.BIA, verdict=None),), "bia.waiting"),
        ((paper(PaperKind.BIA, verdict=Verdict.SENT_BACK),), "bia.sent_back"),
        ((paper(PaperKind.BIA, recommendation=Recommendation.STAY),), "bia.against"),
        ((paper(PaperKind.BIA), paper(PaperKind.BIA, 1, recommendation=Recommendation.OTHER)), "bia.against"),
        ((paper(PaperKind.BIA, recommendation=Recommendation.STAY), paper(PaperKind.BIA, 1)), ""),
        ((paper(PaperKind.BIA), paper(PaperKind.BIA, 1, verdict=None)), ""),
        ((paper(PaperKind.BIA, -40),), "bia.missing"),
        ((paper(PaperKind.BID),), "bia.missing"),
    ],
)
def test_what_an_assessment_must_be_to_count(papers: tuple[Written, ...], code: str) -> None:
    assert codes(Picture(known(), papers, status=TraffickingStatus.NOT)) == ([code] if code else [])


def test_an_override_covers_what_it_names_for_a_while() -> None:
    override = paper(PaperKind.OVERRIDE, covers=("bia",))
    picture = Picture(known(), (override,), status=TraffickingStatus.NOT)
    assert override.decided_at is not None
    end = override.decided_at + OVERRIDE_GOOD_FOR
    assert codes(picture) == []
    assert codes(picture, at=end) == ["bia.missing"]
    assert codes(picture, at=override.decided_at - timedelta(seconds=1)) == ["bia.missing"]
    assert codes(Picture(known(), (override,))) == ["screen.missing"], "it does not cover the screen"


@pytest.mark.parametrize(
    "override",
    [
        paper(PaperKind.OVERRIDE, verdict=None, covers=("bia",)),
        paper(PaperKind.OVERRIDE, verdict=Verdict.SENT_BACK, covers=("bia",)),
        paper(PaperKind.OVERRIDE, covers=("bid",)),
        paper(PaperKind.OVERRIDE, covers=("bia",), decided_by=UUID(int=1)),
        paper(PaperKind.OVERRIDE, -40, covers=("bia",)),
    ],
)
def test_an_override_by_one_or_of_something_else_passes_nothing(override: Written) -> None:
    assert codes(Picture(known(), (override,), status=TraffickingStatus.NOT)) == ["bia.missing"]


def test_an_override_from_before_a_no_does_not_pass_over_the_no() -> None:
    against = paper(PaperKind.BIA, 5, recommendation=Recommendation.STAY)
    before, after = (paper(PaperKind.OVERRIDE, hour, covers=("bia",)) for hour in (4, 6))
    assert codes(Picture(known(), (before, against), status=TraffickingStatus.NOT)) == ["bia.against"]
    assert codes(Picture(known(), (against, after), status=TraffickingStatus.NOT)) == []


def test_what_is_sealed_blocks_and_nothing_covers_it() -> None:
    override = paper(PaperKind.OVERRIDE, covers=tuple(Requirement))
    assert reasons(Picture(papers=(override,), sealed=True), WHO, NOON) == (
        Reason(WHO.id, Requirement.KEY, Lack.MISSING),
    )


def test_what_was_shredded_is_refused() -> None:
    refuse_shredded(Record(kind="case"))
    with pytest.raises(SafeguardRefusedError):
        refuse_shredded(Record(kind="case", shredded_at=NOON))


@pytest.mark.django_db
def test_an_unaccompanied_child_from_first_word_to_passing(office: Office) -> None:
    child = Child(office)
    trained(office)
    assert child.codes() == ["screen.missing", "care.missing", "bia.missing", "bid.missing"]
    child.screened()
    child.facts()
    assessment = child.assessment()
    assert child.codes() == ["bia.waiting", "bid.missing"]
    child.decided(assessment)
    child.decided(child.determination(), "case_lead")
    assert child.codes() == []
    assert child.codes(by="safeguarding") == []
    assert child.codes(by="director") == []
    assert child.codes(by="field_officer") == ["key.missing"]
    child.facts(care=Care.SEPARATED)
    assert child.codes() == ["bia.missing", "bid.missing"]
