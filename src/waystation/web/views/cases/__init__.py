"""The pages of cases: their addresses, and what Ctrl-K and the home page offer."""

from django.urls import path

from waystation.store.tiers import Tier
from waystation.web.commands import Command
from waystation.web.views.cases.edit import edit
from waystation.web.views.cases.ending import hold, mark, release, reopen, shred, unmark
from waystation.web.views.cases.files import attach, download
from waystation.web.views.cases.listing import cases_list, narrow_to_region, reading, show_names
from waystation.web.views.cases.many import change_chosen, stop, undo, work
from waystation.web.views.cases.new import new_case
from waystation.web.views.cases.page import case_page, reveal
from waystation.web.views.cases.saved import drop_view, save_view

_CASE = "cases/<uuid:case_id>"

urlpatterns = [
    path("cases", cases_list, name="cases.list"),
    path("cases/reading", reading, name="cases.reading"),
    path("cases/many", change_chosen, name="cases.many"),
    path("cases/many/undo", undo, name="cases.many.undo"),
    path("cases/many/<uuid:job_id>", work, name="cases.many.work"),
    path("cases/many/<uuid:job_id>/stop", stop, name="cases.many.stop"),
    path("cases/views", save_view, name="cases.views.save"),
    path("cases/views/<uuid:view_id>/drop", drop_view, name="cases.views.drop"),
    path("cases/region", narrow_to_region, name="cases.region"),
    path("cases/names", show_names, name="cases.names"),
    path("cases/new", new_case, name="cases.new"),
    path(_CASE, case_page, name="cases.page"),
    *(path(f"{_CASE}/{tier}", edit, {"tier": tier}, name=f"cases.edit.{tier}") for tier in Tier),
    *(
        path(f"{_CASE}/{tier}/open", reveal, {"tier": tier}, name=f"cases.reveal.{tier}")
        for tier in (Tier.IDENTITY, Tier.EVIDENCE)
    ),
    path(f"{_CASE}/files/new", attach, name="cases.attach"),
    path(f"{_CASE}/files/<uuid:file_id>", download, name="cases.file"),
    path(f"{_CASE}/files/<uuid:file_id>/named", download, {"own_name": True}, name="cases.file.named"),
    path(f"{_CASE}/reopen", reopen, name="cases.reopen"),
    path(f"{_CASE}/hold", hold, name="cases.hold"),
    path(f"{_CASE}/release", release, name="cases.release"),
    path(f"{_CASE}/shred", shred, name="cases.shred"),
    path(f"{_CASE}/mark", mark, name="cases.mark"),
    path(f"{_CASE}/unmark", unmark, name="cases.unmark"),
]
COMMANDS = [
    Command("cases.title", "cases.list", key="g c"),
    Command("cases.new", "cases.new", key="c n"),
]
