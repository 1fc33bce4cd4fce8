"""What happened to a case in other rooms (consent, safeguarding, merges, forms): that it was done, not what was said."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from waystation.cases.models import Case, PairAnswer, Traveller
from waystation.cases.whole import Whole
from waystation.consent.models import Consent, Withdrawn
from waystation.exchange.models import Submission
from waystation.safeguarding.models import ChildFacts, Paper, PaperDecision, Screen, StatusDecision
from waystation.store.tiers import Tier
from waystation.web.views.desk.labels import label
from waystation.web.wording import say


@dataclass(frozen=True)
class Happened:
    """One thing: when, by whom, in words, and the kind it can be filtered by."""

    at: datetime
    by: UUID
    what: str
    kind: str


def elsewhere(whole: Whole, held: Collection[Tier]) -> list[Happened]:
    """Return what other rooms did, for somebody who holds some tiers: of a filed form those of its part are told.

    The rest is told to those to whom the welfare part is open. Eight queries; of safeguarding and consent nothing is opened.
    """
    found = list(_forms(whole.case, held))
    if Tier.WELFARE in whole.opened:
        labels = {whole.case.pk: say("safeguarding.the_person")}
        labels |= {told.row.pk: label(place, told) for place, told in enumerate(whole.rows(Traveller), start=1)}
        found += [*_consents(whole.case, labels), *_safeguarding(whole.case, labels), *_merges(whole)]
    return found


def _forms(case: Case, held: Collection[Tier]) -> Iterator[Happened]:
    rows = Submission.objects.filter(record=case.record, filed_at__isnull=False).select_related("form")
    for row in rows.defer(*Submission.sealed_fields()):
        if row.filed_at is not None and row.form.tier in held:
            yield Happened(row.filed_at, row.by, say("desk.elsewhere.form", form=row.form.name), "form")


def _consents(case: Case, labels: dict[UUID, str]) -> Iterator[Happened]:
    said = {row.pk: row for row in Consent.objects.filter(record=case.record).defer(*Consent.sealed_fields())}
    for row in said.values():
        yield Happened(row.recorded_at, row.recorded_by, _consent(row, row.answer, labels), "consent")
    for taken in Withdrawn.objects.filter(record=case.record).defer(*Withdrawn.sealed_fields()):
        what = _consent(said[taken.consent_id], "withdrawn", labels)
        yield Happened(taken.recorded_at, taken.recorded_by, what, "consent")


def _consent(row: Consent, state: str, labels: dict[UUID, str]) -> str:
    person, purpose = _person(row.traveller_id, labels), say(f"consent.purpose.{row.purpose}")
    return say("desk.elsewhere.consent", person=person, purpose=purpose, state=say(f"consent.state.{state}"))


def _safeguarding(case: Case, labels: dict[UUID, str]) -> Iterator[Happened]:
    for kind, name in ((Screen, "screen"), (StatusDecision, "status"), (ChildFacts, "care")):
        for row in kind.objects.filter(record=case.record).defer(*kind.sealed_fields()):
            what = say(f"desk.elsewhere.{name}", person=_person(row.traveller_id, labels))
            yield Happened(row.at, row.by, what, "safeguarding")
    for paper in Paper.objects.filter(record=case.record).defer(*Paper.sealed_fields()):
        yield Happened(paper.at, paper.by, _paper("paper", paper, labels), "safeguarding")
    decided = PaperDecision.objects.filter(record=case.record).select_related("paper")
    for each in decided.defer(*PaperDecision.sealed_fields()):
        yield Happened(each.at, each.by, _paper("decided", each.paper, labels), "safeguarding")


def _paper(done: str, paper: Paper, labels: dict[UUID, str]) -> str:
    person, kind = _person(paper.traveller_id, labels), say(f"safeguarding.paper.{paper.kind}")
    return say(f"desk.elsewhere.{done}", person=person, paper=kind)


def _merges(whole: Whole) -> Iterator[Happened]:
    rows = [told for told in whole.rows(PairAnswer) if told["answer"]]
    others = {UUID(told["other"]) for told in rows}
    codes = dict(Case.objects.filter(pk__in=others).values_list("pk", "code"))
    for told in rows:
        code = codes.get(UUID(told["other"]), "")
        yield Happened(told.row.at, told.row.by, say(f"desk.elsewhere.pair.{told['answer']}", code=code), "merge")


def _person(traveller_id: UUID, labels: dict[UUID, str]) -> str:
    return labels.get(traveller_id, say("desk.elsewhere.taken_off"))
