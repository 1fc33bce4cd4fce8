from datetime import UTC, datetime, timedelta
from uuid import UUID

from waystation.safeguarding.models import Age, Care, PaperKind
from waystation.safeguarding.picture import Known, Lack, Picture, Reason, Requirement, Written

NOON = datetime(2031, 3, 1, 12, tzinfo=UTC)


def hours(count: int) -> datetime:
    return NOON + timedelta(hours=count)


def test_papers_from_before_the_last_change_are_out_of_date() -> None:
    known = (
        Known(hours(0), Age.CHILD, Care.ACCOMPANIED),
        Known(hours(2), Age.CHILD, Care.ACCOMPANIED),
        Known(hours(4), Age.CHILD, Care.SEPARATED),
        Known(hours(6), Age.CHILD, Care.SEPARATED),
    )
    papers = tuple(Written(UUID(int=hour), PaperKind.BIA, UUID(int=99), hours(hour)) for hour in (1, 3, 4, 5))
    picture = Picture(known, papers)
    assert picture.changed_at == hours(4)
    assert [paper.id.int for paper in picture.fresh(PaperKind.BIA)] == [4, 5]
    assert picture.fresh(PaperKind.BID) == []


def test_where_nothing_is_known_nothing_is_out_of_date() -> None:
    paper = Written(UUID(int=1), PaperKind.BIA, UUID(int=99), NOON)
    assert Picture().changed_at is None
    assert Picture(papers=(paper,)).fresh(PaperKind.BIA) == [paper]


def test_a_reason_has_a_code() -> None:
    assert Reason(UUID(int=1), Requirement.BIA, Lack.WAITING).code == "bia.waiting"
