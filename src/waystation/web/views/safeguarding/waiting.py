"""What waits for somebody: papers to decide on, complaints past their day, things to put right in our own houses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from waystation.accounts.models import Person
from waystation.cases.glance import Glance
from waystation.cases.models import Case
from waystation.safeguarding.models import Paper
from waystation.safeguarding.queries import checks, follow_ups_due, held_complaints, overdue, waiting_papers
from waystation.store.keyring import Keyring
from waystation.web.tiles import Tile
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, names_of
from waystation.web.wording import say


@require_safe
@answering_refusals
def waiting(request: AskedRequest) -> HttpResponse:
    """List the papers on which the reader may decide."""
    papers = _papers(request.person, request.keyring)
    codes = dict(Case.objects.filter(pk__in={each.record_id for each in papers}).values_list("pk", "code"))
    names, now = names_of(request, {each.by for each in papers}), timezone.now()
    lines = [
        {
            "address": reverse("safeguarding.paper", args=[each.record_id, each.pk]),
            "code": codes.get(each.record_id, ""),
            "kind": say(f"safeguarding.paper.{each.kind}"),
            "who": names.get(each.by) or say("cases.somebody"),
            "days": (now - each.at).days,
        }
        for each in papers
    ]
    return render(request, "web/safeguarding/waiting.html", {"lines": lines})


def procedure_tiles(request: HttpRequest) -> list[Tile]:
    """Count the papers that wait for the reader's decision."""
    found = _papers(request.person, request.keyring)  # type: ignore[attr-defined] # tiles are asked of who has unlocked
    if not found:
        return []
    note = say("safeguarding.tile.papers.note")
    return [Tile(say("safeguarding.tile.papers"), len(found), reverse("safeguarding.waiting"), "warning", note)]


def complaint_tiles(request: HttpRequest) -> list[Tile]:
    """Count the complaints past their day, or else those that are open, of those the reader holds."""
    found = [each for each in held_complaints(request.keyring) if each.closed_at is None]  # type: ignore[attr-defined] # likewise
    if not found:
        return []
    now, address = timezone.now(), reverse("safeguarding.complaints")
    late = [each for each in found if overdue(each, now)]
    if late:
        return [
            Tile(say("safeguarding.tile.overdue"), len(late), address, "danger", say("safeguarding.tile.overdue.note"))
        ]
    return [Tile(say("safeguarding.tile.complaints"), len(found), address)]


def check_tiles(_request: HttpRequest) -> list[Tile]:
    """Count what was to be put right by now, and the houses that should have been looked at again."""
    now = timezone.now()
    late, again = follow_ups_due(now).count(), checks().filter(next_by__lt=now).count()
    tiles = []
    if late:
        tiles.append(Tile(say("safeguarding.tile.follow_ups"), late, reverse("safeguarding.checks"), "danger"))
    if again:
        tiles.append(Tile(say("safeguarding.tile.look_again"), again, reverse("safeguarding.checks"), "warning"))
    return tiles


def _papers(person: Person, keyring: Keyring) -> list[Paper]:
    """Return the papers on which somebody may decide; keys are looked up for all of them at once."""
    records = {paper.record_id: paper.record for paper in Paper.objects.filter(decision=None).select_related("record")}
    return waiting_papers(person, Glance(keyring, records.values())) if records else []
