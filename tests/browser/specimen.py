"""One page with every part of the frame on it, in every state that the parts have."""

from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from waystation.web.notices import notify
from waystation.web.tables import Column, sorted_columns
from waystation.web.tiles import Tile
from waystation.web.urls import urlpatterns as real

PAGE = (Path(__file__).parent / "templates" / "specimen.html").read_text(encoding="utf-8")


class Everything(forms.Form):
    code = forms.CharField(label="Code", help_text="Two words, as on the telephone.")
    party = forms.IntegerField(label="Party", widget=forms.TextInput({"unit": "people"}))
    place = forms.ChoiceField(label="Place", choices=[("a", "By the river"), ("b", "On the hill")])
    note = forms.CharField(label="Note", widget=forms.Textarea({"rows": 3}), required=False)
    way = forms.ChoiceField(label="Way", choices=[("a", "On foot"), ("b", "By car")], widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        label="Needs",
        choices=[("m", "Medicine"), ("c", "A chair")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="They agree to this being kept")
    paper = forms.FileField(label="Paper", required=False)


def specimen(request: HttpRequest) -> HttpResponse:
    notify(request, "Access given.", undo_url="/undo")
    notify(request, "The last drill failed.", level=messages.ERROR)
    rows = [(f"quiet-{number}", f"이름 {number}", number * 1111) for number in range(1, 9)]
    context = {
        "steps": [("Asked", "done"), ("Screened", "now"), ("Decided", "blocked"), ("Planned", "later")],
        "tiles": [
            Tile("keys owed", 3, "#a", "danger", "since yesterday"),
            Tile("second signatures", 1, "#b", "warning"),
            Tile("waiting for me", 12, "#c"),
            Tile("last good drill", "3 days ago", "#d", "good"),
        ],
        "facts": [("Name", "김하늘"), ("Whereabouts", None), ("Party", ""), ("Note", "One line.\nAnother line.")],
        "columns": sorted_columns(
            request,
            [Column("code", "Code"), Column("name", "Name", sortable=False), Column("n", "Days", numeric=True)],
            "code",
        ),
        "page": Paginator(rows, 3).get_page(2),
        "form": Everything({"code": "", "party": "x", "place": "b", "needs": ["m"]}),
    }
    template = engines["django"].from_string(PAGE)
    context |= {"four": ["danger", "warning", "success", "info"], "five": ["danger", "warning", "success", "secondary"]}
    return HttpResponse(template.render(context, request))


urlpatterns = [*real, path("specimen", specimen, name="specimen")]
