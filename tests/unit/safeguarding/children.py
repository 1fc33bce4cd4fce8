"""What the tests of safeguarding say again and again."""

from datetime import timedelta
from uuid import UUID, uuid4

from tests.office import Office
from tests.unit.cases.people import entered
from waystation.safeguarding.htcds import DecidingOrganisation, TraffickingStatus
from waystation.safeguarding.models import (
    Age,
    Care,
    ChildFacts,
    Grade,
    Paper,
    PaperDecision,
    Parent,
    Qualification,
    Recommendation,
    StatusDecision,
    Verdict,
)
from waystation.safeguarding.picture import Traveller
from waystation.safeguarding.policies import blocks
from waystation.safeguarding.services import (
    Member,
    decide_paper,
    decide_status,
    record_assessment,
    record_child_facts,
    record_determination,
    record_qualification,
)
from waystation.store.models import Record

PANEL = (Member("Ana Reyes", "social worker"), Member("Dr Osei", "doctor"), Member("윤서희", "board"))


class Child:
    """A traveller of a case, and what people do for them. Each act is a second later than the last."""

    def __init__(self, office: Office, record: Record | None = None) -> None:
        self.office = office
        self.record = record or entered(office).record
        self.id: UUID = uuid4()

    def codes(self, age: Age | None = Age.CHILD, by: str = "case_lead") -> list[str]:
        """Return what blocks, as somebody sees it."""
        at = self.office.later()
        return [
            each.code
            for each in blocks(
                keyring=self.office.keyring(by), record=self.record, traveller=Traveller(self.id, age), at=at
            )
        ]

    def facts(self, age: Age = Age.CHILD, care: Care = Care.UNACCOMPANIED, by: str = "caseworker") -> ChildFacts:
        return record_child_facts(
            keyring=self.office.keyring(by),
            record=self.record,
            traveller_id=self.id,
            age=age,
            care=care,
            care_grade=Grade.CHILD,
            care_evidence="came alone",
            mother=Parent.UNKNOWN,
            father=Parent.DEAD,
            parents_grade=Grade.ONE,
            parents_evidence="a cousin said so",
            at=self.office.later(),
        )

    def screened(self, by: str = "case_lead", status: TraffickingStatus = TraffickingStatus.NOT) -> StatusDecision:
        return decide_status(
            keyring=self.office.keyring(by),
            record=self.record,
            traveller_id=self.id,
            status=status,
            decided_by_kind=DecidingOrganisation.NGO,
            decided_by="the case lead",
            why="nothing points to it",
            at=self.office.later(),
        )

    def assessment(self, recommendation: Recommendation = Recommendation.GO, by: str = "caseworker") -> Paper:
        return record_assessment(
            keyring=self.office.keyring(by),
            record=self.record,
            traveller_id=self.id,
            recommendation=recommendation,
            words="an uncle waits",
            at=self.office.later(),
        )

    def determination(
        self,
        recommendation: Recommendation = Recommendation.GO,
        members: tuple[Member, ...] = PANEL,
        by: str = "caseworker",
    ) -> Paper:
        return record_determination(
            keyring=self.office.keyring(by),
            record=self.record,
            traveller_id=self.id,
            recommendation=recommendation,
            members=members,
            words="heard the child",
            at=self.office.later(),
        )

    def decided(self, paper: Paper, by: str = "safeguarding", verdict: Verdict = Verdict.AGREED) -> PaperDecision:
        return decide_paper(
            keyring=self.office.keyring(by), paper=paper, verdict=verdict, why="read it whole", at=self.office.later()
        )


def trained(office: Office, key: str = "caseworker", days: int = 300) -> Qualification:
    """Note that somebody was trained."""
    at = office.later()
    return record_qualification(
        keyring=office.keyring("director"),
        person=office.person(key),
        issuer="a course for child protection",
        valid_from=at - timedelta(days=1),
        until=at + timedelta(days=days),
        at=at,
    )
