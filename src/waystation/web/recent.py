"""Which cases a person had open: their ids, newest first, in the session, which lives in this process's memory alone."""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from waystation.cases.index.index import index_of

KEPT = "cases.recent"
PAGE = "cases.page"
MOST = 8


def note_visit(request: HttpRequest) -> None:
    """Remember the case whose page this request shows; a request for anything else changes nothing."""
    match = request.resolver_match
    if match is None or match.url_name != PAGE or getattr(request, "person", None) is None:
        return
    case_id = str(match.kwargs["case_id"])
    known = request.session.get(KEPT, [])
    if known[:1] != [case_id]:
        request.session[KEPT] = [case_id, *(each for each in known if each != case_id)][:MOST]


def recent_cases(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the codes and addresses of the cases the reader had open and may still see, the last one first.

    What is asked is in memory: cases that the index has not read yet are left out.
    """
    keyring = getattr(request, "keyring", None)
    if keyring is None or not hasattr(request, "session"):
        return []
    known = request.session.get(KEPT, [])
    entries = [entry for each in known if (entry := index_of(keyring).get(UUID(each))) is not None and entry.tiers]
    return [(entry.code, reverse(PAGE, args=[entry.id])) for entry in entries]
