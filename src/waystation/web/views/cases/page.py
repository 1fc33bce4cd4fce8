"""One page for each case: who, what is next, what is missing and why it blocks, each part, and what was done to it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from waystation.accounts.permissions import Action, allowed_tiers, may, standing_tiers
from waystation.accounts.queries import colleagues, people_here, team_names
from waystation.accounts.services.honey import is_honey
from waystation.cases.glance import Glance
from waystation.cases.models import TIER_FIELDS, Case
from waystation.cases.openings import file_names
from waystation.cases.policies import refuse_shredded
from waystation.cases.queries import history, line
from waystation.cases.whole import open_whole
from waystation.store.keyring import Keyring
from waystation.store.tiers import Tier
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, case_of, names_of
from waystation.web.views.cases.shown import shown_value
from waystation.web.views.desk.elsewhere import elsewhere, read_kept
from waystation.web.views.desk.page_parts import parts, people_in
from waystation.web.views.desk.timeline import timeline
from waystation.web.views.duplicates.merges import merges_of
from waystation.web.wording import say

ASKED_FOR = frozenset({Tier.IDENTITY, Tier.EVIDENCE})
"""Parts that the page opens only when asked: who it is, and what they said."""

LONG = frozenset({"whereabouts", "note", "testimony"})
"""Fields that take the whole width."""


@dataclass
class Section:
    """A part of the page: open with its facts, closed until asked for, or sealed to this reader."""

    tier: Tier
    state: str
    title: str
    about_opening: str = ""
    open_text: str = ""
    facts: list[tuple[str, str, bool]] = field(default_factory=list, repr=False)
    files: list[tuple[Any, str, str]] = field(default_factory=list, repr=False)
    holders: list[str] = field(default_factory=list, repr=False)
    edit_address: str = ""
    reveal_address: str = ""


RECENT = 60
"""Lines of what happened that a case's page shows, unless it is asked for all of them."""


@require_safe
@answering_refusals
def case_page(request: AskedRequest, case_id: Any) -> HttpResponseBase:
    """Show a case: where they are and how they fare; who they are stays closed until asked for."""
    return _show(request, case_of(case_id), frozenset())


@require_POST
@answering_refusals
def reveal(request: AskedRequest, case_id: Any, tier: Tier) -> HttpResponseBase:
    """Show a case with one part opened that is closed otherwise; the log says so."""
    return _show(request, case_of(case_id), frozenset({tier}))


def _show(request: AskedRequest, case: Case, revealed: frozenset[Tier]) -> HttpResponseBase:
    refuse_shredded(case)
    now = timezone.now()
    glance = Glance(request.reading, [case.record])
    held = allowed_tiers(request.person, Action.CASE_OPEN, case.record, glance) & glance.tiers_of(case.record)
    opened = held - ASKED_FOR | held & revealed
    whole = open_whole(keyring=glance, case=case, tiers=opened, at=now)
    values = whole.values
    changeable = allowed_tiers(request.person, Action.CASE_CHANGE, case.record, glance)
    if case.closed_at is not None:
        changeable = frozenset()
    changes, about = history(case, held), line(case, request.person, now)
    kept = read_kept(case.record) if Tier.WELFARE in opened else None
    happened = elsewhere(whole, held, kept)
    people = {about.maker, *(change.by for change in changes), *(each.by for each in happened), *people_in(whole)}
    names = names_of(request, people)
    about_desk = parts(request, whole, glance, names, kept, now)
    papers = about_desk.get("papers", {})
    files = file_names(keyring=glance, case=case, tiers=opened)
    sections = [_section(case, tier, held, opened, changeable & held, values) for tier in Tier]
    office = _by_office(request.reading, case, set(Tier) - held)
    for section in sections:
        section.files = [(file, name, papers.get(file.pk, "")) for file, name in files.get(section.tier, ())]
        section.holders = office.get(section.tier, [])
    moments = timeline(whole, changes, happened, names)
    context = {
        "case": case,
        "line": about,
        "maker": names.get(about.maker, ""),
        "team": team_names(request.reading).get(case.team_id, "") if case.team_id else "",
        "sections": sections,
        "merges": merges_of(glance, case),
        "moments": moments if "all" in request.GET else moments[:RECENT],
        "happened": len(moments),
        **about_desk,
        **_abilities(request, case, glance, changeable & held),
    }
    return render(request, "web/cases/page.html", context)


def _section(
    case: Case,
    tier: Tier,
    held: frozenset[Tier],
    opened: frozenset[Tier],
    changeable: frozenset[Tier],
    values: Mapping[str, Any],
) -> Section:
    title = say(f"cases.tier.{tier}")
    if tier not in held:
        return Section(tier, "sealed", title)
    if tier not in opened:
        address = reverse(f"cases.reveal.{tier}", args=[case.pk])
        return Section(
            tier,
            "closed",
            title,
            say(f"cases.closed_part.{tier}"),
            say(f"cases.open_part.{tier}"),
            reveal_address=address,
        )
    facts = [
        (say(f"cases.field.{name}"), shown_value(name, values.get(name)), name in LONG) for name in TIER_FIELDS[tier]
    ]
    edit = reverse(f"cases.edit.{tier}", args=[case.pk]) if tier in changeable else ""
    return Section(tier, "open", title, facts=facts, edit_address=edit)


def _by_office(keyring: Keyring, case: Case, tiers: Collection[Tier]) -> dict[Tier, list[str]]:
    """Return the names of those who may open each tier by their office; members one by one only holders can tell."""
    people = list(people_here()) if tiers else []
    by_person = {person.pk: standing_tiers(person, case.record) for person in people}
    names = colleagues(keyring, [person for person in people if by_person[person.pk] & set(tiers)])
    return {tier: sorted(name for pk, name in names.items() if name and tier in by_person[pk]) for tier in tiers}


def _abilities(request: AskedRequest, case: Case, glance: Keyring, changeable: frozenset[Tier]) -> dict[str, Any]:
    """Return what the page offers to do, by what the reader may do with this case."""

    def able(action: Action) -> bool:
        return may(request.person, action, case.record, glance)

    may_mark = able(Action.HONEY_MARK)
    return {
        "may_attach": bool(changeable),
        "may_close": able(Action.CASE_CLOSE),
        "may_hold": able(Action.RECORD_HOLD),
        "may_release": able(Action.RECORD_RELEASE),
        "may_shred": able(Action.RECORD_SHRED),
        "may_mark": may_mark,
        "marked": may_mark and is_honey(glance, case.record),
    }
