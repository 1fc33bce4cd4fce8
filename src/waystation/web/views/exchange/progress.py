from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from waystation.accounts.errors import SecondPersonNeededError
from waystation.continuity.jobs import Job, State
from waystation.exchange.errors import CountsDifferError
from waystation.exchange.forms.taking_in import Taken
from waystation.exchange.importing.apply import Applied
from waystation.exchange.importing.preview import Preview
from waystation.exchange.importing.undo import Undone
from waystation.exchange.models import Export
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, see_other
from waystation.web.views.exchange.staged import WORK
from waystation.web.views.exchange.words import said_faults
from waystation.web.wording import say

BACK = {
    "preview": "exchange.imports",
    "import": "exchange.imports",
    "undo": "exchange.imports",
    "export": "exchange.exports",
    "submissions": "intake.forms",
}


@require_safe
@answering_refusals
def job(request: AskedRequest, job_id: UUID) -> HttpResponseBase:
    """Show how far a piece of work is, or what came of it; a reload shows the same."""
    found = _found(request, job_id)
    running = found.state is State.RUNNING
    here = reverse("exchange.job", args=[job_id])
    if isinstance(found.error, SecondPersonNeededError):
        raise found.error
    context: dict[str, Any] = {
        "job": found,
        "heading": say(f"exchange.job.{found.kind}"),
        "running": running,
        "text": say(f"exchange.step.{found.step or 'begin'}"),
        "done": found.done,
        "total": found.total or 1,
        "poll": here if running else "",
        "stopping": found.asked_to_stop,
        "back": reverse(BACK[found.kind]),
    }
    if request.headers.get("HX-Request"):
        if running:
            return render(request, "web/parts/progress.html", context)
        answer = HttpResponse(status=200)
        answer["HX-Redirect"] = here
        return answer
    if not running and isinstance(found.result, tuple) and isinstance(found.result[1], Preview):
        return see_other("exchange.look", found.result[0])
    return render(request, "web/exchange/job.html", context | (_outcome(found) if not running else {}))


@require_POST
@answering_refusals
def stop(request: AskedRequest, job_id: UUID) -> HttpResponseBase:
    """Ask the work to stop at its next step."""
    WORK.stop(_found(request, job_id).id)
    return see_other("exchange.job", job_id)


def _found(request: AskedRequest, job_id: UUID) -> Job:
    found = WORK.find(job_id)
    if found is None or found.by != request.person.pk:
        raise Http404
    return found


def _outcome(found: Job) -> dict[str, Any]:
    if found.state is State.STOPPED:
        return {"good": False, "sentence": say("exchange.stopped")}
    if isinstance(found.error, CountsDifferError):
        numbers = {"rows": found.error.rows, "columns": found.error.columns}
        return {"good": False, "sentence": say("exchange.export.differ", **numbers)}
    if found.error is not None:
        return {"good": False, "sentence": say("exchange.failed")}
    result = found.result
    if isinstance(result, Applied):
        return _applied(result)
    if isinstance(result, Taken):
        sentence = say("intake.submissions.done", filed=result.filed, same=result.same, wrong=result.wrong)
        stopped = [say("intake.submissions.stopped")] if result.stopped else []
        return {
            "good": not result.stopped,
            "sentence": sentence,
            "findings": stopped,
            "faults": said_faults(result.faults),
        }
    if isinstance(result, Undone):
        stayed = [say("exchange.undo.stayed", count=len(result.stayed))] if result.stayed else []
        return {"good": True, "sentence": say("exchange.undone", count=result.taken_back), "findings": stayed}
    if isinstance(result, Export):
        file = reverse("exchange.export.file", args=[result.pk])
        return {"good": True, "sentence": say("exchange.export.made", count=result.rows), "file": file}
    return {"good": True, "sentence": say("exchange.done")}


def _applied(applied: Applied) -> dict[str, Any]:
    source = applied.source
    facts = [
        (say(f"exchange.count.{name}"), f"{getattr(source, name):,}")
        for name in ("created", "updated", "same", "left_out")
    ]
    rows = ", ".join(str(row) for row in applied.refused[:50])
    findings = [say("exchange.refused", count=len(applied.refused), rows=rows)] if applied.refused else []
    sentence = say("exchange.import.stopped" if source.stopped else "exchange.import.done")
    return {"good": not source.stopped, "sentence": sentence, "facts": facts, "findings": findings, "undo": source.pk}
