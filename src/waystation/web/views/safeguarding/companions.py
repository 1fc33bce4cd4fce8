"""The travellers of a case as these pages know them: an id, what they are called here, and what the case says of their age."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from waystation.accounts.openings import open_rows
from waystation.accounts.permissions import Action, allowed_tiers
from waystation.cases.models import Case, Traveller
from waystation.cases.steps.blocks import Companion as OnTheWay
from waystation.cases.steps.rooms import age_of
from waystation.cases.whole import Told
from waystation.safeguarding.models import Age
from waystation.safeguarding.picture import Traveller as Ruled
from waystation.store.tiers import Tier
from waystation.web.views.cases.asked import AskedRequest
from waystation.web.views.desk.labels import label
from waystation.web.wording import say


@dataclass(frozen=True)
class Companion:
    """One traveller. ``label`` is no name: pages about safeguarding are read over shoulders."""

    id: UUID
    label: str
    age: Age | None = None

    @property
    def traveller(self) -> Ruled:
        """The same, for the rules."""
        return Ruled(self.id, self.age)


def companions(request: AskedRequest, case: Case) -> list[Companion]:
    """Return the travellers of a case; whoever the case is about, while nobody is entered by themself.

    Each is called by a number and, where the reader may open it, an age band; the log says that those were opened.
    """
    rows = list(
        Traveller.objects.filter(record=case.record, gone_at=None).select_related("record").order_by("at", "pk")
    )
    if not rows:
        return [Companion(case.pk, say("safeguarding.the_person"))]
    held = allowed_tiers(request.person, Action.CASE_OPEN, case.record, request.keyring)
    opened: dict[UUID, dict[str, object]] = {}
    if Tier.WELFARE in held and request.keyring.may_open(case.record, Tier.WELFARE):
        asked = [(row, ("age_band",)) for row in rows]
        opened = open_rows(keyring=request.keyring, record=case.record, rows=asked, at=timezone.now())
    told = [Told(row, opened.get(row.pk, {})) for row in rows]
    return [Companion(each.row.pk, label(place, each), _age(each)) for place, each in enumerate(told, 1)]


def _age(told: Told[Traveller]) -> Age | None:
    return age_of(OnTheWay(told.row.pk, str(told["age_band"] or ""), is_child=False))


def companion(request: AskedRequest, case: Case, traveller_id: UUID) -> Companion:
    """Return one of them, or the page that says that nothing is there."""
    found = next((each for each in companions(request, case) if each.id == traveller_id), None)
    if found is None:
        raise Http404
    return found
