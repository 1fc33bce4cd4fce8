"""Imports and exports: what comes to the desk in files, and what leaves it."""

from django.urls import path

from waystation.web.commands import Command
from waystation.web.views.exchange import exports, imports, progress

urlpatterns = [
    path("imports", imports.imports_page, name="exchange.imports"),
    path("imports/look/<uuid:stage_id>", imports.look, name="exchange.look"),
    path("imports/look/<uuid:stage_id>/choose", imports.choose, name="exchange.choose"),
    path("imports/look/<uuid:stage_id>/take-in", imports.take_in, name="exchange.take_in"),
    path("imports/<uuid:import_id>/undo", imports.undo, name="exchange.undo"),
    path("exports", exports.exports_page, name="exchange.exports"),
    path("exports/new", exports.export, name="exchange.export"),
    path("exports/<uuid:export_id>/file", exports.download, name="exchange.export.file"),
    path("exports/<uuid:export_id>/remove", exports.remove, name="exchange.export.remove"),
    path("exchange/work/<uuid:job_id>", progress.job, name="exchange.job"),
    path("exchange/work/<uuid:job_id>/stop", progress.stop, name="exchange.job.stop"),
]
COMMANDS = [
    Command("exchange.imports.title", "exchange.imports", key="g i"),
    Command("exchange.exports.title", "exchange.exports", key="g x"),
]
