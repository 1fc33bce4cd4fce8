from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from waystation.accounts.permissions import Action
from waystation.continuity.backup import due, make_backup
from waystation.continuity.drill import drill, is_overdue, last_drills, last_good_drill
from waystation.continuity.keep import DUE_AFTER, KEPT, KEYRING_DAYS
from waystation.continuity.models import Drill
from waystation.continuity.shelf import shelved
from waystation.web.permitted import permitted
from waystation.web.views.continuity.seat import JOBS, Seated, here_of, see_other
from waystation.web.wording import say

SHOWN = 30
_MIB = 1 << 20


@require_safe
def home(request: Seated) -> HttpResponse:
    """Show what there is to go back to, how old it is, and what is kept."""
    here, at = here_of(request), now()
    backups = shelved(here.backups)
    good = last_good_drill()
    rows = [
        {
            "made_at": each.made_at,
            "size": size_words(each.size),
            "keys": each.keyring is not None,
            "name": each.store.name,
        }
        for each in backups[:SHOWN]
    ]
    facts = [
        (say("continuity.last"), _when(backups[0].made_at) if backups else say("continuity.never")),
        (say("continuity.last_drill"), _when(good.at) if good else say("continuity.never")),
        (say("continuity.schedule"), say("continuity.schedule.words", hours=int(DUE_AFTER.total_seconds() // 3600))),
        (say("continuity.folder"), str(here.backups)),
    ]
    context = {
        "facts": facts,
        "backups": rows,
        "kept": [say(f"continuity.keep.{rule.key}", count=rule.count) for rule in KEPT],
        "kept_keys": say("continuity.keep.keys", days=KEYRING_DAYS.days),
        "is_due": due(here, at),
        "is_overdue": is_overdue(good, at),
        "may_back_up": permitted(request.person, Action.BACKUP_MAKE),
        "may_drill": permitted(request.person, Action.DRILL_RUN),
        "may_send": permitted(request.person, Action.BUNDLE_SEND),
        "may_receive": permitted(request.person, Action.BUNDLE_RECEIVE),
        "may_return": permitted(request.person, Action.TRAVEL_RETURN),
    }
    return render(request, "web/continuity/home.html", context)


@require_POST
def back_up(request: Seated) -> HttpResponse:
    """Begin a backup, and show how far it is."""
    here, at = here_of(request), now()
    job = JOBS.start("backup", request.person.pk, lambda steps: make_backup(here=here, at=at, steps=steps))
    return see_other("continuity.job", job.id)


@require_POST
def run_drill(request: Seated) -> HttpResponse:
    """Begin a drill, and show how far it is."""
    here, at = here_of(request), now()
    job = JOBS.start("drill", request.person.pk, lambda steps: drill(here=here, at=at, steps=steps))
    return see_other("continuity.job", job.id)


@require_safe
def drills(request: Seated) -> HttpResponse:
    """List the drills."""
    rows = [
        {"at": each.at, "ok": each.ok, "rows": sum(each.counts.values()), "words": finding_words(each)}
        for each in last_drills(SHOWN)
    ]
    return render(request, "web/continuity/drills.html", {"drills": rows})


def finding_words(row: Drill) -> list[str]:
    """Return what a drill found, in the reader's language."""
    return [found_words(str(code), detail) for code, detail in row.words]


def found_words(code: str, detail: object) -> str:
    """Return one finding in the reader's language."""
    if code == "not_whole":
        return say(f"continuity.fault.{detail}")
    return say(f"continuity.finding.{code}", number=detail)


def size_words(size: int) -> str:
    """Return a size in the unit people know."""
    return f"{size / _MIB:,.1f} MiB"


def _when(at: object) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
