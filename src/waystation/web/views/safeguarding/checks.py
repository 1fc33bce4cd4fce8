"""Looks at our own houses, partners and offices: the list, a new look, one of them with what was put right."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waystation.accounts.openings import open_many, open_of_record
from waystation.kernel import BadInputError
from waystation.safeguarding.errors import SafeguardRefusedError
from waystation.safeguarding.indicators import OF_HOUSE
from waystation.safeguarding.models import Answer, CheckFollow, HouseCheck, HouseKind
from waystation.safeguarding.queries import checks as every_check
from waystation.safeguarding.services import Found, finish_follow_up, record_check
from waystation.store.tiers import Tier
from waystation.web.notices import notify
from waystation.web.views.cases.asked import AskedRequest, answering_refusals, names_of, see_other
from waystation.web.views.cases.forms import DATE_FORMATS, LinesField
from waystation.web.views.consent.forms import end_of_day
from waystation.web.wording import say, say_lazy

FOUND = 3
"""So many things to put right fit into one form."""


def _day(label: str, *, required: bool) -> forms.DateField:
    return forms.DateField(
        label=say_lazy(label),
        help_text=say_lazy("safeguarding.day.hint"),
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"inputmode": "numeric"}),
        required=required,
    )


class CheckForm(forms.Form):
    """A look: what, which signs, what is to be put right, when again."""

    kind = forms.ChoiceField(
        label=say_lazy("safeguarding.check.kind"),
        choices=[(word.value, say_lazy(f"safeguarding.house.{word}")) for word in HouseKind],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=say_lazy("safeguarding.check.name"), help_text=say_lazy("safeguarding.check.name.hint"), max_length=200
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Add a question for each sign, the lines for what is to be put right, and the day of the next look."""
        super().__init__(*args, **options)
        for sign in OF_HOUSE:
            self.fields[f"sign_{sign}"] = forms.ChoiceField(
                label=say_lazy(f"safeguarding.sign.{sign}"),
                choices=[(word.value, say_lazy(f"safeguarding.found.{word}")) for word in Answer],
                widget=forms.RadioSelect,
            )
        for number in range(1, FOUND + 1):
            self.fields[f"what_{number}"] = forms.CharField(
                label=say_lazy("safeguarding.check.what"), max_length=5_000, required=False
            )
            self.fields[f"due_{number}"] = _day("safeguarding.check.due", required=False)
        self.fields["words"] = LinesField(
            label=say_lazy("safeguarding.check.words"),
            max_length=20_000,
            widget=forms.Textarea(attrs={"rows": 4}),
            required=False,
        )
        self.fields["next_by"] = _day("safeguarding.check.next_by", required=True)

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What was looked at, and the signs."""
        return [self["kind"], self["name"], *(self[f"sign_{sign}"] for sign in OF_HOUSE)]

    @property
    def found_lines(self) -> list[list[forms.BoundField]]:
        """The fields of each thing to put right."""
        return [[self[f"what_{number}"], self[f"due_{number}"]] for number in range(1, FOUND + 1)]

    @property
    def last_fields(self) -> list[forms.BoundField]:
        """What remains."""
        return [self["words"], self["next_by"]]

    def clean(self) -> dict[str, Any]:
        """Refuse something to put right without a day."""
        given = super().clean() or {}
        for number in range(1, FOUND + 1):
            if given.get(f"what_{number}") and not given.get(f"due_{number}") and f"due_{number}" not in self.errors:
                self.add_error(f"due_{number}", say("safeguarding.check.due.none"))
        return given

    def values(self) -> dict[str, Any]:
        """Return what was given, as the service takes it."""
        given = self.cleaned_data
        lines = [(given[f"what_{number}"], given[f"due_{number}"]) for number in range(1, FOUND + 1)]
        return {
            "kind": HouseKind(given["kind"]),
            "name": given["name"],
            "answers": {sign: Answer(given[f"sign_{sign}"]) for sign in OF_HOUSE},
            "found": [Found(what, end_of_day(due)) for what, due in lines if what],
            "words": given["words"],
            "next_by": end_of_day(given["next_by"]),
        }


class DoneForm(forms.Form):
    """How something was put right."""

    words = LinesField(
        label=say_lazy("safeguarding.check.done_words"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 2})
    )


@require_safe
@answering_refusals
def checks(request: AskedRequest) -> HttpResponseBase:
    """List the looks with what is still to be put right."""
    rows, now = list(every_check()), timezone.now()
    opened = open_many(keyring=request.keyring, rows=rows, fields=("name", "kind"), at=now)
    names = names_of(request, {row.by for row in rows})
    lines = []
    for row in rows:
        values = opened.get(row.pk, {})
        due = [each.due_at for each in row.follow_ups.all() if each.done_at is None]
        lines.append(
            {
                "row": row,
                "name": values.get("name") or "",
                "kind": say(f"safeguarding.house.{values['kind']}") if values.get("kind") else "",
                "who": names.get(row.by) or say("cases.somebody"),
                "open": len(due),
                "late": any(each < now for each in due),
                "again": row.next_by < now,
            }
        )
    return render(request, "web/safeguarding/checks.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
@answering_refusals
def new_check(request: AskedRequest) -> HttpResponseBase:
    """Write down a look."""
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            check = record_check(keyring=request.keyring, at=timezone.now(), **form.values())
        except SafeguardRefusedError as refusal:
            form.add_error(None, say(f"safeguarding.refused.{refusal.code}"))
        except BadInputError:
            form.add_error(None, say("safeguarding.check.days"))
        else:
            notify(request, say("safeguarding.check.recorded"))
            return see_other("safeguarding.check", check.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "web/safeguarding/check_new.html", {"form": form}, status=status)


@require_safe
@answering_refusals
def check_page(request: AskedRequest, check_id: UUID) -> HttpResponseBase:
    """Show a look: every sign, and what was put right."""
    return _page(request, _check(check_id), None, None)


@require_POST
@answering_refusals
def finish(request: AskedRequest, check_id: UUID, follow_id: UUID) -> HttpResponseBase:
    """Say how something was put right."""
    check = _check(check_id)
    follow = CheckFollow.objects.filter(pk=follow_id, check_of=check).select_related("record").first()
    if follow is None:
        raise Http404
    form = DoneForm(request.POST, auto_id=f"done_{follow.pk}_%s")
    if not form.is_valid():
        return _page(request, check, follow.pk, form, status=422)
    try:
        finish_follow_up(keyring=request.keyring, follow=follow, words=form.cleaned_data["words"], at=timezone.now())
    except SafeguardRefusedError as refusal:
        notify(request, say(f"safeguarding.refused.{refusal.code}"), level=40)
    else:
        notify(request, say("safeguarding.check.done"))
    return see_other("safeguarding.check", check.pk)


def _page(
    request: AskedRequest, check: HouseCheck, failed: UUID | None, form: DoneForm | None, status: int = 200
) -> HttpResponseBase:
    now, follow_ups = timezone.now(), list(check.follow_ups.select_related("record").order_by("due_at", "pk"))
    rows = [check, *follow_ups]
    opened = open_of_record(keyring=request.keyring, record=check.record, rows=rows, tiers={Tier.WELFARE}, at=now)
    values = opened[check.pk]
    names = names_of(request, {check.by, *(each.done_by for each in follow_ups if each.done_by)})
    answers = values["answers"] if isinstance(values["answers"], dict) else {}
    context = {
        "check": check,
        "values": values,
        "kind": say(f"safeguarding.house.{values['kind']}"),
        "who": names.get(check.by) or say("cases.somebody"),
        "again": check.next_by < now,
        "signs": [
            (say(f"safeguarding.sign.{sign}"), say(f"safeguarding.found.{answers[sign]}"), answers[sign])
            for sign in OF_HOUSE
            if sign in answers
        ],
        "follow_ups": [
            {
                "row": each,
                "values": opened[each.pk],
                "late": each.done_at is None and each.due_at < now,
                "who": names.get(each.done_by) if each.done_by else "",
                "form": form if each.pk == failed else DoneForm(auto_id=f"done_{each.pk}_%s"),
            }
            for each in follow_ups
        ],
    }
    return render(request, "web/safeguarding/check.html", context, status=status)


def _check(check_id: UUID) -> HouseCheck:
    found = every_check().filter(pk=check_id).first()
    if found is None:
        raise Http404
    return found
