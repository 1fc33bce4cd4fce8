"""What happened to a case in other rooms (consent, safeguarding, merges, forms): that it was done, not what was said."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from waystation.cases.models import Case, PairAnswer, Traveller
from waystation.cases.whole import Whole
from waystation.consent.models import Consent
from waystation.consent.queries import Said, said_in
from waystation.exchange.models import Submission
from waystation.safeguarding.models import Paper
from waystation.safeguarding.queries import Rows, rows_in
from waystation.store.models import Record
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


@dataclass(frozen=True)
class Kept:
    """What consent and safeguarding keep in one record, unopened.

    Attributes
    ----------
    rows
        What safeguarding keeps, by the traveller.
    """

    said: Said
    rows: Mapping[UUID, Rows]


def read_kept(record: Record) -> Kept:
    """Read what consent and safeguarding keep in a record: seven queries for all of its travellers."""
    return Kept(said_in(record), rows_in(record))


def elsewhere(whole: Whole, held: Collection[Tier], kept: Kept | None = None) -> list[Happened]:
    """Return what other rooms did, for somebody who holds some tiers: of a filed form those of its part are told.

    The rest, by what is ``kept``, is told to those to whom the welfare part is open; nothing of it is opened for this.
    """
    found = list(_forms(whole.case, held))
    if Tier.WELFARE in whole.opened and kept is not None:
        labels = {whole.case.pk: say("safeguarding.the_person")}
        labels |= {told.row.pk: label(place, told) for place, told in enumerate(whole.rows(Traveller), start=1)}
        found += [*_consents(kept.said, labels), *_safeguarding(kept.rows, labels), *_merges(whole)]
    return found


def _forms(case: Case, held: Collection[Tier]) -> Iterator[Happened]:
    rows = Submission.objects.filter(record=case.record, filed_at__isnull=False).select_related("form")
    for row in rows.defer(*Submission.sealed_fields()):
        if row.filed_at is not None and row.form.tier in held:
            yield Happened(row.filed_at, row.by, say("desk.elsewhere.form", form=row.form.name), "form")


def _consents(said: Said, labels: dict[UUID, str]) -> Iterator[Happened]:
    answers = {row.pk: row for row in said.answers}
    for row in said.answers:
        yield Happened(row.recorded_at, row.recorded_by, _consent(row, row.answer, labels), "consent")
    for taken in said.taken:
        what = _consent(answers[taken.consent_id], "withdrawn", labels)
        yield Happened(taken.recorded_at, taken.recorded_by, what, "consent")


def _consent(row: Consent, state: str, labels: dict[UUID, str]) -> str:
    person, purpose = _person(row.traveller_id, labels), say(f"consent.purpose.{row.purpose}")
    return say("desk.elsewhere.consent", person=person, purpose=purpose, state=say(f"consent.state.{state}"))


def _safeguarding(kept: Mapping[UUID, Rows], labels: dict[UUID, str]) -> Iterator[Happened]:
    for traveller_id, rows in kept.items():
        person = _person(traveller_id, labels)
        for name, noted in (("screen", rows.screens), ("status", rows.statuses), ("care", rows.facts)):
            for row in noted:
                yield Happened(row.at, row.by, say(f"desk.elsewhere.{name}", person=person), "safeguarding")
        for paper in rows.papers:
            yield Happened(paper.at, paper.by, _paper("paper", paper, person), "safeguarding")
        papers = {paper.pk: paper for paper in rows.papers}
        for each in rows.decisions:
            yield Happened(each.at, each.by, _paper("decided", papers[each.paper_id], person), "safeguarding")


def _paper(done: str, paper: Paper, person: str) -> str:
    return say(f"desk.elsewhere.{done}", person=person, paper=say(f"safeguarding.paper.{paper.kind}"))


def _merges(whole: Whole) -> Iterator[Happened]:
    rows = [told for told in whole.rows(PairAnswer) if told["answer"]]
    if not rows:
        return
    others = {UUID(told["other"]) for told in rows}
    codes = dict(Case.objects.filter(pk__in=others).values_list("pk", "code"))
    for told in rows:
        code = codes.get(UUID(told["other"]), "")
        yield Happened(told.row.at, told.row.by, say(f"desk.elsewhere.pair.{told['answer']}", code=code), "merge")


def _person(traveller_id: UUID, labels: dict[UUID, str]) -> str:
    return labels.get(traveller_id, say("desk.elsewhere.taken_off"))
