"""The log: what was done, by whom and when; and, for its readers, to what."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from waystation.accounts.alerts import mark_seen, open_alerts
from waystation.accounts.models import Person
from waystation.accounts.permissions import Action
from waystation.accounts.queries import colleagues, may_read_log, signers
from waystation.audit.kinds import KINDS, shown_kind
from waystation.audit.models import Entry, Head
from waystation.audit.payload import Payload
from waystation.audit.queries import entries, read
from waystation.audit.services import append
from waystation.audit.verify import Fault, verify
from waystation.vault import RECOVERY
from waystation.web.commands import Command
from waystation.web.log_words import facts_of
from waystation.web.notices import notify
from waystation.web.tiles import Tile, TileSource
from waystation.web.views.people.seated import SeatedRequest, see_other
from waystation.web.wording import say, say_lazy

PER_PAGE = 50


class FilterForm(forms.Form):
    """Which entries: of one kind, of some days. Neither is a name, so both may stand in the address."""

    kind = forms.ChoiceField(label=say_lazy("log.kind"), required=False)
    since = forms.DateField(
        label=say_lazy("log.since"), required=False, widget=forms.DateInput(attrs={"placeholder": "2031-03-01"})
    )
    until = forms.DateField(
        label=say_lazy("log.until"), required=False, widget=forms.DateInput(attrs={"placeholder": "2031-03-31"})
    )

    def __init__(self, *args: object, reader: bool, **options: object) -> None:
        """Offer every kind to a reader, and to others those that do not give a trap away."""
        super().__init__(*args, **options)  # type: ignore[arg-type] # passed on as they came
        offered = [kind.name for kind in KINDS if reader or not kind.shown_as]
        kinds = sorted(((name, say(f"log.kind.{name}")) for name in offered), key=lambda pair: pair[1])
        self.fields["kind"].choices = [("", say("log.kind.all")), *kinds]  # type: ignore[attr-defined] # a ChoiceField


@require_safe
def log(request: SeatedRequest) -> HttpResponse:
    """List entries, the newest first."""
    reader = may_read_log(request.person, request.keyring)
    form = FilterForm(request.GET or None, reader=reader)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = entries(
        kinds=_kinds(chosen.get("kind", ""), reader=reader),
        since=_start_of(chosen.get("since")),
        before=_start_of(chosen.get("until"), days=1),
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    payloads = _payloads(request, list(page)) if reader else {}
    names = _names(request)
    rows = [
        {
            "seq": entry.seq,
            "at": entry.at,
            "kind": say(f"log.kind.{entry.kind if reader else shown_kind(entry.kind)}"),
            "signer": names.get(entry.signer, say("log.signer.unknown")),
            "facts": facts_of(payloads.get(entry.seq), names) if reader else [],
        }
        for entry in page
    ]
    context = {"form": form, "rows": rows, "page": page, "reader": reader, "total": Head.objects.get(pk=1).seq}
    return render(request, "web/log/list.html", context, status=422 if form.errors else 200)


@require_POST
def check(request: SeatedRequest) -> HttpResponse:
    """Check the whole log, and show what was found."""
    head = Head.objects.get(pk=1)
    known = signers(request.keyring.root_public, request.keyring.recovery.sign_public)
    found = verify(
        Entry.objects.filter(seq__lte=head.seq).order_by("seq").iterator(),
        known,
        head=(head.seq, bytes(head.digest)),
    )
    append(keyring=request.keyring, kind="log.verified", at=now(), details={"count": head.seq, "faults": len(found)})
    context = {"faults": [(fault.where, fault_words(fault)) for fault in found], "total": head.seq}
    return render(request, "web/log/checked.html", context)


@require_safe
def alerts(request: SeatedRequest) -> HttpResponse:
    """List what should be looked at soon. Whoever caused it does not see it here."""
    names = _names(request)
    rows = [
        {
            "seq": entry.seq,
            "at": entry.at,
            "kind": say(f"log.kind.{entry.kind}"),
            "signer": names.get(entry.signer, say("log.signer.unknown")),
        }
        for entry in open_alerts(request.person)
    ]
    return render(request, "web/log/alerts.html", {"rows": rows})


@require_POST
def seen(request: SeatedRequest, seq: int) -> HttpResponse:
    """Note that somebody has looked at an alert."""
    if not open_alerts(request.person).filter(seq=seq).exists():
        raise Http404
    mark_seen(keyring=request.keyring, seq=seq, at=now())
    notify(request, say("log.alert.noted"))
    return see_other("log.alerts")


def fault_words(fault: Fault) -> str:
    """Return what a fault means, in the reader's language."""
    return say(f"log.fault.{fault.what}", where=fault.where)


def _kinds(chosen: str, *, reader: bool) -> tuple[str, ...]:
    """Return the kinds to look for: for others than readers also those that are listed under the chosen one."""
    if not chosen:
        return ()
    return (chosen,) if reader else tuple(kind.name for kind in KINDS if chosen in {kind.name, kind.shown_as})


def _start_of(day: date | None, days: int = 0) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=days) if day else None


def _payloads(request: SeatedRequest, rows: list[Entry]) -> dict[int, Payload | None]:
    append(keyring=request.keyring, kind="log.opened", at=now(), details={"count": len(rows)})
    return {line.seq: line.payload for line in read(request.keyring, rows)}


def _names(request: SeatedRequest) -> dict[UUID, str]:
    names = colleagues(request.keyring, Person.objects.select_related("record"))
    return {**names, RECOVERY: say("log.signer.recovery")}


def _tiles(request: HttpRequest) -> list[Tile]:
    count = open_alerts(request.person).count()  # type: ignore[attr-defined] # tiles are counted for whoever has unlocked
    return [Tile(say("log.alerts"), count, reverse("log.alerts"), "danger")] if count else []


urlpatterns = [
    path("log", log, name="log.list"),
    path("log/check", check, name="log.verify"),
    path("log/alerts", alerts, name="log.alerts"),
    path("log/alerts/<int:seq>/seen", seen, name="log.alerts.seen"),
]
COMMANDS = [
    Command("log.title", "log.list", key="g l"),
    Command("log.alerts", "log.alerts", key="g a"),
    Command("log.verify", "log.verify", post=True),
]
TILES = [TileSource(_tiles, action=Action.ALERT_SEE)]
