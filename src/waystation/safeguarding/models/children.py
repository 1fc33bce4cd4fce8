from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from waystation.accounts.models import Person
from waystation.store.fields import SealedChoice, SealedJson, SealedText
from waystation.store.models import SealedModel
from waystation.store.tiers import Tier

SMALLEST_PANEL = 3


class Age(StrEnum):
    """Whether somebody is under 18."""

    CHILD = "child"
    DISPUTED = "disputed"
    ADULT = "adult"


class Care(StrEnum):
    """With whom a child is."""

    ACCOMPANIED = "accompanied"
    """With a parent, or whoever cares for them by law or custom."""
    SEPARATED = "separated"
    """With other relatives, without those."""
    UNACCOMPANIED = "unaccompanied"
    """With no adult who is responsible for them."""
    UNKNOWN = "unknown"


class Parent(StrEnum):
    """What is known of a parent."""

    WITH_CHILD = "with_child"
    REACHED = "reached"
    ALIVE = "alive"
    """Alive, but not reached."""
    DEAD = "dead"
    UNSAFE = "unsafe"
    """The child is not safe with them, or must not be told of them."""
    UNKNOWN = "unknown"


class Grade(StrEnum):
    """How well something is known, the best first."""

    DOCUMENT = "document"
    SEVERAL = "several"
    """Several people who do not know of each other say so."""
    ONE = "single"
    """One person says so."""
    CHILD = "child"
    """The child says so."""
    ASSUMED = "assumed"


class ChildFacts(SealedModel):
    """What is known of a child's age, care and parents, on what evidence. A later row stands beside it, never in its place."""

    traveller_id = models.UUIDField()
    by = models.UUIDField()
    at = models.DateTimeField()
    age = SealedChoice(tier=Tier.WELFARE, choices=list(Age))
    care = SealedChoice(tier=Tier.WELFARE, choices=list(Care))
    care_evidence = SealedText(tier=Tier.WELFARE, max_length=10_000)
    care_grade = SealedChoice(tier=Tier.WELFARE, choices=list(Grade))
    mother = SealedChoice(tier=Tier.WELFARE, choices=list(Parent))
    father = SealedChoice(tier=Tier.WELFARE, choices=list(Parent))
    parents_evidence = SealedText(tier=Tier.WELFARE, max_length=10_000)
    parents_grade = SealedChoice(tier=Tier.WELFARE, choices=list(Grade))

    class Meta:
        """How it is looked up."""

        indexes = (models.Index(fields=("record", "traveller_id", "-at"), name="safeguarding_facts_newest"),)


class Qualification(SealedModel):
    """That somebody was trained to assess a child's best interests, until when; in the organisation's own record."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateTimeField()
    until = models.DateTimeField()
    by = models.UUIDField()
    at = models.DateTimeField()
    issuer = SealedText(tier=Tier.IDENTITY, max_length=300)

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.CheckConstraint(
                condition=Q(until__gt=F("valid_from")), name="safeguarding_qualification_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(by=F("person")), name="safeguarding_qualification_by_another"),
        )


class PaperKind(StrEnum):
    """What a paper is."""

    BIA = "bia"
    """Best interests assessment, by one trained person."""
    BID = "bid"
    """Best interests determination, by a panel."""
    OVERRIDE = "override"
    """Going on although something blocks, by two people with a reason."""


class Recommendation(StrEnum):
    """What an assessment or a determination ends with."""

    GO = "go"
    """The journey is in the child's best interests."""
    STAY = "stay"
    OTHER = "another_way"
    """Another way: to somebody else, somewhere else, later."""


class Paper(SealedModel):
    """An assessment, a determination or an override as one person wrote it. It counts once another person has decided on it."""

    traveller_id = models.UUIDField()
    kind = models.CharField(max_length=8, choices=[(word.value, word.value) for word in PaperKind])
    by = models.UUIDField()
    at = models.DateTimeField()
    panel_size = models.PositiveSmallIntegerField(null=True)
    recommendation = SealedChoice(tier=Tier.WELFARE, choices=list(Recommendation))
    members = SealedJson(tier=Tier.WELFARE)
    """Of a determination: a list of ``{"name", "role"}``."""
    covers = SealedJson(tier=Tier.WELFARE)
    """Of an override: the requirements that it passes over."""
    words = SealedText(tier=Tier.WELFARE, max_length=50_000)

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[word.value for word in PaperKind]), name="safeguarding_paper_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=PaperKind.BID.value, panel_size__isnull=False, panel_size__gte=SMALLEST_PANEL)
                | (~Q(kind=PaperKind.BID.value) & Q(panel_size=None)),
                name="safeguarding_panel_of_three",
            ),
        )
        indexes = (models.Index(fields=("record", "traveller_id", "-at"), name="safeguarding_paper_newest"),)


class Verdict(StrEnum):
    """What a second person decides on a paper."""

    AGREED = "agreed"
    SENT_BACK = "sent_back"


class PaperDecision(SealedModel):
    """A second person's decision on a paper: one for each, never by who wrote it."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="decision")
    written_by = models.UUIDField()
    """Who wrote the paper, so that the database itself can tell them apart."""
    by = models.UUIDField()
    at = models.DateTimeField()
    verdict = SealedChoice(tier=Tier.WELFARE, choices=list(Verdict))
    why = SealedText(tier=Tier.WELFARE, max_length=10_000)

    class Meta:
        """What the database itself keeps to."""

        constraints = (
            models.CheckConstraint(condition=~Q(by=F("written_by")), name="safeguarding_paper_by_two_people"),
        )
