"""The pairs that look like one person's, by code: those to decide first."""

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from waystation.accounts.policies import require_confirmed_recovery
from waystation.cases.duplicates.answers import answers
from waystation.cases.duplicates.book import opened_book
from waystation.web.views.cases.asked import AskedRequest, answering_refusals
from waystation.web.views.duplicates.shown import listed


@require_safe
@answering_refusals
def pairs(request: AskedRequest) -> HttpResponseBase:
    """Show the pairs among what the reader may open. No name is shown here."""
    require_confirmed_recovery()
    book = opened_book(keyring=request.keyring, person=request.person, at=timezone.now())
    book.compare_waiting()
    lines = listed(book, answers(request.keyring, book.cases))
    context = {
        "lines": lines,
        "decided": sum(1 for line in lines if line.answer and line.answer.decided),
        "count": len(lines),
        "waiting": len(book.waiting),
    }
    return render(request, "web/duplicates/list.html", context)


ROUTES = [path("duplicates", pairs, name="duplicates.list")]
