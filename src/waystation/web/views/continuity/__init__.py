"""Backups, drills, offices, bundles and travel."""

from django.urls import path

from waystation.web.commands import Command
from waystation.web.tiles import TileSource
from waystation.web.views.continuity import backups, bundles, offices, progress, tile, travel

urlpatterns = [
    path("continuity", backups.home, name="continuity.home"),
    path("continuity/backup", backups.back_up, name="continuity.backup"),
    path("continuity/drill", backups.run_drill, name="continuity.drill"),
    path("continuity/drills", backups.drills, name="continuity.drills"),
    path("continuity/work/<uuid:job_id>", progress.job, name="continuity.job"),
    path("continuity/work/<uuid:job_id>/stop", progress.stop, name="continuity.job.stop"),
    path("continuity/offices", offices.offices_page, name="continuity.offices"),
    path("continuity/offices/add", offices.add, name="continuity.offices.add"),
    path("continuity/offices/<uuid:office_id>/confirm", offices.confirm, name="continuity.offices.confirm"),
    path("continuity/offices/<uuid:office_id>/remove", offices.remove, name="continuity.offices.remove"),
    path("continuity/bundles/send", bundles.send, name="continuity.bundles.send"),
    path("continuity/bundles/<uuid:bundle_id>/file", bundles.download, name="continuity.bundles.file"),
    path("continuity/bundles/receive", bundles.receive, name="continuity.bundles.receive"),
    path("continuity/travel", travel.travel, name="continuity.travel"),
    path("continuity/travel/parcel", travel.make, name="continuity.travel.make"),
    path("continuity/travel/parcel/<uuid:parcel_id>/file", travel.download, name="continuity.travel.file"),
    path("continuity/travel/leave/<uuid:parcel_id>", travel.leave, name="continuity.travel.leave"),
    path("continuity/travel/give-back", travel.give, name="continuity.travel.give"),
]
COMMANDS = [
    Command("continuity.title", "continuity.home", key="g b"),
    Command("continuity.drills.title", "continuity.drills"),
    Command("continuity.offices.title", "continuity.offices"),
    Command("continuity.send.title", "continuity.bundles.send"),
    Command("continuity.receive.title", "continuity.bundles.receive"),
    Command("continuity.travel.title", "continuity.travel"),
]
TILES = [TileSource(tile.tiles)]
