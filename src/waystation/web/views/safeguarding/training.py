"""Who is trained to assess a child's best interests, and until when."""

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from waystation.accounts.models import Person
from waystation.accounts.permissions import Action, may
from waystation.accounts.queries import colleagues, people_here
from waystation.kernel import BadInputError
from waystation.safeguarding.errors import SafeguardRefusedError
from waystation.safeguarding.queries import qualifications
from waystation.safeguarding.services import record_qualification
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, names_of, see_other
from waystation.web.views.cases.forms import DATE_FORMATS
from waystation.web.views.consent.forms import end_of_day
from waystation.web.wording import say, say_lazy


class TrainingForm(forms.Form):
    """A certificate."""

    person = forms.ChoiceField(label=say_lazy("safeguarding.training.person"))
    issuer = forms.CharField(
        label=say_lazy("safeguarding.training.issuer"),
        help_text=say_lazy("safeguarding.training.issuer.hint"),
        max_length=300,
    )
    valid_from = forms.DateField(
        label=say_lazy("safeguarding.training.from"),
        help_text=say_lazy("safeguarding.day.hint"),
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"inputmode": "numeric"}),
    )
    until = forms.DateField(
        label=say_lazy("safeguarding.training.until"),
        help_text=say_lazy("safeguarding.day.hint"),
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"inputmode": "numeric"}),
    )

    def __init__(self, people: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        """Offer ``people``: ids and names."""
        super().__init__(*args, **options)
        self.fields["person"].choices = people  # type: ignore[attr-defined] # it is a ChoiceField


@require_safe
@answering_refusals
def training(request: AskedRequest) -> HttpResponseBase:
    """List the certificates; for each person the one noted last counts."""
    rows, now = list(qualifications()), timezone.now()
    names = names_of(request, {row.person_id for row in rows} | {row.by for row in rows})
    opened = request.keyring.open_many(rows, "issuer")  # open to every colleague, as names are: no entry
    seen: set[Any] = set()
    lines = []
    for row in rows:
        newest = row.person_id not in seen
        seen.add(row.person_id)
        state = "older" if not newest else "good" if row.valid_from <= now < row.until else "over"
        lines.append(
            {
                "row": row,
                "name": names.get(row.person_id) or say("cases.somebody"),
                "by": names.get(row.by) or say("cases.somebody"),
                "issuer": opened.get(row.pk, {}).get("issuer") or "",
                "state": say(f"safeguarding.training.state.{state}"),
                "tone": {"good": "success", "over": "danger", "older": "secondary"}[state],
            }
        )
    may_add = may(request.person, Action.QUALIFICATION_RECORD)
    return render(request, "web/safeguarding/training.html", {"lines": lines, "may_add": may_add})


@require_http_methods(["GET", "POST"])
@answering_refusals
def add_training(request: AskedRequest) -> HttpResponseBase:
    """Note a certificate of a colleague."""
    people = [person for person in people_here() if person.pk != request.person.pk]
    names = colleagues(request.keyring, people)
    form = TrainingForm([(str(person.pk), names[person.pk]) for person in people], request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            record_qualification(
                keyring=request.keyring,
                person=Person.objects.get(pk=given["person"]),
                issuer=given["issuer"],
                valid_from=datetime.combine(given["valid_from"], time(), UTC),
                until=end_of_day(given["until"]),
                at=timezone.now(),
            )
        except SafeguardRefusedError as refusal:
            form.add_error(None, say(f"safeguarding.refused.{refusal.code}"))
        except BadInputError:
            form.add_error("until", say("safeguarding.training.order"))
        else:
            notify(request, say("safeguarding.training.noted"))
            return see_other("safeguarding.training")
    status = 422 if request.method == "POST" else 200
    return render(request, "web/safeguarding/training_add.html", {"form": form}, status=status)
