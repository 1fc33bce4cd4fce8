"""The pages of cases: their addresses, and what Ctrl-K and the home page offer."""

from django.urls import path

from waystation.accounts.permissions import Action
from waystation.store.tiers import Tier
from waystation.web.commands import Command
from waystation.web.tiles import TileSource
from waystation.web.views.cases.edit import edit
from waystation.web.views.cases.ending import hold, mark, release, reopen, shred, unmark
from waystation.web.views.cases.files import attach, download
from waystation.web.views.cases.listing import cases_list, choose_filter, show_names, tiles
from waystation.web.views.cases.new import new_case
from waystation.web.views.cases.page import case_page, reveal

_CASE = "cases/<uuid:case_id>"

urlpatterns = [
    path("cases", cases_list, name="cases.list"),
    path("cases/filter", choose_filter, name="cases.filter"),
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
TILES = [TileSource(tiles, action=Action.CASE_LIST)]
