from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from waystation.continuity.backup import Made
from waystation.continuity.bundle_in import Received
from waystation.continuity.bundle_out import Sent
from waystation.continuity.drill import Drilled
from waystation.continuity.errors import NotWholeError
from waystation.continuity.jobs import Job, State
from waystation.kernel import RuleRefusedError
from waystation.web.views.continuity.backups import found_words, size_words
from waystation.web.views.continuity.seat import JOBS, Seated, see_other
from waystation.web.wording import say


@require_safe
def job(request: Seated, job_id: UUID) -> HttpResponse:
    """Show how far a piece of long work is, or what came of it; a reload shows the same."""
    found = _found(request, job_id)
    running = found.state is State.RUNNING
    context: dict[str, Any] = {
        "job": found,
        "heading": say(f"continuity.job.{found.kind}"),
        "running": running,
        "text": say(f"continuity.step.{found.step or 'begin'}"),
        "done": found.done,
        "total": found.total or 1,
        "poll": reverse("continuity.job", args=[job_id]) if running else "",
        "stopping": found.asked_to_stop,
    }
    if request.headers.get("HX-Request"):
        if running:
            return render(request, "web/parts/progress.html", context)
        response = HttpResponse(status=200)
        response["HX-Redirect"] = reverse("continuity.job", args=[job_id])
        return response
    if not running:
        context |= _outcome(found)
    return render(request, "web/continuity/job.html", context)


@require_POST
def stop(request: Seated, job_id: UUID) -> HttpResponse:
    """Ask the work to stop at its next step."""
    found = _found(request, job_id)
    JOBS.stop(found.id)
    return see_other("continuity.job", job_id)


def _found(request: Seated, job_id: UUID) -> Job:
    found = JOBS.find(job_id)
    if found is None or found.by != request.person.pk:
        raise Http404
    return found


def _outcome(found: Job) -> dict[str, Any]:
    """Return what came of it: a sentence, whether it is good, and facts or findings."""
    if found.state is State.STOPPED:
        return {"good": False, "sentence": say("continuity.stopped")}
    if found.error is not None:
        return {"good": False, "sentence": _failure(found.error)}
    if isinstance(found.result, Made):
        return _made(found.result)
    if isinstance(found.result, Drilled):
        return _drilled(found.result)
    if isinstance(found.result, Sent):
        return _sent(found.result)
    if isinstance(found.result, Received):
        return _received(found.result)
    return {"good": True, "sentence": say("continuity.done")}


def _failure(error: Exception) -> str:
    if isinstance(error, NotWholeError):
        return say(f"continuity.fault.{error.fault}")
    if isinstance(error, RuleRefusedError):
        return say("continuity.failed.busy")
    return say("continuity.failed.disk" if isinstance(error, OSError) else "continuity.failed")


def _made(made: Made) -> dict[str, Any]:
    facts = [
        (say("continuity.fact.rows"), f"{made.rows:,}"),
        (say("continuity.fact.files"), f"{made.files:,}"),
        (say("continuity.fact.size"), size_words(made.shelved.size)),
        (say("continuity.fact.store"), made.shelved.store.name),
        (say("continuity.fact.removed"), f"{len(made.removed):,}"),
    ]
    findings = [say("continuity.finding.missing_files", number=len(made.missing))] if made.missing else []
    return {"good": True, "sentence": say("continuity.made"), "facts": facts, "findings": findings}


def _drilled(drilled: Drilled) -> dict[str, Any]:
    if not drilled.stamp:
        return {"good": False, "sentence": say("continuity.drilled.none")}
    facts = [
        (say("continuity.fact.rows"), f"{sum(drilled.counts.values()):,}"),
        (say("continuity.fact.tables"), f"{len(drilled.counts):,}"),
        (say("continuity.fact.entries"), f"{drilled.entries:,}"),
        (say("continuity.fact.opened"), f"{drilled.opened:,}"),
        (say("continuity.fact.files"), f"{drilled.files:,}"),
    ]
    findings = [found_words(code, detail) for code, detail in drilled.findings]
    sentence = say("continuity.drilled.good" if drilled.ok else "continuity.drilled.bad")
    return {"good": drilled.ok, "sentence": sentence, "facts": facts, "findings": findings}


def _sent(sent: Sent) -> dict[str, Any]:
    facts = [
        (say("continuity.fact.sequence"), f"{sent.sequence:,}"),
        (say("continuity.fact.records"), f"{sent.records:,}"),
        (say("continuity.fact.files"), f"{sent.files:,}"),
    ]
    findings = [say("continuity.sent.left_out", count=sent.left_out)] if sent.left_out else []
    file = reverse("continuity.bundles.file", args=[UUID(hex=sent.path.stem)])
    return {"good": True, "sentence": say("continuity.sent"), "facts": facts, "findings": findings, "file": file}


def _received(received: Received) -> dict[str, Any]:
    facts = [
        (say("continuity.fact.sequence"), f"{received.sequence:,}"),
        (say("continuity.fact.records"), f"{len(received.records):,}"),
        (say("continuity.fact.files"), f"{received.files:,}"),
    ]
    return {"good": True, "sentence": say("continuity.received"), "facts": facts}
