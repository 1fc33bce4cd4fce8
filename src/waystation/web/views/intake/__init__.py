"""The organisation's own forms: bring one in, fill it in about a case, take in what was filled in elsewhere."""

from django.urls import path

from waystation.web.commands import Command
from waystation.web.views.intake import bringing, filling, forms, submissions

_CASE = "cases/<uuid:case_id>/forms"

urlpatterns = [
    path("forms", forms.forms_page, name="intake.forms"),
    path("forms/new", bringing.bring, name="intake.bring"),
    path("forms/new/<uuid:stage_id>", bringing.keep, name="intake.keep"),
    path("forms/<uuid:form_id>", forms.form_page, name="intake.form"),
    path("forms/<uuid:form_id>/retire", forms.retire_form, name="intake.retire"),
    path("forms/<uuid:form_id>/restore", forms.retire_form, {"back": True}, name="intake.restore"),
    path("forms/<uuid:form_id>/submissions", submissions.submissions, name="intake.submissions"),
    path(_CASE, filling.case_forms, name="intake.case"),
    path(f"{_CASE}/begin", filling.begin, name="intake.begin"),
    path(f"{_CASE}/<uuid:submission_id>", filling.fill_in, name="intake.fill"),
    path(f"{_CASE}/<uuid:submission_id>/discard", filling.discard, name="intake.discard"),
]
COMMANDS = [Command("intake.forms.title", "intake.forms", key="g f"), Command("intake.bring.title", "intake.bring")]
