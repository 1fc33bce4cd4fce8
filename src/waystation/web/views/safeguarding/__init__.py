"""The pages of safeguarding: a case's procedures, what waits, complaints, looks at our own houses, who is trained."""

from django.urls import path

from waystation.accounts.permissions import Action
from waystation.web.commands import Command
from waystation.web.tiles import TileSource
from waystation.web.views.safeguarding.checks import check_page, checks, finish, new_check
from waystation.web.views.safeguarding.complaints import (
    acknowledge,
    answer,
    complaint_page,
    complaints,
    hand_over,
    new_complaint,
    note,
)
from waystation.web.views.safeguarding.deciding import paper_page
from waystation.web.views.safeguarding.overview import case_safeguarding
from waystation.web.views.safeguarding.recording import assess, care, determine, override, screen, status
from waystation.web.views.safeguarding.training import add_training, training
from waystation.web.views.safeguarding.waiting import check_tiles, complaint_tiles, procedure_tiles, waiting

_OF_CASE = "cases/<uuid:case_id>/safeguarding"
_OF_ONE = f"{_OF_CASE}/<uuid:traveller_id>"

urlpatterns = [
    path(_OF_CASE, case_safeguarding, name="safeguarding.case"),
    path(f"{_OF_ONE}/screen", screen, name="safeguarding.screen"),
    path(f"{_OF_ONE}/status", status, name="safeguarding.status"),
    path(f"{_OF_ONE}/care", care, name="safeguarding.care"),
    path(f"{_OF_ONE}/assess", assess, name="safeguarding.assess"),
    path(f"{_OF_ONE}/determine", determine, name="safeguarding.determine"),
    path(f"{_OF_ONE}/override", override, name="safeguarding.override"),
    path(f"{_OF_CASE}/papers/<uuid:paper_id>", paper_page, name="safeguarding.paper"),
    path("safeguarding/waiting", waiting, name="safeguarding.waiting"),
    path("safeguarding/training", training, name="safeguarding.training"),
    path("safeguarding/training/add", add_training, name="safeguarding.training.add"),
    path("safeguarding/checks", checks, name="safeguarding.checks"),
    path("safeguarding/checks/new", new_check, name="safeguarding.checks.new"),
    path("safeguarding/checks/<uuid:check_id>", check_page, name="safeguarding.check"),
    path("safeguarding/checks/<uuid:check_id>/done/<uuid:follow_id>", finish, name="safeguarding.check.done"),
    path("complaints", complaints, name="safeguarding.complaints"),
    path("complaints/new", new_complaint, name="safeguarding.complaints.new"),
    path("complaints/<uuid:complaint_id>", complaint_page, name="safeguarding.complaint"),
    path("complaints/<uuid:complaint_id>/acknowledge", acknowledge, name="safeguarding.complaint.acknowledge"),
    path("complaints/<uuid:complaint_id>/note", note, name="safeguarding.complaint.note"),
    path("complaints/<uuid:complaint_id>/answer", answer, name="safeguarding.complaint.answer"),
    path("complaints/<uuid:complaint_id>/hand-over", hand_over, name="safeguarding.complaint.hand_over"),
]
COMMANDS = [
    Command("safeguarding.waiting.title", "safeguarding.waiting", key="g w"),
    Command("safeguarding.complaints.title", "safeguarding.complaints", key="g q"),
    Command("safeguarding.complaints.new", "safeguarding.complaints.new"),
    Command("safeguarding.checks.title", "safeguarding.checks", key="g v"),
    Command("safeguarding.checks.new", "safeguarding.checks.new"),
    Command("safeguarding.training.title", "safeguarding.training"),
]
TILES = [
    TileSource(complaint_tiles, action=Action.COMPLAINT_OPEN),
    TileSource(procedure_tiles, action=Action.CHILD_OVERRIDE),
    TileSource(check_tiles, action=Action.CHECK_OPEN),
]
